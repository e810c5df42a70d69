import Testing

@Suite struct NumberingTests {
    private let activation = """
        grammar A(x: Tensor) -> Tensor {
            E = x | -E | E + E
            limit depth <= 3
        };
        grammar Endless(x: Tensor) -> Tensor { E = x @3 | -E | E + E };
        grammar Huge(x: Tensor) -> Tensor {
            E = x | E + E | E - E
            limit size in 41..61
        };

        """

    @Test func numbersAndProgramsAreInverses() {
        #expect(transcript(activation + "count(A)\nprint(A[0])\nprint(A[12])\nindex(A, A[12])\nprint(A[-1])\nindex(A, x -> x + x)") == """
            13
            x -> x
            x -> x + x + (x + x)
            12
            x -> x + x + (x + x)
            3
            """)
        #expect(transcript(activation + "let n = \"12345678901234567890\"\nindex(Huge, Huge[n]) == n\nHuge[n] in Huge") == "true\ntrue")
        #expect(transcript(activation + "index(Endless, Endless[1000])\nindex(Endless, first(programs(Endless)))") == "1000\n0")
    }

    @Test func programsAreGoneThroughAsAList() {
        #expect(transcript(activation + "len(programs(A))\nlen(filter(programs(A), f -> f(1) > 0))\nfold(programs(A), 0, (n, f) -> n + size(f))") == "13\n8\n55")
        #expect(transcript(activation + "for f in programs(A) { if depth(f) == 1 then print(f) else none }") == "x -> x")
        #expect(transcript(activation + "any(programs(Endless), f -> f(1) == 5)\nprint(programs(Endless)[3])") == "true\nx -> x + x")
        #expect(transcript(activation + "programs(A)").hasSuffix("... 3 more"))
    }

    @Test func countsOfSeveralKinds() {
        #expect(transcript(activation + "count(A, distinct: true)\ncount(A, upto: swaps)\ncount(A, depth: 2)\ncount(Endless)\ncount(Endless, upto: swaps)\ncount(Endless, depth: 3)")
            == "13\n10\n3\ninf\ninf\n13")
        #expect(transcript("grammar Twice { E = 1 | 2 | 1 };\ncount(Twice)\ncount(Twice, distinct: true)") == "3\n2")
        // Lists of unknown length: gone through.
        #expect(transcript("grammar Some { S = subset([1, 2, 3]) };\ncount(Some, distinct: true)\ncount(Some, upto: swaps)") == "7\n7")
        #expect(transcript("swaps").hasPrefix("swaps: the arguments of add,"))
    }

    @Test func uniformDraws() {
        #expect(transcript(activation + "sample(A, 3, uniform: true, seed: 1) == sample(A, 3, uniform: true, seed: 1)") == "true")
        #expect(transcript("grammar R { N = real(0..1) | real(2..3) };\nlet s = sample(R, 50, uniform: true, seed: 1)\nall(s, n -> n >= 0 and n <= 3)\nany(s, n -> n < 1)\nany(s, n -> n > 2)\nR[0]\nindex(R, 2.25)")
            == "true\ntrue\ntrue\n0.5\n1")
    }

    @Test(arguments: [
        ("A[13]", "error[N0306]: there is no program 13", "`A` has 13, numbered from 0"),
        ("A[-14]", "error[N0306]: there is no program -14", "`A` has 13, numbered from 0"),
        ("A[1.5]", "error[N0309]: the number of a program should be a whole number, but it is 1.5", "A[1.5]"),
        ("A[\"x\"]", "error[N0304]: the number of a program should be a whole number, but it is a text", "A[\"x\"]"),
        ("Endless[-1]", "error[N0306]: there is no program -1", "`Endless` has no last program"),
        ("index(A, sin)", "error[N0317]: `sin` is no program of `A`", "`f in A` asks whether it is one"),
        ("index(A, x -> -x, 3)", "error[N0302]: `index` takes 2 arguments, but 3 were given", "index(grammar, program)"),
        ("sample(Endless, uniform: true)", "error[N0317]: `Endless` has infinitely many programs", "add a limit, such as `limit depth <= 6`"),
        ("count(A, upto: 3)", "error[N0304]: `upto` of `count` should be `swaps` or `laws`, but it is a number", "this is a number"),
        ("count(A, depth: 0)", "error[N0309]: `depth` of `count` should be a whole number from 1", "but it is 0"),
        ("programs(3)", "error[N0304]: `grammar` of `programs` should be a grammar, but it is a number", "this is a number"),
        ("len(programs(Endless))", "error[N0317]: this list has no end", "len(programs(Endless))"),
    ])
    func badInput(_ text: String, _ message: String, _ more: String) {
        let found = transcript(activation + text)
        #expect(found.hasPrefix(message) && found.contains(more), "\(found)")
    }
}
