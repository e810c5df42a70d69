import NaslTraining
import Testing

@Suite struct ArrayFileTests {
    private let folder = Folder()

    private func array(_ bytes: [UInt8]) throws -> NumberArray { try NPY.array(bytes, file: "a.npy") }

    @Test func everyTypeOfNumber() throws {
        func values(_ type: String, _ content: [UInt8], version: UInt8 = 1) throws -> [Double] { try array(npy(type, "(3,)", version: version, content)).numbers.asDoubles }
        func bytes(_ numbers: [some FixedWidthInteger]) -> [UInt8] { numbers.flatMap { littleEndian($0) } }
        #expect(try values("|b1", [0, 1, 2]) == [0, 1, 1])
        #expect(try values("|u1", [0, 128, 255]) == [0, 128, 255])
        #expect(try values("|i1", [0, 128, 255]) == [0, -128, -1])
        #expect(try values("<i2", bytes([Int16.min, 1, Int16.max])) == [-32768, 1, 32767])
        #expect(try values("<u2", bytes([UInt16(0), 1, UInt16.max])) == [0, 1, 65535])
        #expect(try values("<i4", bytes([Int32.min, 1, Int32.max])) == [-2_147_483_648, 1, 2_147_483_647])
        #expect(try values("<u4", bytes([UInt32(0), 1, UInt32.max])) == [0, 1, 4_294_967_295])
        #expect(try values("<i8", bytes([Int64(-3), 1, 1 << 53])) == [-3, 1, 9_007_199_254_740_992])
        #expect(try values("<u8", bytes([UInt64(3), 1, 1 << 53])) == [3, 1, 9_007_199_254_740_992])
        #expect(try values("<f4", bytes([Float(1.5), -0.1, 3e38].map(\.bitPattern)), version: 2) == [1.5, Double(Float(-0.1)), Double(Float(3e38))])
        #expect(try values("<f8", bytes([1.5, -0.1, 1e300].map(\.bitPattern)), version: 3) == [1.5, -0.1, 1e300])
    }

    @Test func bothOrders() throws {
        // The place of each number in row-major order.
        let rows = (0..<24).map { UInt8($0) }
        var columns: [UInt8] = []
        for c in 0..<4 { for b in 0..<3 { for a in 0..<2 { columns.append(UInt8((a * 3 + b) * 4 + c)) } } }
        let first = try array(npy("|u1", "(2, 3, 4)", rows)), second = try array(npy("|u1", "(2, 3, 4)", fortran: true, columns))
        #expect(first.shape == [2, 3, 4] && second.shape == [2, 3, 4])
        #expect(first.numbers.asDoubles == rows.map(Double.init) && second.numbers.asDoubles == rows.map(Double.init))
        #expect(try array(npy("|u1", "(3,)", fortran: true, [1, 2, 3])).numbers.asDoubles == [1, 2, 3])
        #expect(try array(npy("|u1", "()", [7])).numbers.asDoubles == [7])
        #expect(try array(npy(header: "{\"shape\":(2,),'fortran_order':False,'descr':'|u1'}", [7, 8])).numbers.asDoubles == [7, 8])
    }

