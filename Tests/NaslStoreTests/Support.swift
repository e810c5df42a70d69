import Foundation
import NaslExpr
import NaslSearch
import NaslSpace
import NaslStore

/// A folder that goes away with the test.
final class Folder {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "nasl-store-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var store: String { path + "/nasl.sqlite" }

    /// The names of the files in it.
    var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
