import NaslLanguage
import NaslTraining

extension Builtins {
    /// Data sets from the user's files.
    static let data: [Builtin] = [
        Builtin("csv", "file, label?, split?, seed?, header?, name?, separator?, classes?, standardize?, drop?, test?, shuffle?, shape?, scale?",
                """
                A data set from a file of numbers with commas (or `;`, tabs, `|`) between them; gzip too. `label:` is the column to predict, by its name, its number \
                from 0, or `last` or `first`; `drop:` lists columns to leave out. Labels that are texts are classes, and so are whole numbers with at most 20 different values \
                in at least twice as many rows; `classes: true` or `false` decides. `split:` are the shares of training, validation and test, in random order unless \
                `shuffle: false`; `test:` is a file for the test part. `standardize: true` gives features mean 0 and deviation 1.
                """,
                example: "let iris = csv(\"iris.csv\", label: last, split: [0.6, 0.2, 0.2], seed: 1)", words: ["label": ["last", "first"]]) { arguments, interpreter in
            var csv = CSVOptions()
            if arguments.given("label") { csv.label = try column(arguments.value("label"), "label", arguments) }
            if arguments.given("drop") {
                let given = arguments.value("drop")
                csv.drop = try (given.elements ?? [given]).map { try column($0, "drop", arguments) }
            }
            if arguments.given("header") { csv.header = try arguments.bool("header", default: true) }
            if arguments.given("separator") { csv.separator = try separator(arguments) }
            let test = arguments.given("test") ? try arguments.text("test") : nil
            let file = try arguments.text("file")
            return try load(arguments, interpreter, hasOwnTest: test != nil) { options, watch throws(DataError) in
                try DataSet.csv(file, test: test, csv: csv, options, watch: watch)
            }
        },
        Builtin("idx", "images, labels, test_images?, test_labels?, split?, seed?, name?, classes?, standardize?, shuffle?, shape?, scale?",
                "A data set from files in the format of MNIST, a label for each picture; gzip too. Bytes come to lie in 0..1, unless `scale:` says by what they are multiplied.",
                example: "idx(\"train-images-idx3-ubyte.gz\", \"train-labels-idx1-ubyte.gz\")") { arguments, interpreter in
            let (images, labels) = (try arguments.text("images"), try arguments.text("labels"))
            let test = try testNames(arguments, "test_images", "test_labels")
            return try load(arguments, interpreter, hasOwnTest: test != nil) { options, watch throws(DataError) in
                try DataSet.idx(images: images, labels: labels, test: test.map { (images: $0, labels: $1) }, options, watch: watch)
            }
        },
        Builtin("npy", "features, labels, test_features?, test_labels?, split?, seed?, name?, classes?, standardize?, shuffle?, shape?, scale?",
                "A data set from NumPy files: examples along the first axis, and a label for each. Labels of an integer type are classes; `classes: false` makes them numbers.",
                example: "npy(\"x.npy\", \"y.npy\", split: [0.8, 0.1, 0.1])") { arguments, interpreter in
            let (features, labels) = (try arguments.text("features"), try arguments.text("labels"))
            let test = try testNames(arguments, "test_features", "test_labels")
            return try load(arguments, interpreter, hasOwnTest: test != nil) { options, watch throws(DataError) in
                try DataSet.npy(features: features, labels: labels, test: test.map { (features: $0, labels: $1) }, options, watch: watch)
            }
        },
        Builtin("npz", "file, features?, labels?, test_features?, test_labels?, split?, seed?, name?, classes?, standardize?, shuffle?, shape?, scale?",
                "A data set from the arrays of a NumPy archive, by their names in it (`x` and `y` if nothing is said).",
                example: "npz(\"mnist.npz\", features: \"x_train\", labels: \"y_train\", test_features: \"x_test\", test_labels: \"y_test\", scale: 1 / 255)") { arguments, interpreter in
            let file = try arguments.text("file")
            let features = arguments.given("features") ? try arguments.text("features") : "x"
            let labels = arguments.given("labels") ? try arguments.text("labels") : "y"
            let test = try testNames(arguments, "test_features", "test_labels")
            return try load(arguments, interpreter, hasOwnTest: test != nil) { options, watch throws(DataError) in
                try DataSet.npz(file, features: features, labels: labels, test: test.map { (features: $0, labels: $1) }, options, watch: watch)
            }
        },
        Builtin("subsample", "data, train, wrong_labels?, seed?",
                "The same data set with only so many training examples, of which a share may have wrong labels; validation and test stay as they are.",
                example: "subsample(fashion, 500, wrong_labels: 0.2)") { arguments, _ in
            let data = try arguments.object("data", DataValue.self, expected: "a data set, such as `fashion`").dataSet()
            let count = try arguments.count("train", in: 1...100_000_000)
            let share = try number(arguments, "wrong_labels", expected: "from 0 to 1", default: 0) { (0...1).contains($0) }
            let seed = try arguments.count("seed", in: -1_000_000_000_000...1_000_000_000_000, default: 0)
            do { return .object(DataValue(try data.subsampled(count, wrongLabels: share, seed: seed))) } catch { throw Fault.file("\(error)", at: arguments.range) }
        },
        Builtin("cifar10", "files..., test?, split?, seed?, name?, standardize?, shuffle?",
                "CIFAR-10 from its binary version: colour pictures of shape [32, 32, 3] in 0..1, ten classes.",
                example: "cifar10(\"data_batch_1.bin\", \"data_batch_2.bin\", test: \"test_batch.bin\")") { arguments, interpreter in
            let files = try arguments.rest.flatMap { $0.value.elements ?? [$0.value] }.map { value in
                guard case .text(let file) = value else { throw Fault.type("a file of `cifar10`", expected: "a text", found: value, at: arguments.range) }
                return file
            }
            guard !files.isEmpty else { throw Fault.missingArgument("files", of: "cifar10", signature: "cifar10(files..., test?)", at: arguments.range) }
            let test = arguments.given("test") ? try arguments.text("test") : nil
            return try load(arguments, interpreter, hasOwnTest: test != nil) { options, watch throws(DataError) in
                try DataSet.cifar10(files, test: test, options, watch: watch)
            }
        },
        Builtin("text", "file, split?, name?", "A text from a file, of which nets learn to predict the next character; its parts follow each other.",
                example: "let book = text(\"book.txt\", split: [0.8, 0.1, 0.1])") { arguments, interpreter in
            let file = try arguments.text("file")
            return try load(arguments, interpreter, hasOwnTest: false) { options, watch throws(DataError) in
                let parts = options.splitting?.fractions ?? [0.8, 0.1, 0.1]
                return try DataSet.text(file, name: options.name, fractions: (parts[0], parts[1]), watch: watch)
            }
        },
    ]