    @Test func damagedArrays() {
        func refusal(_ bytes: [UInt8]) -> String { performing { _ = try array(bytes) } }
        #expect(refusal([]) == "a.npy: found an empty file, expected a NumPy array, which begins with 93 4e 55 4d 50 59")
        #expect(refusal(Array("1,2,3\n4,5,6\n".utf8)) == "a.npy: found a file of 12 bytes that begins with 31 2c 32 2c 33 0a, expected a NumPy array, which begins with 93 4e 55 4d 50 59")
        let good = npy("<f4", "(2, 3)", [UInt8](repeating: 0, count: 24))
        #expect(refusal(good) == "no error")
        #expect(refusal(good.dropLast()) == "a.npy: found 23 bytes of numbers, expected 24, for the shape [2, 3] of 'f4'")
        #expect(refusal(Array(good.prefix(100))) == "a.npy, byte 8: found a header of 118 bytes in a file of 100, expected one that fits")
        var version = good
        version[6] = 9
        #expect(refusal(version) == "a.npy, byte 6: found version 9 of the format, expected 1 to 3")
        let types = "expected little-endian numbers: b1 i1 u1 i2 u2 i4 u4 i8 u8 f4 f8"
        #expect(refusal(npy(">f4", "(1,)", [0, 0, 0, 0])) == "a.npy, byte 20: found big-endian numbers, '>f4', \(types)")
        #expect(refusal(npy("|O", "(1,)", [0])) == "a.npy, byte 20: found Python objects, '|O', \(types)")
        #expect(refusal(npy("<c8", "(1,)", [0])) == "a.npy, byte 20: found the type '<c8', \(types)")
        #expect(refusal(npy(header: "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", [0])) == "a.npy, byte 20: found an array of records, \(types)")
        #expect(refusal(npy(header: "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", [0])) == "a.npy, byte 44: found `0`, expected True or False")
        #expect(refusal(npy(header: "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", [0])) == "a.npy, byte 61: found ``, expected the length of an axis")
        #expect(refusal(npy(header: "{'descr': '<f4', 'fortran_order': False}", [0])) == "a.npy: found a header without 'shape', expected 'descr', 'fortran_order' and 'shape'")
        #expect(refusal(npy(header: "{'descr': '<f4', 'size': 3}", [0])) == "a.npy, byte 27: found the key 'size', expected 'descr', 'fortran_order' or 'shape'")
        #expect(refusal(npy(header: "{'descr", [0])).hasSuffix("found a text that does not end, expected its closing quote"))
        #expect(refusal(npy(header: "[1]", [0])) == "a.npy, byte 10: found `[`, expected `{`")
        #expect(refusal(npy("<f4", "(1000000000, 1000000000)", [])) == "a.npy: found the shape [1000000000, 1000000000], expected one with at most 536870912 numbers")
        #expect(refusal(npy("<f4", "(9223372036854775807, 3)", [])) == "a.npy: found the shape [9223372036854775807, 3], expected one with at most 536870912 numbers")
        #expect(refusal(npy("<f4", "(0, 9223372036854775807, 3)", [])) == "a.npy: found the shape [0, 9223372036854775807, 3], expected one with at most 536870912 numbers")
        #expect(refusal(npy("<f4", "(9223372036854775807, 3, 0)", fortran: true, [])) == "a.npy: found the shape [9223372036854775807, 3, 0], expected one with at most 536870912 numbers")
        #expect(refusal(npy("<f4", "(0, 3)", [])) == "no error")
    }

    private func fiftyFifty() throws -> LoadingOptions {
        var options = LoadingOptions()
        options.splitting = try Splitting([0.5, 0.5], shuffles: false)
        return options
    }

    private func rows(_ split: DataSplit) throws -> Rows {
        guard case .rows(let rows) = split else { throw DataError(file: "", found: "text", expected: "rows") }
        return rows
    }

