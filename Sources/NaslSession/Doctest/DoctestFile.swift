#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Doctest {
    public struct FileError: Error, CustomStringConvertible {
        public let description: String
    }

    /// The text of a document.
    public static func text(of file: String) throws(FileError) -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw FileError(description: FileManager.default.fileExists(atPath: file) ? "`\(file)` cannot be read" : "there is no file `\(file)`")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
