import NaslLanguage
import NaslStore
import NaslTensor
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The store of a session, opened when it is first needed: a search that is not saved makes no file.
final class RunStore: Sendable {
    private let open = Mutex<Store?>(nil)

    static let defaultPath = "nasl.sqlite"

    func store(for access: Store.Access, _ host: SessionHost) throws(StoreError) -> Store {
        let path = host.options.store ?? RunStore.defaultPath
        if let known = open.withLock({ $0 }), known.path == path, access == .reading || known.access == .writing { return known }
        let store = try Store(path: path, for: access)
        open.withLock { $0 = store }
        return store
    }
}

extension SessionHost {
    /// The data files that a script names and that this session has read, as settings of a run: `file 1: iris.csv, 4551 bytes, CRC-32 1a2b3c4d`.
    func files(mentionedBy script: String) -> [String: String] {
        let named = readFiles.filter { !$0.key.contains("\n") && script.contains(Value.text($0.key).source) }.sorted { $0.key < $1.key }
        return Dictionary(uniqueKeysWithValues: named.enumerated().map { ("file \($0.offset + 1)", "\($0.element.key), \($0.element.value)") })
    }
}

/// The version of nasl.
public enum NaslVersion {
    public static let text = "0.1.0"
}

/// What the results of a run may depend on beside its script.
enum Machine {
    /// `Linux x86_64, AMD EPYC 7763`.
    static let description: String = {
        var name = utsname()
        uname(&name)
        let system = withUnsafeBytes(of: &name.sysname) { text($0) }, architecture = withUnsafeBytes(of: &name.machine) { text($0) }
        return "\(system) \(architecture)\(processor.map { ", \($0)" } ?? "")"
    }()

    static var instructions: String { Engine.instructionSet }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

    private static let processor: String? = {
        let file = Glibc.open("/proc/cpuinfo", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let length = read(file, &buffer, buffer.count)
        guard length > 0 else { return nil }
        for line in String(decoding: buffer[..<length], as: UTF8.self).split(separator: "\n") where line.hasPrefix("model name") {
            return line.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " }) }
        }
        return nil
    }()
}
