import NaslSession
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Data sets from the user's files, as they are met at the prompt.
@Suite struct DataTests {
    /// A folder for the files of one test, removed with its content when it is let go.
    private final class Folder {
        let path: String

        init() {
            var template = Array("/tmp/nasl-files-XXXXXX".utf8CString)
            path = mkdtemp(&template) == nil ? "/tmp" : String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        deinit {
            for name in names { unlink("\(path)/\(name)") }
            if path != "/tmp" { rmdir(path) }
        }

        private let list = Mutex<[String]>([])
        private var names: [String] { list.withLock { $0 } }

        @discardableResult
        func file(_ name: String, _ bytes: [UInt8]) -> String {
            list.withLock { $0.append(name) }
            let path = "\(path)/\(name)"
            guard let file = fopen(path, "wb") else { return path }
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
            return path
        }

        @discardableResult
        func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }
    }

    private let folder = Folder()

    /// What a session says to `text`, in which `@` stands for the folder.
    private func said(_ text: String, echo: Session.Echo = .script) -> String {
        let lines = transcript(text.split(separator: "@", omittingEmptySubsequences: false).joined(separator: folder.path), echo: echo)
        return lines.split(separator: folder.path, omittingEmptySubsequences: false).joined(separator: "@")
    }

    /// The title of the error.
    private func title(_ text: String) -> String { said(text).split(separator: "\n").first.map(String.init) ?? "" }

    private func flowers() {
        let rows = (0..<60).map { row in
            let kind = ["setosa", "versicolor", "virginica"][row % 3]
            return "\(Double(row % 3) + Double(row % 7) / 20),\(2 - Double(row % 3) + Double(row % 5) / 20),\(kind)\n"
        }
        folder.file("flowers.csv", "length,width,kind\n" + rows.joined())
    }

