/// Data sets from the user's files. All may be gzip; paths are relative to the current folder, `~` is the user's.
extension DataSet {
    /// A comma-separated file: one label and numbers in each row.
    ///
    /// - Parameters:
    ///   - test: a file of its own for the test part, with the same columns.
    public static func csv(
        _ path: String, test: String? = nil, csv: CSVOptions = CSVOptions(), _ options: LoadingOptions = LoadingOptions(), watch: LoadingWatch = .none
    ) throws(DataError) -> DataSet {
        let table = try CSVTable(FileBytes.unpacked(at: path, watch: watch), csv, classes: options.classes, file: path, watch: watch)
        var second: Examples?
        if let test {
            // What the training file was found to be holds for both.
            var same = csv
            same.header = csv.header ?? table.layout.hasHeader
            same.separator = table.layout.separator
            var classes = options.classes
            if case .texts = table.labels { classes = true } else if classes == nil { classes = false }
            let other = try CSVTable(FileBytes.unpacked(at: test, watch: watch), same, classes: classes, file: test, watch: watch)
            guard other.layout.names == table.layout.names else {
                throw DataError(file: test, row: 1, found: "other names in the header line than in \(path)", expected: "the same columns")
            }
            second = try other.examples(test)
        }
        return try DataSet(table.examples(path), test: second, named: DataPath.name(of: path), options, watch: watch)
    }

    /// Files in the IDX format of the MNIST family: pictures (or other tensors), and a label for each. Bytes come to lie in 0...1.
    public static func idx(
        images: String, labels: String, test: (images: String, labels: String)? = nil, _ options: LoadingOptions = LoadingOptions(),
        watch: LoadingWatch = .none
    ) throws(DataError) -> DataSet {
        func load(_ images: String, _ labels: String) throws(DataError) -> (Examples, areBytes: Bool) {
            let pictures = try IDX(FileBytes.unpacked(at: images, watch: watch), file: images)
            let classes = try IDX(FileBytes.unpacked(at: labels, watch: watch), file: labels)
            return (try NumberArray.examples(pictures.array(images), classes.array(labels), addsChannel: true), pictures.isBytes)
        }
        let (examples, areBytes) = try load(images, labels)
        var second: Examples?
        if let test { second = try load(test.images, test.labels).0 }
        return try DataSet(examples, test: second, named: DataPath.name(of: images), options, scale: areBytes ? 1.0 / 255 : 1, watch: watch)
    }

    /// NumPy arrays: examples along the first axis, and a label for each.
    public static func npy(
        features: String, labels: String, test: (features: String, labels: String)? = nil, _ options: LoadingOptions = LoadingOptions(),
        watch: LoadingWatch = .none
    ) throws(DataError) -> DataSet {
        func load(_ features: String, _ labels: String) throws(DataError) -> Examples {
            let numbers = try NPY.array(FileBytes.unpacked(at: features, watch: watch), file: features, watch: watch)
            return try NumberArray.examples(
                numbers, NPY.array(FileBytes.unpacked(at: labels, watch: watch), file: labels, watch: watch), addsChannel: false)
        }
        var second: Examples?
        let examples = try load(features, labels)
        if let test { second = try load(test.features, test.labels) }
        return try DataSet(examples, test: second, named: DataPath.name(of: features), options, watch: watch)
    }

    /// NumPy arrays in one archive, as `savez` and `savez_compressed` write it, by their names in it.
    public static func npz(
        _ path: String, features: String = "x", labels: String = "y", test: (features: String, labels: String)? = nil,
        _ options: LoadingOptions = LoadingOptions(), watch: LoadingWatch = .none
    ) throws(DataError) -> DataSet {
        let archive = try ZipArchive(FileBytes.unpacked(at: path, watch: watch), file: path)
        func array(_ name: String) throws(DataError) -> NumberArray {
            guard let member = archive.members.first(where: { $0.name == name + ".npy" || $0.name == name }) else {
                let known = archive.members.prefix(12).map { "`\($0.name.hasSuffix(".npy") ? String($0.name.dropLast(4)) : $0.name)`" }.joined(separator: ", ")
                throw DataError(file: path, found: known.isEmpty ? "no arrays" : "the arrays \(known)", expected: "one called `\(name)`")
            }
            return try NPY.array(archive.content(of: member, watch: watch), file: "\(path), `\(name)`", watch: watch)
        }
        var second: Examples?
        let examples = try NumberArray.examples(array(features), array(labels), addsChannel: false)
        if let test { second = try NumberArray.examples(array(test.features), array(test.labels), addsChannel: false) }
        return try DataSet(examples, test: second, named: DataPath.name(of: path), options, watch: watch)
    }

    /// The binary version of CIFAR-10. Pictures have the shape [32, 32, 3] and lie in 0...1.
    public static func cifar10(
        _ files: [String], test: String? = nil, _ options: LoadingOptions = LoadingOptions(), watch: LoadingWatch = .none
    ) throws(DataError) -> DataSet {
        guard !files.isEmpty else { throw DataError(file: "cifar10", found: "no files", expected: "at least one") }
        var parts: [(name: String, bytes: [UInt8])] = []
        for file in files { parts.append((file, try FileBytes.unpacked(at: file, watch: watch))) }
        let examples = try CIFAR10.examples(parts)
        var second: Examples?
        if let test { second = try CIFAR10.examples([(test, FileBytes.unpacked(at: test, watch: watch))]) }
        return try DataSet(examples, test: second, named: "cifar10", options, scale: 1.0 / 255, watch: watch)
    }

    /// A text, of which nets predict the next character (byte); split by position.
    public static func text(
        _ path: String, name: String? = nil, fractions: (train: Double, validation: Double) = (0.8, 0.1), watch: LoadingWatch = .none
    ) throws(DataError) -> DataSet {
        let bytes = try FileBytes.unpacked(at: path, watch: watch)
        if bytes.isEmpty { throw DataError(file: path, found: "an empty file", expected: "a text") }
        if let offset = bytes.firstIndex(of: 0) { throw DataError(file: path, offset: offset, found: "the byte 00", expected: "a text") }
        guard bytes.count <= Numbers.limit else { throw DataError(file: path, found: "\(bytes.count) characters", expected: "at most \(Numbers.limit)") }
        do { return try DataSet(name: name ?? DataPath.name(of: path), text: bytes, fractions: fractions) } catch {
            throw DataError(file: path, found: error.found, expected: error.expected)
        }
    }
}

extension CSVTable {
    fileprivate func examples(_ file: String) throws(DataError) -> Examples {
        let names = layout.names.isEmpty ? [] : layout.names.indices.filter { layout.roles[$0] == .feature }.map { layout.names[$0] }
        return try Examples(file: file, shape: [layout.features], features: .doubles(features), labels: labels, columns: names)
    }
}
