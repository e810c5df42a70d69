/// Pictures in the binary version of CIFAR-10 (Krizhevsky 2009): for each its class in one byte, then 1,024 bytes of red, as many of green
/// and of blue, row by row. The full set has five training files and a test file of 10,000 pictures each.
package enum CIFAR10 {
    /// In the order of their numbers, which is that of the alphabet.
    package static let names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
    private static let pixels = 32 * 32
    private static let record = 1 + 3 * pixels

    /// The pictures of all files, in order; shape [32, 32, 3], channels last, bytes as numbers.
    package static func examples(_ files: [(name: String, bytes: [UInt8])]) throws(DataError) -> Examples {
        var features: [Float] = []
        var labels: [Int32] = []
        let total = files.reduce(0) { $0 + $1.bytes.count }
        guard total <= Numbers.limit else { throw DataError(file: files[0].name, found: "\(total) bytes", expected: "at most \(Numbers.limit)") }
        features.reserveCapacity(total)
        for (name, bytes) in files {
            guard !bytes.isEmpty else { throw DataError(file: name, found: "an empty file", expected: "pictures of \(record) bytes") }
            guard bytes.count % record == 0 else {
                throw DataError(file: name, found: "\(bytes.count) bytes", expected: "a multiple of \(record): a class and 32x32 pixels of 3 colours for each picture")
            }
            for picture in 0..<bytes.count / record {
                let start = picture * record
                guard bytes[start] < 10 else {
                    throw DataError(file: name, row: picture + 1, found: "the class \(bytes[start])", expected: "a number from 0 to 9")
                }
                labels.append(Int32(bytes[start]))
                for pixel in 0..<pixels {
                    for color in 0..<3 { features.append(Float(bytes[start + 1 + color * pixels + pixel])) }
                }
            }
        }
        return try Examples(
            file: files.first?.name ?? "cifar10", shape: [32, 32, 3], features: .floats(features), labels: .texts(labels, names: names))
    }
}
