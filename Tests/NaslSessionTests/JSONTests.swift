import NaslSession
import Testing

/// The reader of a worker's lines.
@Suite struct JSONTests {
    private func again(_ text: String) -> String? { JSON(Array(text.utf8))?.written }

    @Test(arguments: [
        "null", "true", "[]", "{}", "[1,-0.0,2.5e-7,9223372036854775807]", #"{"b":1,"a":{"c":[null,false]},"b":2}"#, #""line\n\"quoted\" \\ \t""#, #""é 😀""#,
    ]) func readsBack(_ text: String) { #expect(again(text) == text) }

    @Test func otherSpellings() {
        #expect(again(" { \"a\" : [ 1 , 2 ] }\r") == #"{"a":[1,2]}"#)
        #expect(again(#""\u0041\u00e9\ud83d\ude00\/""#) == #""Aé😀/""#)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "{a:1}", "tru", "1 2", "\"a", "\"\u{1}\"", #""\x""#, #""\ud83d""#, #""\ud83d\u0041""#, "-", "nan", "+", "[1}", String(repeating: "[", count: 100_000),
    ]) func refuses(_ text: String) { #expect(again(text) == nil) }

    @Test func bytesThatAreNoText() { #expect(JSON([0x22, 0xFF, 0xFE, 0x22] as [UInt8])?.written == nil) }
}
