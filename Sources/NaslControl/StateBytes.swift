/// A controller's state as bytes: a line that names the controller and the format, then doubles and whole numbers, least byte first.
struct StateWriter {
    private(set) var bytes: [UInt8]

    init(_ name: String) { bytes = StateReader.mark(name) }

    mutating func add(_ number: Int) { withUnsafeBytes(of: Int64(number).littleEndian) { bytes += $0 } }

    mutating func add(_ number: Double) { withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += $0 } }

    mutating func add(_ numbers: [Int]) {
        add(numbers.count)
        for number in numbers { add(number) }
    }

    /// Bytes of another state.
    mutating func add(_ state: [UInt8]) {
        add(state.count)
        bytes += state
    }

    mutating func add(_ candidates: [Rated]) {
        add(candidates.count)
        for candidate in candidates {
            add(candidate.choices)
            add(candidate.reward)
        }
    }
}

/// Reads what a `StateWriter` wrote, in the same order.
struct StateReader {
    private var rest: ArraySlice<UInt8>

    static func mark(_ name: String) -> [UInt8] { Array("nasl \(name) 1\n".utf8) }

    init(_ bytes: [UInt8], of name: String) throws {
        let mark = StateReader.mark(name)
        guard bytes.starts(with: mark) else { throw ControllerStateError(problem: "this is no state of the controller `\(name)`") }
        rest = bytes[mark.count...]
    }

    private static let damaged = ControllerStateError(problem: "this state is damaged")

    private mutating func word() throws -> UInt64 {
        guard rest.count >= 8 else { throw StateReader.damaged }
        defer { rest = rest.dropFirst(8) }
        return rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func int() throws -> Int { Int(Int64(bitPattern: try word())) }

    mutating func double() throws -> Double { Double(bitPattern: try word()) }

    /// How many things follow, each of at least so many bytes.
    mutating func count(_ size: Int) throws -> Int {
        let count = try int()
        guard count >= 0, count <= rest.count / size else { throw StateReader.damaged }
        return count
    }

    mutating func ints() throws -> [Int] { try (0..<count(8)).map { _ in try int() } }

    mutating func doubles(_ count: Int) throws -> [Double] { try (0..<count).map { _ in try double() } }

    /// Bytes that are not read yet.
    var left: Int { rest.count }

    mutating func bytes() throws -> [UInt8] {
        let count = try count(1)
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func candidates() throws -> [Rated] { try (0..<count(16)).map { _ in Rated(choices: try ints(), reward: try double()) } }

    /// Nothing may be left.
    func finish() throws { if !rest.isEmpty { throw StateReader.damaged } }
}
