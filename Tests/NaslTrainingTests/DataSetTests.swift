import NaslTraining
import Testing

@Suite struct DataSetTests {
    @Test func sizesAndShapes() throws {
        let austen = try DataSet.austen(), digits = try DataSet.digits(), fashion = try DataSet.fashion()
        #expect([austen.train, austen.validation, austen.test].map(\.count) == [373_482, 46_685, 46_686])
        #expect([digits.train, digits.validation, digits.test].map(\.count) == [1149, 288, 360])
        #expect([fashion.train, fashion.validation, fashion.test].map(\.count) == [3500, 500, 1000])
        #expect(austen.classes == 75 && austen.isText && austen.shape == [])
        #expect(digits.classes == 10 && digits.shape == [8, 8, 1] && !digits.isText)
        #expect(fashion.classes == 10 && fashion.shape == [14, 14, 1])
        #expect(digits.summary == "a data set of 1149 + 288 + 360 examples of shape [8, 8, 1], 10 classes")
        #expect(austen.summary == "a text of 373482 + 46685 + 46686 characters, 75 different")
    }

    /// The decoded content never changes unnoticed.
    @Test func checksums() throws {
        #expect(try DataSet.austen().checksum == 0x3337f95fc72ddda6)
        #expect(try DataSet.digits().checksum == 0xadb4bb46c7ac066f)
        #expect(try DataSet.fashion().checksum == 0xc1003a81695a8255)
    }

    @Test func austenIsThePartsOfTheText() throws {
        let data = try DataSet.austen()
        let vocabulary = try #require(data.vocabulary)
        let joined = try [data.train, data.validation, data.test].flatMap { try $0.tokens }.map { vocabulary.characters[Int($0)] }
        #expect(joined == (try FileBytes.unpacked(at: Library.locate("persuasion.txt.gz"))))
        #expect(String(decoding: joined.prefix(10), as: UTF8.self) == "Persuasion")
        #expect(String(decoding: joined.suffix(5), as: UTF8.self) == "Finis")
    }

    /// Training and validation rows together are the first 1,437 of the file, the test rows the others in order.
    @Test func digitsAreSplitWithoutOverlap() throws {
        let data = try DataSet.digits()
        let table = try NumberTable(FileBytes.unpacked(at: Library.locate("digits.csv.gz")), file: "digits")
        let whole = (0..<1797).map { row in (0..<65).map { Float(table[row, $0]) / ($0 < 64 ? 16 : 1) } }
        func rows(_ split: DataSplit) throws -> [[Float]] {
            let rows = try split.rows
            return (0..<rows.count).map { Array(rows.features[$0 * 64 ..< $0 * 64 + 64]) + [Float(rows.labels[$0])] }
        }
        let first = try rows(data.train) + rows(data.validation)
        #expect(first.sorted { $0.lexicographicallyPrecedes($1) } == whole[..<1437].sorted { $0.lexicographicallyPrecedes($1) })
        #expect(first != Array(whole[..<1437]))
        #expect(try rows(data.test) == Array(whole[1437...]))
    }

    @Test func fashionIsBalancedAndWithoutOverlap() throws {
        let data = try DataSet.fashion()
        for (split, each) in [(data.train, 350), (data.validation, 50), (data.test, 100)] {
            let rows = try split.rows
            for label in 0..<10 { #expect(rows.labels.count { $0 == label } == each) }
            #expect(rows.features.allSatisfy { (0...1).contains($0) })
        }
        let images = try IDX(FileBytes.unpacked(at: Library.locate("fashion14-train-images-idx3-ubyte.gz")), file: "images")
        let (train, validation) = (try data.train.rows.features, try data.validation.rows.features)
        #expect((train + validation).sorted() == images.values.map { $0 / 255 }.sorted())
        let known = Set((0..<3500).map { Array(train[$0 * 196 ..< $0 * 196 + 196]) })
        #expect((0..<500).allSatisfy { !known.contains(Array(validation[$0 * 196 ..< $0 * 196 + 196])) })
    }

    @Test func aDataSetIsLoadedOnce() async throws {
        let loaded = try await withThrowingTaskGroup(of: ObjectIdentifier.self) { group in
            for _ in 0..<8 { group.addTask { ObjectIdentifier(try DataSet.fashion()) } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(loaded.count == 1)
    }

    @Test func unknownCharactersBecomeTheCommonest() throws {
        let text = Array("ab ba ba ab ba".utf8) + Array("xyz".utf8)
        let data = try DataSet(name: "small", text: text, fractions: (train: 0.7, validation: 0.15))
        let vocabulary = try #require(data.vocabulary)
        #expect(vocabulary.characters == Array(" ab".utf8))
        // a, b and the blank; a is the commonest.
        #expect(vocabulary.encode("a?b".utf8) == [1, 1, 2])
        #expect(try data.test.tokens.allSatisfy { $0 < 3 })
    }

    @Test func aTextTooShortForThreeParts() {
        #expect(performing { _ = try DataSet(name: "tiny", text: Array("ab".utf8)) } == "tiny: found 2 characters, expected enough for three parts")
    }
}

extension DataSplit {
    var rows: Rows {
        get throws {
            guard case .rows(let rows) = self else { throw TrainingError("a split of rows was expected") }
            return rows
        }
    }

    var tokens: [UInt8] {
        get throws {
            guard case .text(let tokens) = self else { throw TrainingError("a split of text was expected") }
            return tokens
        }
    }
}

extension DataSet {
    /// FNV-1a over the content of all parts.
    fileprivate var checksum: UInt64 {
        get throws {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
            for split in [train, validation, test] {
                switch split {
                case .text(let tokens): tokens.forEach(add)
                case .rows(let rows):
                    for value in rows.features { withUnsafeBytes(of: value.bitPattern.littleEndian) { $0.forEach(add) } }
                    rows.labels.forEach { add(UInt8(truncatingIfNeeded: $0)) }
                }
            }
            return hash
        }
    }
}

/// What the error that `body` throws says.
func performing(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "no error"
    } catch {
        return "\(error)"
    }
}
