import Testing

/// `command(...)`: other programs that earn the reward.
@Suite struct ProgramCommandTests {
    private func answer(_ texts: String...) -> String { transcript(texts, allowRun: true) }

    @Test func theCandidateArrivesAsJSON() {
        let count = "let length = command([\"sh\", \"-c\", \"wc -c\"])\n"
        #expect(answer(count + "length(\"abc\")") == "6", "three letters, two quotes and a newline")
        let check = { (value: String, json: String) in
            "command([\"sh\", \"-c\", \"read -r line; if [ \\\"$line\\\" = '\(json)' ]; then echo 1; else echo \\\"$line\\\" >&2; exit 1; fi\"])(\(value))"
        }
        #expect(answer(check("(lr: 0.1, sizes: [1, 2], name: none, on: true)", "{\\\"lr\\\": 0.1, \\\"sizes\\\": [1, 2], \\\"name\\\": null, \\\"on\\\": true}")) == "1")
        #expect(answer(check("x -> max(x, 0)", "\\\"x -> max(x, 0)\\\"")) == "1")
        #expect(answer(check("inf", "null")) == "1")
    }

    @Test func theLastLineIsTheReward() {
        #expect(answer("command([\"printf\", \"loading\\\\n -2.5e1 \\\\n\\\\n\"])(1)") == "-25")
    }

    @Test func aSearchWithIt() {
        let found = answer("""
            grammar Width { W = 1 | 2 | 3 }
            task t(w: Width) { reward command(["sh", "-c", "read -r w; echo $((w * 10))"])(w) }
            t(2).reward
            let run = search(t, with: random, trials: 12, seed: 1)
            run.best.program
            run.best.reward
            """)
        #expect(found.hasSuffix("20\n3\n30"))
    }

    @Test(arguments: [
        ("[\"no-such-program-here\"]", "the program `no-such-program-here` cannot be started: No such file or directory"),
        ("[\"sh\", \"-c\", \"echo first >&2; echo second >&2; exit 3\"]", "the program `sh` failed with status 3"),
        ("[\"echo\", \"high\"]", "the program `echo` gave no number as its reward: its last line is \"high\""),
        ("[\"echo\", \"1 2\"]", "the program `echo` gave no number as its reward: its last line is \"1 2\""),
        ("[\"true\"]", "the program `true` gave no number as its reward: it wrote nothing"),
        ("[\"sleep\", \"30\"], timeout: 100ms", "the program `sleep` took longer than 100ms"),
        ("[\"sh\", \"-c\", \"sleep 30\"], timeout: 0.1", "the program `sh` took longer than 100ms"),
        ("[\"yes\"]", "the program `yes` wrote more than a megabyte"),
        ("[\"sh\", \"-c\", \"kill -9 $$\"]", "the program `sh` was ended by signal 9"),
    ])
    func mistakes(_ arguments: String, _ message: String) {
        let found = answer("command(\(arguments))(1)")
        #expect(found.split(separator: "\n").first.map(String.init) == "error[N0321]: \(message)", "\(found)")
    }

    @Test func theLastWordsAreSaid() {
        #expect(answer("command([\"sh\", \"-c\", \"echo first >&2; echo second >&2; exit 3\"])(1)").contains("= help: its last words: second"))
    }

    /// What the program started is ended with it, and a child that keeps the pipe open does not keep the session.
    @Test func nothingStaysBehind() {
        #expect(answer("command([\"sh\", \"-c\", \"sleep 60 & echo 5\"])(1)") == "5")
    }

    @Test func onlyWhereItIsAllowed() {
        #expect(transcript("command([\"echo\", \"1\"])(1)") == """
            error[N0321]: `command` may not run programs here
              --> test.nasl:1:1
              |
            1 | command(["echo", "1"])(1)
              | ^^^^^^^^^^^^^^^^^^^^^^
              = help: start nasl with `--allow-run` if you trust this script
            """)
    }

    @Test(arguments: [("[]", "N0317"), ("[3]", "N0304"), ("\"echo\"", "N0304"), ("[\"echo\"], timeout: 0", "N0309"), ("[\"echo\"], timeout: inf", "N0309")])
    func badArguments(_ arguments: String, _ code: String) {
        #expect(answer("command(\(arguments))").hasPrefix("error[\(code)]"))
    }
}
