import NaslSession
import Testing

@Suite struct OutputStyleTests {
    private func style(_ variables: [String: String], isTerminal: Bool = true, columns: Int? = nil, rows: Int? = nil) -> OutputStyle {
        OutputStyle.detected(isTerminal: isTerminal, columns: columns, rows: rows) { variables[$0] }
    }

    @Test func coloursOnlyWhereTheyAreWanted() {
        let usual = ["TERM": "xterm-256color", "LANG": "en_US.UTF-8"]
        #expect(style(usual).hasColor)
        #expect(!style(usual, isTerminal: false).hasColor)
        #expect(!style(usual.merging(["NO_COLOR": "1"]) { $1 }).hasColor)
        #expect(style(usual.merging(["NO_COLOR": ""]) { $1 }).hasColor, "an empty NO_COLOR counts as none")
        #expect(!style(["TERM": "dumb", "LANG": "C.UTF-8"]).hasColor)
        #expect(!style(["LANG": "C.UTF-8"]).hasColor)
    }

    @Test func unicodeOnlyWhereTheLocaleHasIt() {
        #expect(style(["TERM": "xterm", "LANG": "de_DE.UTF-8"]).isUnicode)
        #expect(style(["LANG": "C.utf8"], isTerminal: false).isUnicode)
        #expect(!style(["TERM": "xterm"]).isUnicode)
        #expect(!style(["TERM": "xterm", "LANG": "de_DE.ISO-8859-1"]).isUnicode)
        #expect(!style(["TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C"]).isUnicode, "LC_ALL decides")
        #expect(style(["TERM": "xterm", "LANG": "C", "LC_CTYPE": "C.UTF-8"]).isUnicode)
        #expect(!style(["TERM": "dumb", "LANG": "C.UTF-8"]).isUnicode)
    }

    @Test func sizeFollowsTheTerminal() {
        #expect(style([:]).width == 80 && style([:]).height == 20)
        #expect(style([:], columns: 61, rows: 18).width == 61)
        #expect(style([:], columns: 61, rows: 18).height == 13)
        #expect(style([:], columns: 400, rows: 200).width == 100)
        #expect(style([:], columns: 3, rows: 2).width == 20)
        #expect(style([:], isTerminal: false, columns: 61, rows: 18).width == 80)
        #expect(style([:], columns: 0, rows: 0).width == 80)
    }
}
