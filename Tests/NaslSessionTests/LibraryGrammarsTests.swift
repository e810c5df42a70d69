import NaslLibrary
import Testing

/// The grammars of the library: importable from anywhere, sound, and their programs read back.
@Suite struct LibraryGrammarsTests {
    /// By file; how many derivations each has.
    static let grammars: [(file: String, name: String, count: String)] = [
        ("activation.nasl", "Activation", "781"),
        ("update_rule.nasl", "UpdateRule", "5429251667263488"),
        ("conv_net.nasl", "ConvNet", "1435653922458980634140344320"),
        ("cell.nasl", "Cell", "50331648"),
        ("loss.nasl", "Loss", "286430213524258680"),
        ("batch_size.nasl", "BatchSize", "7"),
        ("batch_size.nasl", "BatchSchedule", "429685"),
        ("schedule.nasl", "Schedule", "15788673649251"),
        ("recipe.nasl", "Recipe", "63"),
        ("equation.nasl", "Equation", "517646683002648870407223"),
    ]

    @Test func allAreHere() {
        #expect(Set(LibraryGrammarsTests.grammars.map(\.file)) == Set(NaslLibrary.scripts.keys))
    }

    @Test(arguments: grammars) func counts(_ grammar: (file: String, name: String, count: String)) {
        #expect(transcript("import \"\(grammar.file)\"\nprint(count(\(grammar.name)))") == grammar.count)
    }

    /// A thousand draws, printed and typed in again: programs of the grammar, the same ones.
    @Test(arguments: grammars) func drawsReadBack(_ grammar: (file: String, name: String, count: String)) {
        let head = "import \"\(grammar.file)\"\n"
        let drawn = transcript(head + "for f in sample(\(grammar.name), 1000, seed: 8) { print(f) }").split(separator: "\n")
        #expect(drawn.count == 1000)
        let again = transcript(head + drawn.map { "let p = \($0)\nprint(p, p in \(grammar.name))" }.joined(separator: "\n")).split(separator: "\n")
        #expect(again.count == 1000)
        for (first, second) in zip(drawn, again) { #expect(second == "\(first) true") }
    }

    @Test func checked() {
        for file in Set(LibraryGrammarsTests.grammars.map(\.file)).sorted() { #expect(check("import \"\(file)\"\n") == "", "\(file)") }
    }

    /// A file of that name beside the script comes first; a name that is nearly right is proposed.
    @Test func imports() {
        #expect(transcript("import \"activation.nasl\"\nimport \"recipe.nasl\"\nprint(count(Recipe), count(BatchSize), count(Activation))") == "63 7 781")
        #expect(transcript("import \"activations.nasl\"") == """
            error[N0314]: there is no file `activations.nasl`
              --> test.nasl:1:8
              |
            1 | import "activations.nasl"
              |        ^^^^^^^^^^^^^^^^^^
              = help: the library has `activation.nasl`
            """)
    }
}