    @Test func aTableIsLoadedAndShown() {
        flowers()
        #expect(said("let data = csv(\"@/flowers.csv\", label: last, split: [0.6, 0.2, 0.2], seed: 1)", echo: .prompt)
            == "data = flowers: a data set of 36 + 12 + 12 examples of shape [2], 3 classes: setosa, versicolor, virginica")
        let lines = said("let d = csv(\"@/flowers.csv\", split: [0.8, 0.2], shuffle: false, name: \"iris\")\nd.train\nd.classes\nd.class_names\nd.columns\nd.test.count\nd.train.x.shape\nd.train.x[1]\nd.train.y")
        #expect(lines == """
            the train part of iris: 48 examples of shape [2]
            3
            ["setosa", "versicolor", "virginica"]
            ["length", "width"]
            0
            [48, 2]
            tensor [2] = [1.0499999523162842, 1.0499999523162842]
            tensor [48] = [0, 1, 2, ..., 0, 1, 2]
            """)
    }

    @Test func anExplorationByHand() {
        folder.file("n.csv", "x,y,z\n1,10,0.5\n2,10,1.5\n3,40,2.5\n4,50,3.5\n5,60,4.5\n")
        let load = "let d = csv(\"@/n.csv\", label: \"z\", split: [0.6, 0.4], shuffle: false, standardize: true)\n"
        #expect(said(load + "d\nd.means\nd.deviations[0]\nd.train.x\nd.train.y\nsum(d.train.y)\nd.validation.y[1]\nd.class_names") == """
            n: a data set of 3 + 2 + 0 examples of shape [2], numbers to predict
            tensor [2] = [2, 20]
            0.816496580927726
            tensor [3, 2] = [-1.2247449159622192, -0.7071067690849304, 0, -0.7071067690849304, 1.2247449159622192, 1.4142135381698608]
            tensor [3] = [0.5, 1.5, 2.5]
            4.5
            4.5
            []
            """)
        #expect(said("let d = csv(\"@/n.csv\", label: 0, drop: [\"y\"], shuffle: false)\nd.columns\nd.train.y\ndigits.train.x.shape\ndigits.train") == """
            ["z"]
            tensor [3] = [1, 2, 3]
            [1149, 8, 8, 1]
            the train part of digits: 1,149 examples of shape [8, 8, 1]
            """)
        #expect(said("csv(\"@/n.csv\", label: first, shuffle: false).columns\ncsv(\"@/n.csv\", first, shuffle: false).columns\ncsv(\"@/n.csv\", last).columns") == """
            ["y", "z"]
            ["y", "z"]
            ["x", "y"]
            """)
    }

    /// From a file to a trained net and a searched function.
    @Test func netsLearnFromTheUsersFiles() {
        flowers()
        let text = """
            let data = csv("@/flowers.csv", split: [0.6, 0.2, 0.2], seed: 1, standardize: true)
            let fit = train(mlp([16, 3], activation: tanh), data, optimizer: adam(lr: 0.02), batch: 12, steps: 200)
            fit.validation.accuracy
            fit.test.accuracy
            grammar A(x: Tensor) -> Tensor { E = x | tanh(x) | square(x) }
            task learns(f: A) { reward train(mlp([8, 3], activation: f), data, optimizer: adam(lr: 0.02), batch: 12, steps: 60).validation.accuracy }
            let run = search(learns, with: random(), trials: 6, seed: 1)
            run.best.reward > 0.9
            """
        #expect(said(text).split(separator: "\n").suffix(3) == ["1", "1", "true"])
        // y = 3 x - 1 is found from numbers, and the mean alone is far off.
        folder.file("line.csv", (0..<50).map { "\(Double($0) / 25),\(3 * Double($0) / 25 - 1)\n" }.joined())
        #expect(said("let d = csv(\"@/line.csv\")\ntrain(dense(1), d, loss: squared_error, optimizer: sgd(lr: 0.1), batch: 10, steps: 500).validation.loss < 1e-6") == "true")
    }

    @Test func otherKindsOfFiles() {
        let pixels = (0..<40).map { UInt8($0) }
        folder.file("images", [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 2] + pixels)
        folder.file("labels", [0, 0, 8, 1, 0, 0, 0, 10] + (0..<10).map { UInt8($0 % 2) })
        let load = "idx(\"@/images\", \"@/labels\""
        #expect(said("\(load))\n\(load), shape: [4], scale: 1, shuffle: false).train.x[1]\n\(load), test_images: \"@/images\", test_labels: \"@/labels\", name: \"two\")") == """
            images: a data set of 8 + 1 + 1 examples of shape [2, 2, 1], 2 classes
            tensor [4] = [4, 5, 6, 7]
            two: a data set of 9 + 1 + 10 examples of shape [2, 2, 1], 2 classes
            """)
        func array(_ name: String, _ shape: String, _ content: [UInt8]) {
            let header = Array("{'descr': '|u1', 'fortran_order': False, 'shape': \(shape), }\n".utf8)
            folder.file(name, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, UInt8(header.count), 0] + header + content)
        }
        array("x.npy", "(10, 4)", pixels)
        array("y.npy", "(10,)", (0..<10).map { UInt8($0) })
        #expect(said("npy(\"@/x.npy\", \"@/y.npy\")\nnpy(\"@/x.npy\", \"@/y.npy\", classes: false)") == """
            x: a data set of 8 + 1 + 1 examples of shape [4], 10 classes
            x: a data set of 8 + 1 + 1 examples of shape [4], numbers to predict
            """)
        let pictures = (0..<4).flatMap { [UInt8($0)] + [UInt8](repeating: 255, count: 3072) }
        folder.file("batch.bin", pictures)
        #expect(said("cifar10(\"@/batch.bin\", [\"@/batch.bin\"], test: \"@/batch.bin\")\ncifar10(\"@/batch.bin\").train.x.shape") == """
            cifar10: a data set of 7 + 1 + 4 examples of shape [32, 32, 3], 10 classes: airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck
            [2, 32, 32, 3]
            """)
        folder.file("book.txt", String(repeating: "abc ", count: 25))
        #expect(said("let b = text(\"@/book.txt\", split: [0.5, 0.25, 0.25])\nb\nb.test.text\nb.train") == """
            book: a text of 50 + 25 + 25 characters, 4 different
            " abc abc abc abc abc abc "
            the train part of book: 50 characters
            """)
    }

    /// One message each, with the place in the file, and the session goes on.
    @Test func filesThatAreNoData() {
        folder.file("bad.csv", "a,b,kind\n1,2,x\n3,oops,y\n")
        // A rule of blanks and carets as long as the call, whose length depends on the folder, ends the message.
        let message = said("let kept = 7\nlet d = csv(\"@/bad.csv\")\n")
        #expect(message.split(separator: "\n").dropLast().joined(separator: "\n") == """
            error[N0314]: @/bad.csv, row 3: found `oops`, expected a number in column 2, `b`; `drop:` leaves a column out
              --> test.nasl:2:9
              |
            2 | let d = csv("@/bad.csv")
            """)
        #expect(message.hasSuffix("^"))
        #expect(transcript("let kept = 7", "let d = csv(\"/nowhere.csv\")", "kept").hasSuffix("\n7"))
        folder.file("a.npy", "not an array")
        folder.file("e.csv", "")
        #expect(title("csv(\"@/none.csv\")") == "error[N0314]: @/none.csv: found no such file, expected a file that can be read")
        #expect(title("csv(\"@\")") == "error[N0314]: @: found a folder, expected a data file")
        #expect(title("csv(\"@/e.csv\")") == "error[N0314]: @/e.csv: found an empty file, expected rows of numbers")
        #expect(title("text(\"@/e.csv\")") == "error[N0314]: @/e.csv: found an empty file, expected a text")
        #expect(title("csv(\"@/bad.csv\", label: \"color\")") == "error[N0314]: @/bad.csv: found the columns `a`, `b`, `kind`, expected one called `color`")
        #expect(title("csv(\"@/bad.csv\", label: 5)") == "error[N0314]: @/bad.csv: found 3 columns, expected one with the number 5, counted from 0")
        #expect(title("npy(\"@/a.npy\", \"@/a.npy\")") == "error[N0314]: @/a.npy: found a file of 12 bytes that begins with 6e 6f 74 20 61 6e, expected a NumPy array, which begins with 93 4e 55 4d 50 59")
        #expect(title("npz(\"@/a.npy\")") == "error[N0314]: @/a.npy: found a file that begins with 6e 6f 74 20, expected a ZIP archive, which begins with 50 4b")
        #expect(title("idx(\"@/a.npy\", \"@/a.npy\")") == "error[N0314]: @/a.npy: found a file that begins with 6e 6f 74 20, expected an IDX file, which begins with 00 00 and a type 08 to 0e")
        #expect(title("cifar10(\"@/a.npy\")") == "error[N0314]: @/a.npy: found 12 bytes, expected a multiple of 3073: a class and 32x32 pixels of 3 colours for each picture")
        #expect(title("csv(\"~/no-such-file-of-nasl.csv\")") == "error[N0314]: ~/no-such-file-of-nasl.csv: found no such file, expected a file that can be read")
    }

    @Test func argumentsThatMakeNoSense() {
        flowers()
        #expect(title("csv()") == "error[N0302]: `csv` needs `file`")
        #expect(title("csv(3)") == "error[N0304]: `file` of `csv` should be a text, but it is a number")
        #expect(title("csv(\"@/flowers.csv\", label: 1.5)") == "error[N0309]: `label` of `csv` should be a whole number, but it is 1.5")
        #expect(title("csv(\"@/flowers.csv\", label: 1e300)") == "error[N0309]: `label` of `csv` should be a whole number, but it is 1e300")
        #expect(title("csv(\"@/flowers.csv\", label: sin)") == "error[N0304]: `label` of `csv` should be the name of a column, its number, `last` or `first`, but it is a function")
        #expect(title("csv(\"@/flowers.csv\", split: [0.5, 0.2])") == "error[N0317]: the parts of `split` should add up to 1, but they add up to 0.7")
        #expect(title("csv(\"@/flowers.csv\", split: [2, 3, \"x\"])") == "error[N0304]: a part of `split` of `csv` should be a number from 0 to 1, but it is a text")
        #expect(title("csv(\"@/flowers.csv\", split: 0.5)") == "error[N0304]: `split` of `csv` should be a list, but it is a number")
        #expect(title("csv(\"@/flowers.csv\", separator: \"ab\")") == "error[N0317]: `separator` of `csv` should be one character that no number has, such as \";\", but it is \"ab\"")
        #expect(title("csv(\"@/flowers.csv\", separator: \".\")") == "error[N0317]: `separator` of `csv` should be one character that no number has, such as \";\", but it is \".\"")
        #expect(title("csv(\"@/flowers.csv\", shape: [0])") == "error[N0309]: a length in `shape` of `csv` should be a whole number of at least 1, but it is 0")
        #expect(title("csv(\"@/flowers.csv\", scale: 0 / 0)") == "error[N0309]: `scale` of `csv` should be finite and different from 0, but it is nan")
        #expect(title("csv(\"@/flowers.csv\", labels: \"kind\")") == "error[N0303]: `csv` has no argument `labels:`")
        #expect(title("csv(\"@/flowers.csv\", test: \"@/flowers.csv\", split: [0.6, 0.2, 0.2])")
            == "error[N0317]: `split` should have two parts (training, validation), since the test part has a file of its own, but it has 3")
        #expect(title("text(\"@/flowers.csv\", split: [0.6, 0.4])") == "error[N0317]: `split` of `text` should have three parts (training, validation, test), but it has 2")
        #expect(title("idx(\"a\", \"b\", test_images: \"c\")") == "error[N0317]: `idx` needs `test_images:` and `test_labels:` together, but `test_labels:` is missing")
        #expect(title("cifar10()") == "error[N0302]: `cifar10` needs `files`")
        #expect(title("cifar10(3)") == "error[N0304]: a file of `cifar10` should be a text, but it is a number")
        #expect(title("csv(\"@/flowers.csv\").train.z") == "error[N0307]: a part of a data set has no field `z`")
        #expect(title("char_mlp(csv(\"@/flowers.csv\"))") == "error[N0317]: `char_mlp` needs a text, but `flowers` holds rows")
    }

    /// The full set is there where Debian's package is; else the message says how to get it.
    @Test func allOfFashion() {
        let text = said("fashion_full")
        if access("/usr/share/datasets/fashion-mnist", R_OK) == 0 {
            #expect(text == "fashion_full: a data set of 55000 + 5000 + 10000 examples of shape [28, 28, 1], 10 classes")
        } else {
            #expect(text == "fashion_full: the data set `fashion_full` cannot be read: fashion_full: found no `train-images-idx3-ubyte.gz` in /usr/share/datasets/fashion-mnist, expected the files of Debian's package: `apt-get install dataset-fashion-mnist`")
        }
    }

    /// Ctrl-C while a file is loaded gives the prompt back; progress is one line that is taken away at the end.
    @Test func loadingIsSeenAndStopped() {
        folder.file("big.csv", (0..<300_000).map { "\($0),\(Double($0) * 0.123),\($0 % 2)\n" }.joined())
        let statuses = Mutex<[String?]>([]), lines = Mutex<[String]>([])
        let path = folder.path
        onLargeStack {
            var options = SessionOptions()
            options.progressWidth = 80
            do {
                let session = try Session(options, SessionFaces({ line in lines.withLock { $0.append(line) } }, status: { line in statuses.withLock { $0.append(line) } }))
                session.evaluate("csv(\"\(path)/big.csv\", split: [0.5, 0.5])")
                session.interrupt()
                session.evaluate("csv(\"\(path)/big.csv\")")
            } catch { lines.withLock { $0.append("\(error)") } }
        }
        #expect(lines.withLock { $0 }.map { $0.split(separator: "\n")[0] } == ["big: a data set of 150000 + 150000 + 0 examples of shape [2], 2 classes", "error[N0311]: stopped"])
        let seen = statuses.withLock { $0 }
        #expect(seen.last == .some(nil))
        #expect(seen.compactMap { $0 }.allSatisfy { $0.hasPrefix(" [") && $0.contains("big.csv") && $0.count < 80 })
    }
}
