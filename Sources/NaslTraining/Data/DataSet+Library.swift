import NaslRandom
import Synchronization

/// The data sets that come with the language; `stdlib/data/README.md` names their origins and licences. Each is loaded once in a process.
extension DataSet {
    /// The characters of Jane Austen's *Persuasion*: 80 % training, 10 % validation, 10 % test, by position.
    public static func austen() throws(DataError) -> DataSet {
        try loaded("austen") { () throws(DataError) in
            try DataSet(name: "austen", text: FileBytes.unpacked(at: Library.locate("persuasion.txt.gz")))
        }
    }

    /// Handwritten digits, 8x8 pixels in 0...1 (Alpaydin & Kaynak 1998): 1,149 training and 288 validation rows, drawn from the first
    /// 1,437 once and for all; the 360 test rows are the last, by other writers.
    public static func digits() throws(DataError) -> DataSet {
        try loaded("digits") { () throws(DataError) in
            let path = try Library.locate("digits.csv.gz")
            let table = try NumberTable(FileBytes.unpacked(at: path), file: path)
            guard table.columns == 65 else { throw DataError(file: path, found: "\(table.columns) columns", expected: "65") }
            guard table.rows == 1797 else { throw DataError(file: path, found: "\(table.rows) rows", expected: "1797") }
            var features: [Float] = []
            var labels: [Int32] = []
            for row in 0..<table.rows {
                for column in 0..<64 { features.append(Float(table[row, column] / 16)) }
                labels.append(try label(table[row, 64], classes: 10, file: path, row: row + 1))
            }
            let all = Rows(width: 64, features: features, labels: labels)
            var stream = RandomStream(seed: 0, "data", "digits")
            let order = stream.permutation(1437)
            return try DataSet(
                name: "digits", shape: [8, 8, 1], classes: 10, train: all.rows(at: Array(order[..<1149])),
                validation: all.rows(at: Array(order[1149...])), test: all.rows(at: Array(1437..<1797)))
        }
    }

    /// Pictures of clothes, 14x14 pixels in 0...1, as many of each of ten classes (a small part of Fashion-MNIST; Xiao, Rasul &
    /// Vollgraf 2017): 3,500 training, 500 validation, 1,000 test.
    public static func fashion() throws(DataError) -> DataSet {
        try loaded("fashion") { () throws(DataError) in
            let all = try images("fashion14-train")
            let (train, validation) = held(all, perClass: 50)
            return try DataSet(
                name: "fashion", shape: [14, 14, 1], classes: 10, train: all.rows(at: train), validation: all.rows(at: validation),
                test: images("fashion14-t10k"))
        }
    }

    /// The rows in random order, so many of each of ten classes held out for validation.
    static func held(_ all: Rows, perClass: Int) -> (train: [Int], validation: [Int]) {
        var stream = RandomStream(seed: 0, "data", "fashion")
        var held = [Int](repeating: 0, count: 10)
        var train: [Int] = [], validation: [Int] = []
        for row in stream.permutation(all.count) {
            let label = Int(all.labels[row])
            if held[label] < perClass { validation.append(row) } else { train.append(row) }
            held[label] += 1
        }
        return (train, validation)
    }

    private static func images(_ name: String) throws(DataError) -> Rows {
        try pictures(Library.locate("\(name)-images-idx3-ubyte.gz"), Library.locate("\(name)-labels-idx1-ubyte.gz"), side: 14)
    }

    /// An image file and its labels, square pictures of ten classes.
    static func pictures(_ imagePath: String, _ labelPath: String, side: Int) throws(DataError) -> Rows {
        let images = try IDX(FileBytes.unpacked(at: imagePath), file: imagePath)
        let labels = try IDX(FileBytes.unpacked(at: labelPath), file: labelPath)
        guard images.shape.count == 3, images.shape[1...] == [side, side] else {
            throw DataError(file: imagePath, found: "the shape \(images.shape)", expected: "images of \(side)x\(side)")
        }
        guard labels.shape == [images.shape[0]] else {
            throw DataError(file: labelPath, found: "the shape \(labels.shape)", expected: "\([images.shape[0]]), a label for each image")
        }
        var classes: [Int32] = []
        for (row, value) in labels.values.enumerated() {
            classes.append(try label(Double(value), classes: 10, file: labelPath, row: row + 1))
        }
        return Rows(width: side * side, features: images.values.map { $0 / 255 }, labels: classes)
    }

    /// A class number, checked.
    static func label(_ value: Double, classes: Int, file: String, row: Int) throws(DataError) -> Int32 {
        guard let label = Int32(exactly: value), (0..<Int32(classes)).contains(label) else {
            throw DataError(file: file, row: row, found: "the label \(value)", expected: "a whole number from 0 to \(classes - 1)")
        }
        return label
    }

    private static let known = Mutex<[String: DataSet]>([:])

    /// What `load` gives, kept for the next time. Others wait while it loads; a failure is not kept.
    static func loaded(_ name: String, _ load: () throws(DataError) -> DataSet) throws(DataError) -> DataSet {
        try known.withLock { (known) throws(DataError) in
            if let data = known[name] { return data }
            let data = try load()
            known[name] = data
            return data
        }
    }
}
