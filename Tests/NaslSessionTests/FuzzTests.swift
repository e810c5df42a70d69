import NaslRandom
import NaslSession
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Whatever is typed, the session answers and goes on. Each text may do little work, so that none can hang; `NASL_LONG_TESTS=1` reads
/// twenty times as many.
@Suite(.serialized) struct FuzzTests {
    private static let scale = getenv("NASL_LONG_TESTS") != nil ? 20 : 1

    /// Reads `count` texts, in sessions that are made anew now and then, and looks after each batch whether the session still answers.
    private func read(_ count: Int, fuel: Int, _ text: @escaping @Sendable (Int) -> [UInt8]) {
        let failures = Mutex<[String]>([])
        onLargeStack {
            var options = SessionOptions()
            options.fuel = fuel
            let batch = FuzzTests.isTraced ? 1 : 100
            for first in stride(from: 0, to: count, by: batch) {
                let lines = Mutex<[String]>([])
                guard let session = try? Session(options, SessionFaces { line in lines.withLock { $0 = [line] } }) else {
                    failures.withLock { $0.append("no session") }
                    return
                }
                session.evaluate("let canary_7 = 41")
                for number in first..<min(first + batch, count) {
                    let bytes = text(number)
                    FuzzTests.note(number, bytes)
                    session.evaluate(bytes, name: "fuzz", echo: .prompt)
                }
                lines.withLock { $0 = [] }
                session.evaluate("canary_7 + 1")
                let found = lines.withLock { $0 }
                if found != ["42"] { failures.withLock { $0.append("after \(first)...: \(found)") } }
            }
        }
        #expect(failures.withLock { $0 } == [])
    }

    /// With `NASL_FUZZ_TRACE` each text goes to standard error before it is read, so that a crash tells which it was.
    private static let isTraced = getenv("NASL_FUZZ_TRACE") != nil

    private static func note(_ number: Int, _ text: [UInt8]) {
        guard isTraced else { return }
        let bytes = Array("\(number): ".utf8) + text + [0x0A]
        _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }

    @Test func randomBytes() {
        read(8_000 * FuzzTests.scale, fuel: 20_000) { number in
            var stream = RandomStream(seed: 11, "bytes", .number(number))
            let printable = stream.below(2) == 0
            return (0..<stream.below(80)).map { _ in printable ? UInt8(32 + stream.below(95)) : UInt8(stream.below(256)) }
        }
    }

    /// Words of the language in any order, most of which mean nothing.
    @Test func randomWords() {
        read(6_000 * FuzzTests.scale, fuel: 20_000) { number in
            var stream = RandomStream(seed: 12, "words", .number(number))
            return Array((0...stream.below(25)).map { _ in FuzzTexts.words[stream.below(FuzzTexts.words.count)] }.joined(separator: stream.below(3) == 0 ? "" : " ").utf8)
        }
    }

    /// Expressions that can be read, of values that mostly do not fit.
    @Test func randomExpressions() {
        read(4_000 * FuzzTests.scale, fuel: 20_000) { number in
            var stream = RandomStream(seed: 13, "expressions", .number(number))
            return Array(FuzzTexts.expression(&stream, depth: 5).utf8)
        }
    }

    /// Scripts of which a few bytes are changed, left out, doubled or swapped.
    @Test func mutations() {
        let originals = FuzzTexts.scripts.map { Array($0.utf8) }
        read(2_000 * FuzzTests.scale, fuel: 60_000) { number in
            var stream = RandomStream(seed: 14, "mutations", .number(number))
            return FuzzTexts.mutated(originals[stream.below(originals.count)], &stream)
        }
    }
}
