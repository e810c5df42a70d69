import Testing

@Suite struct TermDrawingTests {
    @Test func trees() {
        #expect(transcript("show(x -> max(x, tanh(x)))") == """
            max
            ├─ x
            └─ tanh
               └─ x
            """)
        #expect(transcript("show(x -> let e = sin(x) in -e * e + 2)") == """
            let e
            ├─ sin
            │  └─ x
            └─ +
               ├─ *
               │  ├─ -
               │  │  └─ e
               │  └─ e
               └─ 2
            """)
        #expect(transcript("show(x -> x)") == "x")
        #expect(transcript("show(tanh)") == "tanh\n└─ x")
        #expect(transcript("show(x -> x).text") == "\"x\"")
    }

    @Test func treesThatNoScreenHolds() {
        let deep = "show(x -> " + String(repeating: "sin(", count: 200) + "x" + String(repeating: ")", count: 200) + ")"
        let lines = transcript(deep).split(separator: "\n")
        #expect(lines.count == 60)
        #expect(lines.last == "\(String(repeating: " ", count: 58 * 3))└─ sin ... 141 more below")
        // A balanced sum of 1,024 names: 2,047 nodes.
        var sum = "x"
        for _ in 0..<10 { sum = "(\(sum) + \(sum))" }
        let wide = transcript("show(x -> \(sum))").split(separator: "\n")
        #expect(wide.count == 1001 && wide.last == "... and 1,047 more lines")
    }

    @Test func treesOfWhatIsNone() {
        #expect(transcript("show(3)") == "3")
        #expect(transcript("show(\"a\")") == """
            error[N0304]: `program` of `show` should be a function, but it is a text
              --> test.nasl:1:6
              |
            1 | show("a")
              |      ^^^ this is a text
            """)
    }

    @Test(arguments: [
        ("x -> max(x, tanh(x))", #"x \mapsto \max\left(x, \tanh\left(x\right)\right)"#),
        ("x -> -(x + 1)^2 * abs(x) / (1e-8 + sqrt(x))", #"x \mapsto \frac{-\left(x + 1\right)^{2} \cdot \left|x\right|}{10^{-8} + \sqrt{x}}"#),
        ("x -> (x < 1) * sin(x)^2", #"x \mapsto \left[x < 1\right] \cdot \left(\sin\left(x\right)\right)^{2}"#),
        ("x -> exp(-x^2 / 2)^3", #"x \mapsto \left(e^{\frac{-x^{2}}{2}}\right)^{3}"#),
        ("(x, w2) -> x - (w2 - x)", #"\left(x, w_{2}\right) \mapsto x - \left(w_{2} - x\right)"#),
        ("alpha -> 2.5e20 * alpha", #"\alpha \mapsto 2.5 \cdot 10^{20} \cdot \alpha"#),
        ("noise_scale -> x_(noise_scale)", nil), ("noise_scale -> sigmoid(noise_scale)", #"\mathrm{noise\_scale} \mapsto \sigma\left(\mathrm{noise\_scale}\right)"#),
        ("x -> let a = cos(x) in a * a", #"x \mapsto a \cdot a \quad\text{where } a = \cos\left(x\right)"#),
        ("sinc >> relu", #"x \mapsto \operatorname{relu}\left(\operatorname{sinc}\left(x\right)\right)"#),
        ("x -> x + -x - -1", #"x \mapsto x + \left(-x\right) - \left(-1\right)"#),
        ("x -> pi * x", #"x \mapsto \pi \cdot x"#), ("x -> floor(x) % 2", #"x \mapsto \left\lfloor x \right\rfloor \bmod 2"#),
        ("x -> (x + 1) * (x * x)", #"x \mapsto \left(x + 1\right) \cdot \left(x \cdot x\right)"#), ("3", "3"),
    ] as [(String, String?)])
    func formulas(_ program: String, _ expected: String?) {
        let found = transcript("latex(\(program))")
        if let expected { #expect(found == expected) } else { #expect(found.hasPrefix("error[N0312]")) }
    }
}
