import NaslRandom
import NaslTraining
import Testing

/// Whatever bytes a file holds, loading gives examples that agree with each other, or one error that names the file.
@Suite struct DataFuzzTests {
    private let folder = Folder()

    /// Loads `bytes` by every reader that takes one file; how often an error came.
    private func load(_ bytes: [UInt8], _ stream: inout RandomStream) -> Int {
        let path = folder.file("f", bytes)
        var csv = CSVOptions()
        csv.header = [nil, true, false][stream.below(3)]
        csv.separator = [nil, 32, 9][stream.below(3)]
        var options = LoadingOptions()
        options.classes = [nil, true, false][stream.below(3)]
        options.standardizes = stream.below(2) == 0
        let labels = folder.file("l", idx([3], [0, 1, 0]))
        let readers: [() throws -> DataSet] = [
            { try DataSet.csv(path, csv: csv, options) }, { try DataSet.npz(path, options) }, { try DataSet.npy(features: path, labels: path, options) },
            { try DataSet.idx(images: path, labels: labels, options) }, { try DataSet.cifar10([path], options) }, { try DataSet.text(path) },
        ]
        var errors = 0
        for reader in readers {
            do {
                let data = try reader()
                for split in [data.train, data.validation, data.test] {
                    guard case .rows(let rows) = split else { continue }
                    #expect(rows.features.count == rows.count * data.shape.reduce(1, *) && rows.features.allSatisfy { $0.isFinite })
                    #expect(rows.labels.allSatisfy { (0..<Int32(data.classes)).contains($0) })
                }
            } catch let error as DataError {
                #expect(error.file.hasPrefix(folder.path) && !error.isInterrupt)
                #expect(!"\(error)".utf8.contains { $0 < 32 })
                errors += 1
            } catch { Issue.record("\(error)") }
        }
        return errors
    }

    @Test func randomBytes() {
        var stream = RandomStream(seed: 11, "fuzz")
        let starts: [[UInt8]] = [[], [0x1f, 0x8b, 8], [0x50, 0x4b, 3, 4], [0x93] + Array("NUMPY".utf8) + [1, 0, 30, 0] + Array("{'descr': '<".utf8), [0, 0, 8, 3]]
        var errors = 0
        for _ in 0..<1500 {
            let start = starts[stream.below(starts.count)]
            errors += load(start + (0..<stream.below(200)).map { _ in UInt8(stream.below(256)) }, &stream)
        }
        #expect(errors > 6000)
    }

    @Test func wordsOfTables() {
        var stream = RandomStream(seed: 12, "fuzz")
        let words = ["1", "2.5", "-3e2", ",", ",", ",", ";", "\t", " ", "\n", "\n", "\r\n", "\r", "\"", "\"\"", "nan", "NA", "x", "é", "\u{feff}", "1e400", "1e39", ".", "e", "+"]
        var loaded = 0
        for _ in 0..<3000 {
            let text = (0..<stream.below(60)).map { _ in words[stream.below(words.count)] }.joined()
            if load(Array(text.utf8), &stream) < 5 { loaded += 1 }
        }
        for _ in 0..<2000 {
            // Tables that are nearly right.
            let width = 2 + stream.below(3)
            var text = Array((0..<4 + stream.below(8)).map { _ in (0..<width).map { _ in words[stream.below(3)] }.joined(separator: ",") + "\n" }.joined().utf8)
            if stream.below(2) == 0 { text[stream.below(text.count)] = Array(",\n\"x 1".utf8)[stream.below(6)] }
            if load(text, &stream) < 5 { loaded += 1 }
        }
        #expect(loaded > 300)
    }

    @Test func mutations() {
        var stream = RandomStream(seed: 13, "fuzz")
        let array = npy("<f4", "(12, 2)", fortran: true, (0..<24).flatMap { littleEndian(Float($0).bitPattern) }), places = npy("|u1", "(12,)", (0..<12).map { $0 % 3 })
        let files = [
            array, places, zip([ZipMember(name: "x.npy", content: array), ZipMember(name: "y.npy", content: places, method: 8, packed: deflated(places))]),
            gzip(Array("a,b,y\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n9,1,0\n".utf8)), idx([3, 2, 1], [1, 2, 3, 4, 5, 6]),
        ]
        for _ in 0..<4000 {
            var bytes = files[stream.below(files.count)]
            for _ in 0...stream.below(3) { bytes[stream.below(bytes.count)] = UInt8(stream.below(256)) }
            if stream.below(4) == 0 { bytes.removeLast(stream.below(bytes.count)) }
            if stream.below(8) == 0 { bytes += bytes.prefix(stream.below(50)) }
            _ = load(bytes, &stream)
        }
        for file in files[2...] { #expect(load(file, &stream) < 6, "unharmed, its own reader takes it") }
    }
}
