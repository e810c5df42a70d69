import NaslLanguage
import NaslTraining
import Synchronization

/// One part of a data set: `.count`; for rows `.x`, a tensor of all features, and `.y`, their classes or numbers; for a text `.text`.
final class SplitValue: LanguageObject {
    private let name: String
    private let split: DataSplit
    private let data: DataSet
    /// The tensor of the features, so that `data.train.x[3]` in a loop does not make it again each time.
    private let features = Mutex<Tensor?>(nil)

    init(_ name: String, _ split: DataSplit, of data: DataSet) {
        self.name = name
        self.split = split
        self.data = data
    }

    let kind = "a part of a data set"

    var shown: String {
        let what = data.isText ? "characters" : "examples of shape \(shapeText(data.shape))"
        return "the \(name) part of \(data.name): \(grouped(split.count)) \(what)"
    }

    var fieldNames: [String] { data.isText ? ["count", "text"] : ["count", "x", "y"] }

    func field(_ name: String) throws -> Value? {
        switch (name, split) {
        case ("count", _): return .number(Double(split.count))
        case ("x", .rows(let rows)): return .tensor(try tensor(rows))
        case ("y", .rows(let rows)):
            let numbers = data.classes > 0 ? rows.labels.map(Double.init) : rows.numbers.map(Double.init)
            return .tensor(Tensor(shape: [rows.count], numbers: numbers))
        case ("text", .text(let tokens)):
            let characters = data.vocabulary?.characters ?? []
            return .text(String(decoding: tokens.map { characters[Int($0)] }, as: UTF8.self))
        default: return nil
        }
    }

    private func tensor(_ rows: Rows) throws -> Tensor {
        if let known = features.withLock({ $0 }) { return known }
        let shape = [rows.count] + data.shape
        guard rows.features.count <= Builtins.largestTensor else {
            throw Fault.tooLarge("a tensor of shape \(shapeText(shape))", found: "\(grouped(rows.features.count)) numbers", limit: grouped(Builtins.largestTensor))
        }
        let tensor = Tensor(shape: shape, numbers: rows.features.map(Double.init))
        features.withLock { $0 = tensor }
        return tensor
    }
}
