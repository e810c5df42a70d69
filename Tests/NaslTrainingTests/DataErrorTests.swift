import NaslRandom
import NaslTraining
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Damaged, truncated and foreign files: a message that says what was found, never a crash.
@Suite struct DataErrorTests {
    @Test func files() {
        #expect(performing { _ = try FileBytes.read(at: "/nowhere/at/all.csv") } == "/nowhere/at/all.csv: found no such file, expected a file that can be read")
        #expect(performing { _ = try FileBytes.read(at: "/") } == "/: found a folder, expected a data file")
        #expect(performing { _ = try FileBytes.read(at: "/dev/zero") } == "/dev/zero: found something that is no ordinary file, expected a data file")
        let missing = performing { _ = try Library.locate("no-such-data.gz") }
        #expect(missing.hasPrefix("no-such-data.gz: found no such file in ") && missing.contains("share/nasl/data") && missing.hasSuffix("set NASL_HOME to the folder that holds `data`"))
    }

    @Test func whereDataIsLookedFor() {
        #expect(Library.folders(home: "/h", executable: "/usr/local/bin/nasl") == [
            "/h/data", "/usr/local/share/nasl/data", "/usr/local/bin/stdlib/data", "/usr/local/stdlib/data", "/usr/stdlib/data", "stdlib/data",
        ])
        #expect(Library.folders(home: "", executable: "") == ["stdlib/data"])
    }

    @Test func numbers() throws {
        #expect(table("1,2\n3,x4\n") == "t.csv, row 2: found `x4`, expected a number in column 2")
        #expect(table("1,2\n\n3\n") == "t.csv, row 3: found 1 column, expected 2, as in the rows before")
        #expect(table("1,2\n3,,\n") == "t.csv, row 2: found an empty field, expected a number in column 2")
        #expect(table("1,0x10\n") == "t.csv, row 1: found `0x10`, expected a number in column 2")
        #expect(table("\u{1}\u{2}") == "t.csv, row 1: found `\\x01\\x02`, expected a number in column 1")
        #expect(table("") == "t.csv: found no rows, expected rows of numbers")
        #expect(table(String(repeating: "9", count: 100)) == "t.csv, row 1: found `999999999999999999999999...`, expected a number in column 1")
        let good = try NumberTable(Array("\u{feff}1, -2.5e-3\r\n12345678901,nan\r\n".utf8), file: "t.csv")
        #expect(good.rows == 2 && good.columns == 2)
        #expect(good[0, 0] == 1 && good[0, 1] == -2.5e-3 && good[1, 0] == 12_345_678_901 && good[1, 1].isNaN)
    }

    private func table(_ text: String) -> String { performing { _ = try NumberTable(Array(text.utf8), file: "t.csv") } }

    @Test func tensors() throws {
        #expect(idx([]) == "i: found an empty file, expected an IDX file, which begins with 00 00 and a type 08 to 0e")
        #expect(idx(Array("PNG!".utf8)) == "i: found a file that begins with 50 4e 47 21, expected an IDX file, which begins with 00 00 and a type 08 to 0e")
        #expect(idx([0, 0, 8, 9]) == "i: found 9 axes, expected 1 to 4")
        #expect(idx([0, 0, 8, 1, 0, 0]) == "i: found 6 bytes, expected a header of 8")
        #expect(idx([0, 0, 8, 1, 0, 0, 0, 3, 1, 2]) == "i: found 10 bytes, expected 11, for the shape [3]")
        #expect(idx([0, 0, 8, 3] + [UInt8](repeating: 255, count: 12)) == "i: found the shape [4294967295, 4294967295, 4294967295], expected one that fits in memory")
        #expect(try IDX([0, 0, 8, 1, 0, 0, 0, 2, 7, 255], file: "i").values == [7, 255])
        #expect(try IDX([0, 0, 9, 1, 0, 0, 0, 1, 255], file: "i").values == [-1])
        #expect(try IDX([0, 0, 0x0b, 1, 0, 0, 0, 1, 255, 254], file: "i").values == [-2])
        #expect(try IDX([0, 0, 0x0d, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0], file: "i").values == [1.5])
    }

    private func idx(_ bytes: [UInt8]) -> String { performing { _ = try IDX(bytes, file: "i") } }

    @Test func rowsThatDoNotAgree() throws {
        let good = Rows(width: 2, features: [1, 2, 3, 4], labels: [0, 1])
        func refusal(_ rows: Rows, shape: [Int] = [2], classes: Int = 2) -> String {
            performing { _ = try DataSet(name: "d", shape: shape, classes: classes, train: good, validation: good, test: rows) }
        }
        #expect(refusal(good) == "no error")
        #expect(refusal(Rows(width: 2, features: [1, 2, 3, 4], labels: [0, 2])) == "d, row 2: found the label 2, expected a whole number from 0 to 1")
        #expect(refusal(Rows(width: 2, features: [1, 2, 3, 4], labels: [-1, 0])) == "d, row 1: found the label -1, expected a whole number from 0 to 1")
        #expect(refusal(Rows(width: 2, features: [1, 2, 3], labels: [0, 1])) == "d: found 3 values in 2 rows of 2, expected rows of the shape [2]")
        #expect(refusal(Rows(width: 2, features: [1, 2], numbers: [0.5])) == "d: found numbers to predict, expected classes")
        let empty = try DataSet(name: "d", shape: [2], classes: 2, train: good, validation: good.rows(at: []), test: good)
        #expect(performing { _ = try train(Dense(2), on: empty) } == "`d` has 2 training and 0 validation examples; both parts are needed")
    }

    @Test func packedFiles() throws {
        let packed = try FileBytes.read(at: Library.locate("fashion14-t10k-labels-idx1-ubyte.gz"))
        let content = try Gzip.unpack(packed, file: "g")
        #expect(content.count == 1008)
        #expect(try Gzip.unpack(packed + packed, file: "g") == content + content)
        #expect(try Gzip.unpack([1, 2, 3], file: "g") == [1, 2, 3])
        #expect(unpack(Array(packed.prefix(300))) == "g: found the end after 300 bytes, in the middle of the packed data, expected a whole gzip file")
        #expect(unpack(Array(packed.prefix(2))) == "g: found the end after 2 bytes, in the middle of the packed data, expected a whole gzip file")
        #expect(unpack(packed + [1, 2]) == "g: found 2 foreign bytes after the packed data, expected the end of the gzip file")
        var flipped = packed
        flipped[packed.count - 6] ^= 1
        #expect(unpack(flipped) == "g: found damaged gzip data (incorrect data check), expected a whole gzip file")
        #expect(performing { _ = try Gzip.unpack(packed, file: "g", limit: 1000) } == "g: found more than 1000 bytes unpacked, expected at most that")
    }

    private func unpack(_ bytes: [UInt8]) -> String { performing { _ = try Gzip.unpack(bytes, file: "g") } }

    /// A changed file is refused or holds what it held; whatever else comes out of random bytes comes out as an error.
    @Test func mutationsNeverCrash() throws {
        var stream = RandomStream(seed: 7, "mutations")
        let packed = try FileBytes.read(at: Library.locate("fashion14-t10k-labels-idx1-ubyte.gz"))
        let content = try Gzip.unpack(packed, file: "g")
        var refused = 0
        for _ in 0..<2000 {
            var bytes = packed
            for _ in 0...stream.below(3) { bytes[stream.below(bytes.count)] = UInt8(stream.below(256)) }
            if stream.below(4) == 0 { bytes.removeLast(stream.below(bytes.count)) }
            if let result = try? Gzip.unpack(bytes, file: "g"), Gzip.isPacked(bytes) { #expect(result == content) } else { refused += 1 }
            var tensor = content
            tensor[stream.below(12)] = UInt8(stream.below(256))
            if let result = try? IDX(tensor, file: "i") { #expect(result.values.count <= 1008) } else { refused += 1 }
            let line = (0..<stream.below(40)).map { _ in Array("0123456789,.-e\n\r x\"".utf8)[stream.below(19)] }
            if let table = try? NumberTable(line, file: "t") { #expect(table.rows * table.columns == table.values.count) } else { refused += 1 }
        }
        #expect(refused > 2000)
    }
}