    @Test func examplesFromTwoArrays() throws {
        let x = folder.file("x.npy", npy("|u1", "(4, 2)", [1, 2, 3, 4, 5, 6, 7, 8]))
        let y = folder.file("y.npy", npy("<i8", "(4, 1)", [5, 9, 5, 9].flatMap { littleEndian(Int64($0)) }))
        let data = try DataSet.npy(features: x, labels: y, fiftyFifty())
        #expect(data.name == "x" && data.shape == [2] && data.classNames == ["5", "9"])
        #expect(try rows(data.train).features == [1, 2, 3, 4] && rows(data.validation).labels == [0, 1])
        var numbers = try fiftyFifty()
        numbers.classes = false
        numbers.scale = 10
        let predicted = try DataSet.npy(features: x, labels: y, numbers)
        #expect(try rows(predicted.validation).numbers == [5, 9] && rows(predicted.train).features == [10, 20, 30, 40])
        let short = folder.file("s.npy", npy("|u1", "(3,)", [1, 2, 3]))
        #expect(folder.refusal { try DataSet.npy(features: x, labels: short) } == "s.npy: found the shape [3], expected [4], a label for each example in x.npy")
        #expect(folder.refusal { try DataSet.npy(features: short, labels: y) } == "s.npy: found the shape [3], expected examples along the first axis and their numbers along others")
        let broken = folder.file("n.npy", npy("<f4", "(2, 2)", [1, 2, Float.nan, 4].flatMap { littleEndian($0.bitPattern) }))
        #expect(folder.refusal { try DataSet.npy(features: broken, labels: folder.file("z.npy", npy("|u1", "(2,)", [0, 1]))) }
            == "n.npy, row 2: found nan, expected a number of at most 3.4e38, the 1. of the example")
        let deep = folder.file("d.npy", npy("|u1", "(4, 1, 1, 1, 2)", [1, 2, 3, 4, 5, 6, 7, 8]))
        #expect(folder.refusal { try DataSet.npy(features: deep, labels: y) } == "d.npy: found examples of the shape [1, 1, 1, 2], expected at most 3 axes; `shape:` gives them another shape")
        let none = folder.file("0.npy", npy("|u1", "(0, 2)", []))
        #expect(folder.refusal { try DataSet.npy(features: none, labels: folder.file("0y.npy", npy("|u1", "(0,)", []))) } == "0.npy: found no examples, expected at least one")
    }

    @Test func archives() throws {
        let x = npy("<f8", "(4, 2)", (1...8).flatMap { littleEndian(Double($0).bitPattern) }), y = npy("|u1", "(4,)", [0, 1, 0, 1])
        let stored = folder.file("a.npz", zip([ZipMember(name: "x.npy", content: x), ZipMember(name: "y.npy", content: y)]))
        let data = try DataSet.npz(stored, fiftyFifty())
        #expect(data.name == "a" && data.classes == 2)
        #expect(try rows(data.train).features == [1, 2, 3, 4])
        let mixed = folder.file("b.npz", zip([
            ZipMember(name: "train.npy", content: x, method: 8, packed: deflated(x)), ZipMember(name: "labels.npy", content: y),
        ], comment: "made by hand"))
        let second = try DataSet.npz(mixed, features: "train", labels: "labels", test: ("train", "labels"), fiftyFifty())
        #expect(try rows(second.validation).features == [5, 6, 7, 8] && rows(second.test).count == 4)
        #expect(folder.refusal { try DataSet.npz(mixed) } == "b.npz: found the arrays `train`, `labels`, expected one called `x`")
        #expect(folder.refusal { try DataSet.npz(folder.file("c.npz", zip([]))) } == "c.npz: found no arrays, expected one called `x`")
    }

    /// `numpy.savez_compressed("n.npz", x=arange(24, dtype=float32).reshape(4, 3, 2) / 2, y=array([3, 1, 3, 1]))`, NumPy 2.
    @Test func anArchiveThatNumPyWrote() throws {
        let text = """
            504b03042d000000080000002100d80cc70effffffffffffffff05001400782e6e707901001000e00000000000000089000000000000009bec17ea1b10c9c850c6
            50ad9e925a9c5ca46ea5a06e9366a2aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a263a0ac63a0a469a3a0ab50ae4012e0608b0
            67606800e20340cce0c0c0a000c40e409c00c40d403c01881700f106203e00c41780f801107f0062064706060e2016006209205600620d203600620b4700504b03
            042d000000080000002100905d88f4ffffffffffffffff05001400792e6e707901001000a0000000000000004c000000000000009bec17ea1b10c9c850c650ad9e
            925a9c5ca46ea5a06e9369a1aea3a09e965f54529498179f5f94920a12774bcc294e058a17672416a402f91a263a9a3a0ab50a14002e6606086084d2e87c00504b
            01022d032d000000080000002100d80cc70e89000000e0000000050000000000000000000000800100000000782e6e7079504b01022d032d000000080000002100
            905d88f44c000000a00000000500000000000000000000008001c0000000792e6e7079504b0506000000000200020066000000430100000000
            """
        let digits = text.compactMap(\.hexDigitValue)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        let data = try DataSet.npz(folder.file("n.npz", bytes), fiftyFifty())
        #expect(data.shape == [3, 2] && data.classNames == ["1", "3"])
        #expect(try rows(data.train).features + rows(data.validation).features == (0..<24).map { Float($0) / 2 })
        #expect(try rows(data.train).labels == [1, 0])
    }

    @Test func damagedArchives() throws {
        let y = npy("|u1", "(4,)", [0, 1, 0, 1])
        func refusal(_ bytes: [UInt8]) -> String { folder.refusal { try DataSet.npz(folder.file("a.npz", bytes)) } }
        func archive(_ change: (inout ZipMember) -> Void) -> [UInt8] {
            var member = ZipMember(name: "x.npy", content: y)
            change(&member)
            return zip([member])
        }
        #expect(refusal([]) == "a.npz: found an empty file, expected a ZIP archive, which begins with 50 4b")
        #expect(refusal(y) == "a.npz: found a file that begins with 93 4e 55 4d, expected a ZIP archive, which begins with 50 4b")
        let good = archive { _ in }
        #expect(refusal(good) == "a.npz: found the arrays `x`, expected one called `y`")
        #expect(refusal(good.dropLast()) == "a.npz, byte \(good.count - 1): found no directory at the end, expected a whole ZIP archive")
        #expect(refusal(archive { $0.method = 14 }) == "a.npz, byte 0: found `x.npy` packed by method 14, expected stored (0) or deflated (8)")
        #expect(refusal(archive { $0.flags = 1 }) == "a.npz, byte 187: found `x.npy` encrypted, expected plain data")
        #expect(refusal(archive { $0.packed = y.dropLast() }) == "a.npz, byte 0: found two different lengths in `x.npy`, expected 132 whole bytes")
        #expect(refusal(archive { $0.packed = y.reversed() }) == "a.npz, byte 0: found a wrong check sum in `x.npy`, expected 132 whole bytes")
        #expect(refusal(archive { $0.method = 8; $0.packed = [9, 9, 9] }) == "a.npz, byte 0: found damaged packed data in `x.npy`, expected 132 whole bytes")
        #expect(refusal(archive { $0.method = 8; $0.packed = Array(deflated(y).dropLast(3)) }) == "a.npz, byte 0: found damaged packed data in `x.npy`, expected 132 whole bytes")
        #expect(refusal(archive { $0.method = 8; $0.packed = deflated(Array(y.dropLast())) }) == "a.npz, byte 0: found 131 bytes in `x.npy`, expected 132 whole bytes")
        #expect(refusal(archive { $0.method = 8; $0.packed = deflated(y + [1]) }).hasPrefix("a.npz, byte 0: found "))
        #expect(refusal(archive { $0.content = [UInt8](repeating: 0, count: 5000); $0.method = 8; $0.packed = [3, 0] })
            == "a.npz, byte 0: found an impossible length in `x.npy`, expected 5000 whole bytes")
        #expect(refusal(archive { $0.content = Array("hello world".utf8) }) == "a.npz, `x`: found a file of 11 bytes that begins with 68 65 6c 6c 6f 20, expected a NumPy array, which begins with 93 4e 55 4d 50 59")
    }

    @Test func picturesOfTheMNISTFamily() throws {
        let images = folder.file("i.gz", gzip(idx([4, 2, 3], (0..<24).map { UInt8($0 * 5) }))), labels = folder.file("l", idx([4], [7, 0, 7, 0]))
        let data = try DataSet.idx(images: images, labels: labels, fiftyFifty())
        #expect(data.shape == [2, 3, 1] && data.classNames == ["0", "7"])
        #expect(try rows(data.train).features == (0..<12).map { Float($0 * 5) / 255 })
        #expect(try rows(data.train).labels == [1, 0])
        var whole = try fiftyFifty()
        whole.scale = 1
        let unscaled = try DataSet.idx(images: images, labels: labels, test: (images, labels), whole)
        #expect(try rows(unscaled.test).features == (0..<24).map { Float($0 * 5) })
        #expect(folder.refusal { try DataSet.idx(images: labels, labels: images) } == "l: found the shape [4], expected examples along the first axis and their numbers along others")
        let vast = folder.file("v", [0, 0, 8, 4, 0, 0, 0, 0] + [UInt8](repeating: 255, count: 12))
        #expect(folder.refusal { try DataSet.idx(images: vast, labels: labels) } == "v: found the shape [0, 4294967295, 4294967295, 4294967295], expected one that fits in memory")
        #expect(folder.refusal { try DataSet.idx(images: images, labels: images) } == "i.gz: found the shape [4, 2, 3], expected [4], a label for each example in i.gz")
    }

    @Test func picturesOfCIFAR() throws {
        func picture(_ label: UInt8, _ red: UInt8) -> [UInt8] {
            let pixels = (0..<3072).map { place -> UInt8 in place < 1024 ? red : place < 2048 ? UInt8(place % 256) : 255 }
            return [label] + pixels
        }
        let first = folder.file("1.bin", picture(3, 51) + picture(9, 102)), second = folder.file("2.bin", picture(0, 0) + picture(3, 255))
        let data = try DataSet.cifar10([first, second], test: first, fiftyFifty())
        #expect(data.name == "cifar10" && data.shape == [32, 32, 3])
        let train = try rows(data.train)
        #expect(train.labels == (try rows(data.test).labels) && train.count == 2 && train.features.count == 2 * 3072)
        #expect(Array(train.features[..<6]) == [0.2, 0, 1, 0.2, 1 / Float(255), 1])
        #expect(Array(train.features[(3072 + 3 * 1023)...]) == [0.4, 1, 1])
        #expect(data.classNames == CIFAR10.names && data.classes == 10)
        #expect(folder.refusal { try DataSet.cifar10([folder.file("3.bin", Array(picture(1, 0).dropLast()))]) }
            == "3.bin: found 3072 bytes, expected a multiple of 3073: a class and 32x32 pixels of 3 colours for each picture")
        #expect(folder.refusal { try DataSet.cifar10([folder.file("4.bin", picture(1, 0) + picture(10, 0))]) } == "4.bin, row 2: found the class 10, expected a number from 0 to 9")
        #expect(folder.refusal { try DataSet.cifar10([folder.file("5.bin", [UInt8]())]) } == "5.bin: found an empty file, expected pictures of 3073 bytes")
        #expect(folder.refusal { try DataSet.cifar10([]) } == "cifar10: found no files, expected at least one")
    }

    @Test func texts() throws {
        let data = try DataSet.text(folder.file("book.txt.gz", gzip(Array(String(repeating: "hello, world. ", count: 20).utf8))))
        #expect(data.name == "book" && data.summary == "a text of 224 + 28 + 28 characters, 10 different")
        let other = try DataSet.text(folder.file("b.txt", "aaaabbbbcc"), name: "letters", fractions: (0.4, 0.4))
        #expect(other.name == "letters" && [other.train.count, other.validation.count, other.test.count] == [4, 4, 2])
        #expect(folder.refusal { try DataSet.text(folder.file("e.txt", "")) } == "e.txt: found an empty file, expected a text")
        #expect(folder.refusal { try DataSet.text(folder.file("s.txt", "abc")) } == "s.txt: found 3 characters, expected enough for three parts")
        #expect(folder.refusal { try DataSet.text(folder.file("z.txt", "abc\0def")) } == "z.txt, byte 3: found the byte 00, expected a text")
    }

    @Test func allOfFashion() throws {
        let expected = "the files of Debian's package: `apt-get install dataset-fashion-mnist`"
        #expect(performing { _ = try DataSet.fashionFull(in: "/nowhere") } == "fashion_full: found no `train-images-idx3-ubyte.gz` in /nowhere, expected \(expected)")
        let pixels = (0..<240 * 784).map { UInt8($0 % 251) }
        _ = folder.file("train-images-idx3-ubyte.gz", gzip(Array(idx([60, 28, 28], Array(pixels[..<(60 * 784)])))))
        _ = folder.file("train-labels-idx1-ubyte.gz", gzip(idx([60], (0..<60).map { UInt8($0 % 10) })))
        #expect(performing { _ = try DataSet.fashionFull(in: folder.path) } == "fashion_full: found no `t10k-images-idx3-ubyte.gz` in \(folder.path), expected \(expected)")
        _ = folder.file("train-images-idx3-ubyte.gz", [UInt8]())
        _ = folder.file("train-images-idx3-ubyte.gz", idx([240, 28, 28], pixels))
        _ = folder.file("train-labels-idx1-ubyte.gz", idx([240], (0..<240).map { UInt8($0 % 10) }))
        _ = folder.file("t10k-images-idx3-ubyte", idx([10, 28, 28], Array(pixels[..<7840])))
        _ = folder.file("t10k-labels-idx1-ubyte", idx([10], (0..<10).map { UInt8($0) }))
        let data = try DataSet.fashionFull(in: folder.path)
        #expect(data.summary == "a data set of 220 + 20 + 10 examples of shape [28, 28, 1], 10 classes")
        // As many of each class are held out.
        #expect(try rows(data.validation).labels.sorted() == (0..<20).map { Int32($0 / 2) })
        #expect(try rows(data.test).features[250] == 250 / Float(255))
    }
}
