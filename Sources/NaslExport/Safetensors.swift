/// Numbers in single precision by name, as a file of the safetensors format: the length of a header, the header in JSON, the bytes.
///
/// https://huggingface.co/docs/safetensors
struct Safetensors {
    private var header: [String] = []
    private var data: [UInt8] = []

    mutating func add(_ name: String, _ shape: [Int], _ values: [Double]) {
        let start = data.count
        for value in values { withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { data += $0 } }
        note(name, "F32", shape, start)
    }

    /// A whole number without axes.
    mutating func add(_ name: String, count: Int64) {
        let start = data.count
        withUnsafeBytes(of: count.littleEndian) { data += $0 }
        note(name, "I64", [], start)
    }

    private mutating func note(_ name: String, _ type: String, _ shape: [Int], _ start: Int) {
        let axes = shape.map(String.init).joined(separator: ",")
        header.append("\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":[\(axes)],\"data_offsets\":[\(start),\(data.count)]}")
    }

    var bytes: [UInt8] {
        var text = "{\(header.joined(separator: ","))}"
        while text.utf8.count % 8 != 0 { text += " " }
        return withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian, Array.init) + Array(text.utf8) + data
    }
}
