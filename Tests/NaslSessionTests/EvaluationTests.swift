import Testing

@Suite struct EvaluationTests {
    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("2^3^2", "512"), ("-2^2", "-4"), ("(-2)^2", "4"), ("7 % 3", "1"), ("-7 % 3", "2"), ("1 / 3", "0.3333333333333333"),
        ("0.1 + 0.2", "0.30000000000000004"), ("1e-5", "1e-5"), ("1e300 * 10", "1e301"), ("1e300 * 1e300", "inf"), ("0 / 0", "nan"), ("2e6", "2000000"),
        ("1 < 2", "true"), ("1 == 1.0", "true"), ("not true or true", "true"), ("false and 1", "false"), ("\"a\" + \"b\"", "\"ab\""),
        ("[1, 2] + [3, 4]", "[4, 6]"), ("[1, 2] * 2", "[2, 4]"), ("sin([0, 0])", "[0, 0]"), ("[[1, 2], [3, 4]] + 1", "[[2, 3], [4, 5]]"),
        ("1..4", "1..4"), ("map(1..4, n -> n^2)", "[1, 4, 9, 16]"), ("sum(1..100)", "5050"), ("0..1 by 0.25", "0..1 by 0.25"), ("len(0..1 by 0.1)", "11"),
        ("20s", "20s"), ("5min", "5min"), ("(lr: 0.1, beta: 0.9).beta", "0.9"), ("(lr: 0.1, beta: 0.9)", "(lr: 0.1, beta: 0.9)"),
        ("if 2 > 1 then \"yes\" else \"no\"", "\"yes\""), ("3 in 1..5", "true"), ("2.5 in 1..5", "false"), ("3 in [1, 2]", "false"),
        ("fold([1, 2, 3], 0, (sum, x) -> sum + x)", "6"), ("filter(1..6, n -> n % 2 == 0)", "[2, 4, 6]"), ("sort([3, 1, 2])", "[1, 2, 3]"),
        ("argmin([-1, 2, 3], x -> x^2)", "-1"), ("argmin([1, 0 / 0, 2])", "1"), ("zip([1, 2], [3, 4])", "[[1, 3], [2, 4]]"), ("any([1, 2], x -> x > 1)", "true"),
        ("[1, 2, 3][-1]", "3"), ("first([4, 5])", "4"), ("zeros(2, 3)", "tensor [2, 3] = [0, 0, 0, 0, 0, 0]"), ("tensor([[1, 2], [3, 4]])[1]", "tensor [2] = [3, 4]"),
        ("tensor([[1, 2], [3, 4]]) + tensor([10, 20])", "tensor [2, 2] = [11, 22, 13, 24]"), ("ones(3).shape", "[3]"), ("mean([1, 2, 6])", "3"),
        ("(x -> x + 1)(2)", "3"), ("(sin >> cos)(0)", "1"), ("4 >> sqrt", "2"), ("max(1, 2)", "2"), ("pi", "3.141592653589793"), ("none", nil),
        ("nrmse([1, 2, 3], [1, 2, 3])", "0"), ("leaky_relu(-2)", "-0.02"), ("leaky_relu(-2, slope: 0.5)", "-1"), ("let x = 3 ; x * 2", "6"),
    ] as [(String, String?)])
    func expressions(_ text: String, _ expected: String?) {
        let found = transcript(text)
        if let expected { #expect(found == expected, "\(text)") } else { #expect(found.isEmpty || found.contains("error"), "\(text)") }
    }

    @Test func functions() {
        #expect(transcript("fn f(x, y: 2) = x * y\nf(3)\nf(3, 4)\nf(y: 5, x: 1)") == "6\n12\n5")
        #expect(transcript("fn g(n) = if n <= 1 then 1 else n * g(n - 1)\ng(20)") == "2.43290200817664e18")
        #expect(transcript("fn even(n) = if n == 0 then true else odd(n - 1)\nfn odd(n) = if n == 0 then false else even(n - 1)\neven(10)") == "true")
        #expect(transcript("fn h(xs) {\n    let total = sum(xs)\n    total / len(xs)\n}\nh([1, 2, 3])") == "2")
        #expect(transcript("let x = 1\nlet f = y -> x + y\nlet x = 10\nf(1)") == "2", "a function keeps what was bound where it was written")
        #expect(transcript("for n in 1..3 { print(n, n^2) }") == "1 1\n2 4\n3 9")
    }

    @Test func echoes() {
        #expect(transcript("let a = 2; a + 1", echo: .script) == "3")
        #expect(transcript("let a = 2\na;\na", echo: .prompt) == "a = 2\n2")
        #expect(transcript("fn f(x) = x + 1", echo: .prompt) == "fn f(x): x -> x + 1")
    }

    @Test func termsOfFunctions() {
        #expect(transcript("let a = 0.3\nlet leaky = x -> max(x, a * x)\nleaky") == "x -> max(x, 0.3 * x)")
        #expect(transcript("let swish = x -> x * sigmoid(x)\nlet f = x -> swish(x) + 1\nf") == "x -> x * sigmoid(x) + 1")
        #expect(transcript("let twice = x -> x * x\nlet f = x -> twice(sin(x))\nf") == "x -> let x2 = sin(x) in x2 * x2")
        #expect(transcript("grad(x -> x^2)\ngrad(x -> x * sigmoid(x))(0)\ngrad(x -> let e = sin(x) in e * e)(1)") == "x -> 2 * x\n0.5\n0.9092974268256818")
        #expect(transcript("grad(x -> max(x, tanh(x)))(-0.5)") == "0.7864477329659274")
        #expect(transcript("size(x -> max(x, tanh(x)))\ndepth(x -> max(x, tanh(x)))") == "4\n3")
        #expect(transcript("let cosine = t -> 0.5 * (1 + cos(pi * t))\ncosine\ncosine(1)") == "t -> 0.5 * (1 + cos(pi * t))\n0")
    }

    @Test func nothingIsLostAfterAMistake() {
        let found = transcript("let a = 5", "let b = nonsense(a)", "a + 1")
        #expect(found.hasPrefix("error[N0301]: there is nothing called `nonsense`"))
        #expect(found.hasSuffix("\n6"))
    }
}
