import NaslTraining
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct CSVTests {
    private let folder = Folder()

    /// The rows of the file in its order: half for training, half for validation.
    private func load(_ text: String, _ csv: CSVOptions = CSVOptions(), _ change: (inout LoadingOptions) -> Void = { _ in }) throws -> DataSet {
        var options = LoadingOptions()
        options.splitting = try Splitting([0.5, 0.5], shuffles: false)
        change(&options)
        return try DataSet.csv(folder.file("t.csv", text), csv: csv, options)
    }

    private func refusal(_ text: String, _ csv: CSVOptions = CSVOptions(), _ change: (inout LoadingOptions) -> Void = { _ in }) -> String {
        folder.refusal { try load(text, csv, change) }
    }

    private func options(_ change: (inout CSVOptions) -> Void) -> CSVOptions {
        var options = CSVOptions()
        change(&options)
        return options
    }

    private func rows(_ split: DataSplit) throws -> Rows {
        guard case .rows(let rows) = split else { throw DataError(file: "", found: "text", expected: "rows") }
        return rows
    }

    @Test func namesAndTexts() throws {
        let data = try load("width,height,kind\n1,2.5,dog\n3,-4e-1,\"cat\"\n5,6,dog\n7,8,dog\n")
        #expect(data.name == "t" && data.shape == [2] && data.columns == ["width", "height"])
        #expect(data.classNames == ["cat", "dog"] && data.classes == 2)
        #expect(data.summary == "a data set of 2 + 2 + 0 examples of shape [2], 2 classes: cat, dog")
        #expect(try rows(data.train).features == [1, 2.5, 3, -0.4])
        #expect(try rows(data.train).labels == [1, 0])
        #expect(try rows(data.validation).features == [5, 6, 7, 8])
    }

    /// The same table in many dresses.
    @Test(arguments: [
        "1,2,0\n3,4,1\n5,6,0\n7,8,1\n", "1,2,0\r\n3,4,1\r\n5,6,0\r\n7,8,1", "1,2,0\r3,4,1\r5,6,0\r7,8,1\r", "\u{feff}1,2,0\n\n3,4,1\n \n5,6,0\n7,8,1\n\n\n",
        "1;2;0\n3;4;1\n5;6;0\n7;8;1\n", "1\t2\t0\n3\t4\t1\n5\t6\t0\n7\t8\t1\n", "1|2|0\n3|4|1\n5|6|0\n7|8|1\n", " 1 , 2 ,\t0\n3,4 , 1 \n5,6,0\n7,8,1",
        "\"1\",\"2\",\"0\"\n\"3\", \"4\" ,1\n5,6,0\n7,8,1\n", "a,b,c\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n", "\"a\",\"b,\n\"\"b\"\"\",c\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n",
        "1.0,2,0.0\n3,4,1.0\n+5,6e0,-0\n70e-1,8.,01\n", "a,b,\"label; text\"\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n",
    ]) func dresses(_ text: String) throws {
        let data = try load(text)
        #expect(try rows(data.train).features == [1, 2, 3, 4] && rows(data.validation).features == [5, 6, 7, 8])
        #expect(try rows(data.train).labels == [0, 1] && rows(data.validation).labels == [0, 1])
    }

    @Test func blanksAsSeparators() throws {
        let data = try load("  1   2 0\n3 4    1  \n 5 6 0\n7 \t8 1", options { $0.separator = 32 })
        #expect(try rows(data.train).features == [1, 2, 3, 4] && rows(data.validation).features == [5, 6, 7, 8])
        #expect(try rows(data.validation).labels == [0, 1])
    }

    @Test func packed() throws {
        let path = folder.file("p.csv.gz", gzip(Array("1,2,0\n3,4,1\n5,6,0\n7,8,1\n".utf8)))
        var options = LoadingOptions()
        options.splitting = try Splitting([0.5, 0.5], shuffles: false)
        let data = try DataSet.csv(path, options)
        #expect(data.name == "p")
        #expect(try rows(data.train).features == [1, 2, 3, 4])
    }

    @Test func theLabelIsWhereItIsSaidToBe() throws {
        let text = "y,a,last\n0,1,2\n1,3,4\n0,5,6\n1,7,8\n"
        #expect(try rows(load(text, options { $0.label = .name("y") }).train).features == [1, 2, 3, 4])
        #expect(try rows(load(text, options { $0.label = .number(0) }).train).features == [1, 2, 3, 4])
        #expect(try rows(load(text, options { $0.label = .number(-3) }).train).features == [1, 2, 3, 4])
        #expect(try rows(load(text, options { $0.label = .name("first") }).train).features == [1, 2, 3, 4])
        #expect(try load(text, options { $0.label = .name("a") }).columns == ["y", "last"])
        // A column of this name comes before the word.
        #expect(try load("last,a,b\n0,1,2\n1,3,4\n0,5,6\n1,7,8\n", options { $0.label = .name("last") }).columns == ["a", "b"])
        #expect(try load("1,2,0\n3,4,1\n5,6,0\n7,8,1\n", options { $0.label = .name("last") }).classes == 2)
        #expect(try load("id,a,y\nx1,1,0\nx2,3,1\nx3,5,0\nx4,7,1\n", options { $0.drop = [.name("id")] }).columns == ["a"])
    }

    /// The rule: texts are classes; whole numbers are, with at most 20 values in at least twice as many rows; `classes` decides.
    @Test func classesOrNumbers() throws {
        func classes(_ labels: [String], _ told: Bool? = nil) throws -> Int {
            try load(labels.map { "1,\($0)\n" }.joined(), CSVOptions()) { $0.classes = told }.classes
        }
        let twenty = (0..<40).map { "\($0 % 20)" }
        #expect(try classes(["0", "1", "1", "0"]) == 2)
        #expect(try classes(["-1", "1", "1", "-1"]) == 2)
        #expect(try classes(twenty) == 20)
        #expect(try classes((0..<42).map { "\($0 % 21)" }) == 0)
        #expect(try classes((0..<42).map { "\($0 % 21)" }, true) == 21)
        #expect(try classes(["0", "1", "2"]) == 0)
        #expect(try classes(["0", "1", "1.5", "0", "1", "1.5"]) == 0)
        #expect(try classes(twenty, false) == 0)
        #expect(try classes(["b", "a", "b", "b"]) == 2)
        let numbered = try load("1,10\n2,9\n3,10\n4,9\n", CSVOptions()) { $0.classes = true }
        #expect(numbered.classNames == ["9", "10"], "in the order of numbers, not of texts")
        #expect(try rows(numbered.train).labels == [1, 0])
        let values = try load("1,0.5\n2,0.25\n3,1\n4,-2\n")
        #expect(values.summary == "a data set of 2 + 2 + 0 examples of shape [1], numbers to predict")
        #expect(try rows(values.train).numbers == [0.5, 0.25])
        #expect(refusal("1,7\n2,7\n3,7\n") { $0.classes = true } == "t.csv: found the same label in all rows, expected at least two classes")
    }

    private func refusal(_ text: String, _ change: (inout LoadingOptions) -> Void) -> String { refusal(text, CSVOptions(), change) }

    @Test func whatIsWrongIsSaidWithItsPlace() {
        #expect(refusal("a,b,y\n1,2,0\n3,,1\n") == "t.csv, row 3: found an empty field, expected a number in column 2, `b`")
        #expect(refusal("1,2,0\n3,NA,1\n") == "t.csv, row 2: found a missing value, `NA`, expected a number in column 2")
        #expect(refusal("1,2,0\n3,nan,1\n") == "t.csv, row 2: found a missing value, `nan`, expected a number in column 2")
        #expect(refusal("1,2,0\n\n3,inf,1\n") == "t.csv, row 3: found `inf`, expected a number in column 2; `drop:` leaves a column out")
        #expect(refusal("a,color,y\n1,red,0\n") == "t.csv, row 2: found `red`, expected a number in column 2, `color`; `drop:` leaves a column out")
        #expect(refusal("1,red,0\n2,blue,1\n") == "t.csv, row 1: found `red`, expected a number in column 2; `header: true` says that the first line holds names")
        #expect(refusal("a,2019,y\n1,2,0\n") == "t.csv, row 1: found `a`, expected a number in column 1; `header: true` says that the first line holds names")
        #expect(refusal("1,2,0\n3,1e39,1\n") == "t.csv, row 2: found 1e+39, expected a number of at most 3.4e38 in column 2")
        #expect(refusal("1,2,0\n3,1\n") == "t.csv, row 2: found 2 columns, expected 3, as in the first row")
        #expect(refusal("a,b,y\n1,2,0\n3,1,4,5\n") == "t.csv, row 3: found 4 columns, expected 3, as in the header line")
        #expect(refusal("1,2,0\n3,4,\n") == "t.csv, row 2: found an empty field, expected a label in column 3")
        #expect(refusal("1,2,x\n3,4,?\n") == "t.csv, row 2: found a missing value, `?`, expected a label in column 3")
        #expect(refusal("1,2,0\n3,4,x\n") == "t.csv, row 2: found `x`, expected a number in column 3, the label, as in the rows before; `classes: true` takes texts")
        #expect(refusal("1,2,x\n3,4,y\n") { $0.classes = false } == "t.csv, row 1: found `x`, expected a number in column 3, the label")
        #expect(refusal("1,2,0\n3,\"4,1\n5,6,0\n") == "t.csv, row 2: found a field in quotes that does not end, expected a closing quote")
        #expect(refusal("1,2,0\n3,\"4\"5,1\n") == "t.csv, row 2: found `5` after a field in quotes, expected `,` or the end of the line")
        #expect(refusal("\"a\nb\",y\n1,0\n2,x\n") == "t.csv, row 4: found `x`, expected a number in column 2, `y`, the label, as in the rows before; `classes: true` takes texts")
        #expect(refusal("") == "t.csv: found an empty file, expected rows of numbers")
        #expect(refusal("\n \n") == "t.csv: found no rows, expected rows of numbers")
        #expect(refusal("a,b,y\n") == "t.csv: found no rows after the header line, expected rows of numbers")
        #expect(refusal("1\n2\n") == "t.csv: found one column, with `,` as separator, expected at least two, features and a label")
        #expect(refusal("1,2,0\n") == "t.csv: found 1 example, expected at least 2, one for each part")
        #expect(refusal("1,a\u{1b}[31mb,0\n2,3,1\n").contains("found `a\\x1b[31mb`"), "no control characters in messages")
        #expect(refusal("1,äöüäöüäöüäöüäöü,0\n2,3,1\n").contains("found `äöüäöüäöüäöü...`"))
    }

    @Test func columnsThatAreNotThere() {
        let text = "a,b,a\n1,2,0\n3,4,1\n"
        #expect(refusal(text, options { $0.label = .name("c") }) == "t.csv: found the columns `a`, `b`, `a`, expected one called `c`")
        #expect(refusal(text, options { $0.label = .name("a") }) == "t.csv: found 2 columns called `a`, expected one; a number tells them apart")
        #expect(refusal(text, options { $0.label = .number(3) }) == "t.csv: found 3 columns, expected one with the number 3, counted from 0")
        #expect(refusal(text, options { $0.label = .number(-4) }) == "t.csv: found 3 columns, expected one with the number -4, counted from 0")
        #expect(refusal("1,2\n3,4\n", options { $0.label = .name("c") }) == "t.csv: found no header line, expected one with the name `c`")
        #expect(refusal(text, options { $0.drop = [.name("b"), .number(0)] }) == "t.csv: found no column beside the label, expected at least one feature")
        #expect(refusal(text, options { $0.drop = [.number(-1)] }) == "t.csv: found the label among the columns of `drop:`, expected another column there")
    }

    @Test func foreignFiles() {
        func foreign(_ bytes: [UInt8]) -> String { folder.refusal { try DataSet.csv(folder.file("f.csv", bytes)) } }
        #expect(foreign([0x89, 0x50, 0x4e, 0x47, 0]) == "f.csv, byte 4: found the byte 00 in a file that begins with 89 50 4e 47, expected text: rows of numbers")
        #expect(foreign([0xff, 0xfe, 0x31, 0]) == "f.csv: found UTF-16 text, expected UTF-8 text")
        #expect(foreign([0x1f, 0x8b, 8, 0]) == "f.csv: found the end after 4 bytes, in the middle of the packed data, expected a whole gzip file")
        #expect(folder.refusal { try DataSet.csv("\(folder.path)/no.csv") } == "no.csv: found no such file, expected a file that can be read")
        #expect(folder.refusal { try DataSet.csv(folder.path) }.hasSuffix(": found a folder, expected a data file"))
        #expect(folder.refusal { try DataSet.csv("") } == "\"\": found an empty name, expected the name of a file")
        #expect(folder.refusal { try DataSet.csv("a\0b") } == "\"a\": found a name with a zero byte, expected the name of a file")
        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(folder.refusal { try DataSet.csv(pipe) } == "pipe: found something that is no ordinary file, expected a data file")
    }

    @Test func theTestPartFromAFileOfItsOwn() throws {
        let train = folder.file("train.csv", "a,y\n" + (0..<10).map { "\($0),\($0 % 2 == 0 ? "p" : "q")\n" }.joined()), test = folder.file("test.csv", "a,y\n9,r\n")
        let data = try DataSet.csv(train, test: test)
        #expect(data.train.count == 9 && data.validation.count == 1)
        #expect(data.classNames == ["p", "q", "r"])
        #expect(try rows(data.test).features == [9] && rows(data.test).labels == [2])
        #expect(folder.refusal { try DataSet.csv(train, test: folder.file("other.csv", "b,y\n9,p\n")) }
            == "other.csv, row 1: found other names in the header line than in train.csv, expected the same columns")
        #expect(folder.refusal { try DataSet.csv(folder.file("n.csv", "1,2,0\n2,3,1\n4,5,0\n"), test: folder.file("w.csv", "1,0\n")) }
            == "w.csv: found examples of the shape [1], expected [2], as in n.csv")
    }

    @Test func standardized() throws {
        let data = try load("1000000001,5,0\n1000000003,5,1\n1000000005,6,0\n1000000002,5,1\n", CSVOptions()) { $0.standardizes = true }
        // Numbers that single precision could not tell apart; a column without deviation is only moved.
        #expect(data.standardization?.means == [1_000_000_002, 5] && data.standardization?.deviations == [1, 1])
        #expect(try rows(data.train).features == [-1, 0, 1, 0])
        #expect(try rows(data.validation).features == [3, 1, 0, 0])
        let scaled = try load("10,20,0\n30,40,1\n", CSVOptions()) { $0.scale = 0.1 }
        #expect(try rows(scaled.train).features == [1, 2])
        #expect(refusal("1e38,1,0\n2,3,1\n") { $0.scale = 1e6 } == "t.csv, row 1: found a number beyond single precision after `scale:`, expected at most 3.4e38")
        #expect(try load("1,2,3,4,0\n1,2,3,4,1\n", CSVOptions()) { $0.shape = [2, 2, 1] }.shape == [2, 2, 1])
        #expect(refusal("1,2,3,0\n1,2,3,1\n") { $0.shape = [2, 2] } == "t.csv: found examples of the shape [3], expected 3 numbers in `shape:`, which is [2, 2]")
        #expect(refusal("1,2,3,0\n1,2,3,1\n") { $0.shape = [Int.max, 8] }.hasPrefix("t.csv: found examples of the shape [3], expected 3 numbers"))
    }

    /// A file of many rows: progress goes up to the end, and a request to stop is heard.
    @Test func progressAndStop() throws {
        let path = folder.file("big.csv", (0..<20_000).map { "\($0),\($0 % 2)\n" }.joined())
        let seen = Seen()
        let data = try DataSet.csv(path, watch: LoadingWatch(report: { seen.add($0.rows) }))
        #expect(data.train.count == 16_000 && data.validation.count == 2000 && data.test.count == 2000)
        #expect(seen.rows == [0, 4096, 8192, 12288, 16384])
        let error = #expect(throws: DataError.self) { try DataSet.csv(path, watch: LoadingWatch(isInterrupted: { true })) }
        #expect(error?.isInterrupt == true)
    }
}
