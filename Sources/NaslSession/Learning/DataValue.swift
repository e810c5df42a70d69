import NaslLanguage
import NaslTraining

/// A data set of the library; its files are read when it is first used.
final class DataValue: LanguageObject {
    let name: String
    private let load: @Sendable () throws(DataError) -> DataSet

    init(_ name: String, _ load: @escaping @Sendable () throws(DataError) -> DataSet) {
        self.name = name
        self.load = load
    }

    /// The examples; an error that names the file where they cannot be read.
    func dataSet() throws(Fault) -> DataSet {
        do { return try load() } catch { throw .file("the data set `\(name)` cannot be read: \(error)") }
    }

    let kind = "a data set"

    var shown: String {
        do { return "\(name): \(try dataSet().summary)" } catch { return "\(name): \(error.title)" }
    }

    let fieldNames = ["train", "validation", "test", "classes", "shape"]

    func field(_ name: String) throws -> Value? {
        let data = try dataSet()
        switch name {
        case "train": return split(data.train)
        case "validation": return split(data.validation)
        case "test": return split(data.test)
        case "classes": return .number(Double(data.classes))
        case "shape": return .list(data.shape.map { .number(Double($0)) })
        default: return nil
        }
    }

    private func split(_ split: DataSplit) -> Value { .record(Record([("count", .number(Double(split.count)))])) }

    static let library: [DataValue] = [
        DataValue("austen", DataSet.austen), DataValue("digits", DataSet.digits), DataValue("fashion", DataSet.fashion),
    ]
}
