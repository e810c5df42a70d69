import NaslLanguage
import NaslTraining
import Synchronization

/// A data set: one of the library, whose files are read when it is first used, or one from the user's files.
final class DataValue: LanguageObject {
    let name: String
    private let load: @Sendable () throws(DataError) -> DataSet
    /// Made when first asked for, and kept: a part keeps its tensors.
    private let parts = Mutex<[String: SplitValue]>([:])

    init(_ name: String, _ load: @escaping @Sendable () throws(DataError) -> DataSet) {
        self.name = name
        self.load = load
    }

    convenience init(_ data: DataSet) {
        self.init(data.name) { () throws(DataError) in data }
    }

    /// The examples; an error that names the file where they cannot be read.
    func dataSet() throws(Fault) -> DataSet {
        do { return try load() } catch { throw .file("the data set `\(name)` cannot be read: \(error)") }
    }

    let kind = "a data set"

    var shown: String {
        do { return "\(name): \(try dataSet().summary)" } catch { return "\(name): \(error.title)" }
    }

    let fieldNames = ["train", "validation", "test", "classes", "shape", "class_names", "columns", "means", "deviations"]

    func field(_ name: String) throws -> Value? {
        let data = try dataSet()
        switch name {
        case "train": return part(name, data.train, data)
        case "validation": return part(name, data.validation, data)
        case "test": return part(name, data.test, data)
        case "classes": return .number(Double(data.classes))
        case "shape": return .list(data.shape.map { .number(Double($0)) })
        case "class_names": return .list(data.classNames.map { .text($0) })
        case "columns": return .list(data.columns.map { .text($0) })
        case "means": return data.standardization.map { .tensor(Tensor(shape: data.shape, numbers: $0.means)) } ?? Value.none
        case "deviations": return data.standardization.map { .tensor(Tensor(shape: data.shape, numbers: $0.deviations)) } ?? Value.none
        default: return nil
        }
    }

    private func part(_ name: String, _ split: DataSplit, _ data: DataSet) -> Value {
        .object(parts.withLock { parts in
            if let part = parts[name] { return part }
            let part = SplitValue(name, split, of: data)
            parts[name] = part
            return part
        })
    }

    static let library: [DataValue] = [
        DataValue("austen", DataSet.austen), DataValue("digits", DataSet.digits), DataValue("fashion", DataSet.fashion),
        DataValue("fashion_full", DataSet.fashionFull),
    ]
}
