#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslExpr
import NaslLanguage

/// Writes a file as a whole or not at all: beside it first, then in its place. Only an ordinary file is ever written over.
enum OutputFile {
    static func write(_ text: String, to path: String, at range: SourceRange) throws(Fault) {
        try write(Array(text.utf8), to: path, at: range)
    }

    static func write(_ bytes: [UInt8], to path: String, at range: SourceRange) throws(Fault) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .file("a file needs a name", at: range) }
        var target = path
        var status = stat()
        var mode: mode_t = 0o666
        let exists = stat(path, &status) == 0
        if exists {
            let kind = status.st_mode & S_IFMT
            if kind == S_IFDIR { throw .file("`\(path)` is a folder, not a file", at: range) }
            if kind != S_IFREG { throw .file("`\(path)` is no ordinary file and is not written over", at: range) }
            if access(path, W_OK) != 0 { throw failed(path, errno, range) }
            mode = status.st_mode & 0o777
            // A link stays a link.
            if let real = realpath(path, nil) {
                target = String(cString: real)
                free(real)
            }
        } else if errno != ENOENT {
            throw failed(path, errno, range)
        }
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "./"
        guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .file("there is no folder `\(folder == "/" ? folder : String(folder.dropLast()))` to write `\(path)` in", at: range)
        }
        let beside = "\(folder).nasl-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw failed(path, errno, range) }
        var problem = put(bytes, to: file)
        if exists, problem == 0 { _ = fchmod(file, mode) }
        if close(file) != 0, problem == 0 { problem = errno }
        if problem == 0, rename(beside, target) != 0 { problem = errno }
        if problem != 0 {
            unlink(beside)
            throw failed(path, problem, range)
        }
    }

    /// 0, or what went wrong.
    private static func put(_ bytes: [UInt8], to file: Int32) -> Int32 {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { return errno }
        }
        return 0
    }

    private static func failed(_ path: String, _ error: Int32, _ range: SourceRange) -> Fault {
        .file("`\(path)` cannot be written: \(reason(error))", at: range)
    }

    private static func reason(_ error: Int32) -> String {
        switch error {
        case ENOSPC, EDQUOT: "the disk is full"
        case EACCES, EPERM: "permission denied"
        case EROFS: "the file system is read-only"
        case ENAMETOOLONG: "its name is too long"
        case ENOTDIR: "a part of its path is no folder"
        default: String(cString: strerror(error))
        }
    }
}

private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(file, bytes, count) }