    /// Loads under the eyes of the user; what is wrong with a file is said at the call.
    private static func load(
        _ arguments: Arguments, _ interpreter: Interpreter, hasOwnTest: Bool, _ body: (LoadingOptions, LoadingWatch) throws(DataError) -> DataSet
    ) throws -> Value {
        let options = try loadingOptions(arguments, hasOwnTest: hasOwnTest)
        let host = interpreter.host
        let display = LoadingDisplay(interpreter)
        defer { display?.clear() }
        let session = SessionHost.behind(host)
        let watch = LoadingWatch(report: { display?.show($0) }, isInterrupted: { host.isInterrupted }, hasRead: { session?.noteFile($0, $1) })
        do throws(DataError) { return .object(DataValue(try body(options, watch))) } catch {
            if error.isInterrupt { throw Fault.interrupted }
            throw Fault.file("\(error)", at: arguments.range)
        }
    }

    private static func loadingOptions(_ arguments: Arguments, hasOwnTest: Bool) throws -> LoadingOptions {
        var options = LoadingOptions()
        if arguments.given("name") { options.name = try arguments.text("name") }
        options.splitting = try splitting(arguments, hasOwnTest: hasOwnTest)
        if arguments.given("shape") {
            options.shape = try arguments.list("shape").map { value in
                let what = "a length in `shape` of `\(arguments.callee)`", expected = "a whole number of at least 1"
                guard case .number(let number) = value else { throw Fault.type(what, expected: expected, found: value, at: arguments.range(of: "shape")) }
                guard let length = Int(exactly: number), length > 0 else {
                    throw Fault.number(what, expected: expected, found: number, at: arguments.range(of: "shape"))
                }
                return length
            }
        }
        if arguments.given("classes") { options.classes = try arguments.bool("classes", default: true) }
        if arguments.given("scale") {
            let scale = try arguments.number("scale")
            guard scale.isFinite, scale != 0 else {
                throw Fault.number("`scale` of `\(arguments.callee)`", expected: "finite and different from 0", found: scale, at: arguments.range(of: "scale"))
            }
            options.scale = scale
        }
        options.standardizes = try arguments.bool("standardize", default: false)
        return options
    }

    private static func splitting(_ arguments: Arguments, hasOwnTest: Bool) throws -> Splitting {
        let seed = try arguments.count("seed", in: -1_000_000_000_000...1_000_000_000_000, default: 0)
        let shuffles = try arguments.bool("shuffle", default: true)
        guard arguments.given("split") else { return .standard(seed: seed, shuffles: shuffles, hasOwnTest: hasOwnTest) }
        let fractions = try arguments.list("split").map { value in
            guard case .number(let number) = value else {
                throw Fault.type("a part of `split` of `\(arguments.callee)`", expected: "a number from 0 to 1", found: value, at: arguments.range(of: "split"))
            }
            return number
        }
        // Nets look at the end of each part of a text, so there must be three.
        if arguments.callee == "text", fractions.count != 3 {
            throw Fault.value("`split` of `text` should have three parts (training, validation, test), but it has \(fractions.count)", at: arguments.range(of: "split"))
        }
        do { return try Splitting(fractions, seed: seed, shuffles: shuffles, hasOwnTest: hasOwnTest) } catch {
            throw Fault.value("\(error)", at: arguments.range(of: "split"))
        }
    }

    /// Both or neither.
    private static func testNames(_ arguments: Arguments, _ features: String, _ labels: String) throws -> (String, String)? {
        guard arguments.given(features) || arguments.given(labels) else { return nil }
        for name in [features, labels] where !arguments.given(name) {
            throw Fault.value("`\(arguments.callee)` needs `\(features):` and `\(labels):` together, but `\(name):` is missing", at: arguments.range)
        }
        return (try arguments.text(features), try arguments.text(labels))
    }

    private static func column(_ value: Value, _ name: String, _ arguments: Arguments) throws -> CSVOptions.Column {
        switch value {
        case .text(let text): return .name(text)
        case .number(let number):
            if let place = Int(exactly: number) { return .number(place) }
            throw Fault.number("`\(name)` of `csv`", expected: "a whole number", found: number, at: arguments.range(of: name))
        // Without its label the word is the function of this name.
        case .function(let function):
            if let word = function.name, word == "last" || word == "first" { return .name(word) }
        default: break
        }
        let whole = name == "label" ? ", `last` or `first`" : ""
        throw Fault.type("`\(name)` of `csv`", expected: "the name of a column, its number\(whole)", found: value, at: arguments.range(of: name))
    }

    private static func separator(_ arguments: Arguments) throws -> UInt8 {
        let text = try arguments.text("separator")
        let bytes = Array(text.utf8)
        guard bytes.count == 1, bytes[0] == 9 || (32..<127).contains(bytes[0]), bytes[0] != 0x22, !(48...57).contains(bytes[0]), bytes[0] | 0x20 != 0x65,
              !"+-.".utf8.contains(bytes[0]) else {
            throw Fault.value("`separator` of `csv` should be one character that no number has, such as \";\", but it is \(Value.text(text).source)", at: arguments.range(of: "separator"))
        }
        return bytes[0]
    }
}
