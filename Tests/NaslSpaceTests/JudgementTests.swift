import NaslExpr
import NaslSpace
import Testing

/// All that is said about a grammar, as text with the places of its labels.
private func said(_ grammar: Grammar) -> String {
    func text(_ issues: [GrammarIssue]) -> String {
        issues.map { issue in
            let labels = issue.labels.map { "\n  \($0.range.start): \($0.text)" }.joined()
            return "\(issue.isWarning ? "warning" : "error")[\(issue.code)]: \(issue.title)\(labels)\(issue.help.map { "\n  = help: \($0)" } ?? "")"
        }.joined(separator: "\n")
    }
    do {
        return text(try Space(grammar).warnings)
    } catch {
        return text(error.issues)
    }
}

private let v = Expr.variable("v")
private let sum = one(.add, E, E)

@Test func mayNeverEnd() {
    #expect(said(grammar([("E", [x, one(.sin, E), sum, one(.mul, E, E)])])) == """
        error[N0107]: drawing `E` may never end
          1: \n  2: \n  3: on average 1.25 new E per E
          = help: add `limit depth <= 6`, or weight a leaf: `x @3` gives 0.83
        """)
    #expect(said(grammar([("E", [x, sum])])) == """
        warning[N0108]: drawing `E` ends, but its size has no mean
          1: on average 1 new E per E
          = help: add `limit depth <= 6`, or weight a leaf: `x @2` gives 0.67
        """)
    // The spectral radius solves r^3 = r + 1/3; with `x @3` it solves r^3 = 0.6 r + 0.2.
    #expect(said(grammar([("A", [.hole("B"), one(.sin, .hole("B"))]), ("B", [one(.add, .hole("A"), .hole("A")), x, one(.sin, .hole("C"))]), ("C", [one(.max, .hole("A"), .hole("B"))])])) == """
        error[N0107]: drawing `A` may never end
          0: \n  1: \n  100: \n  102: \n  200: on average 1.14 new draws of `A`, `B` and `C` per draw
          = help: add `limit depth <= 6`, or weight a leaf: `x @3` gives 0.91
        """)
    // With a limit there is nothing to say, nor where a count bounds it or the context takes the branches away.
    #expect(said(grammar([("E", [x, sum])], [.depth(atMost: 6)])) == "")
    #expect(said(grammar([("E", [x, sum, one(.mul, E, E)])], [.size(1...20)])) == "")
    #expect(said(grammar([("E", [x, sum])], [.count(.primitive(.add), 0...3)])) == "")
    #expect(said(grammar([("E", [x, sum, one(.mul, E, E)])], [.forbidWithin(inner: .primitive(.mul), outer: .primitive(.add)), .forbidWithin(inner: .primitive(.add), outer: .primitive(.add)), .forbidWithin(inner: .primitive(.mul), outer: .primitive(.mul)), .forbidWithin(inner: .primitive(.add), outer: .primitive(.mul))])) == "")
}

@Test func neverEnds() {
    #expect(said(grammar([("E", [one(.sin, E), sum])])) == """
        error[N0105]: `E` can never end
          0: \n  1: every alternative draws `E` again
          = help: add an alternative that draws nothing, such as `x`
        """)
    #expect(said(grammar([("S", [x, .hole("A")]), ("A", [one(.sin, .hole("B"))]), ("B", [one(.add, .hole("A"), x)])])) == """
        error[N0105]: `A` and `B` can never end
          100: \n  200: every alternative draws `A` and `B` again
          = help: add an alternative that draws nothing, such as `x`
        """)
}

@Test func derivesItself() {
    #expect(said(grammar([("E", [E, x])])) == """
        error[N0106]: `E` derives itself alone
          0: draws `E` and adds nothing
          = help: each program would have endlessly many derivations; leave this alternative out
        """)
    #expect(said(grammar([("A", [x, .hole("B")]), ("B", [one(.sin, x), .hole("A")])])) == """
        error[N0106]: `A` derives itself alone
          1: \n  101: this way back to `A` adds nothing
          = help: each program would have endlessly many derivations; leave this alternative out
        """)
    // Through a function that is its argument.
    #expect(said(grammar([("E", [x, .hole("F", [E])]), ("F", [.lambda(["v"], v), .variable("neg")])])) == """
        error[N0106]: `E` derives itself alone
          1: \n  100: this way back to `E` adds nothing
          = help: each program would have endlessly many derivations; leave this alternative out
        """)
}

@Test func leavesNothing() {
    #expect(said(grammar([("E", [one(.sin, one(.sin, x)), sum])], [.depth(atMost: 2)])) == """
        error[N0109]: this constraint leaves nothing to draw
          10000: no program fulfils it
          = help: the flattest program has depth 3
        """)
    #expect(said(grammar([("E", [one(.sin, x), sum])], [.depth(atMost: 5), .size(0...1)])) == """
        error[N0109]: this constraint leaves nothing to draw
          10001: no program fulfils it
          = help: the smallest program has size 2
        """)
    #expect(said(grammar([("E", [x, one(.add, x, E)])], [.size(4...4)])) == """
        error[N0109]: this constraint leaves nothing to draw
          10000: no program fulfils it
          = help: no program has a size in 4..4
        """)
    #expect(said(grammar([("E", [x, sum])], [.depth(atMost: 3), .require(.name("y"))])) == """
        error[N0109]: this constraint leaves nothing to draw
          10001: no program fulfils it
          = help: no program of `G` can hold `y`
        """)
    #expect(said(grammar([("E", [x, 1, one(.sin, E)])], [.depth(atMost: 3), .require(.primitive(.sin)), .size(0...2), .require(.number(1)), .forbidWithin(inner: .number(1), outer: .primitive(.sin))])) == """
        error[N0109]: these constraints together leave nothing to draw
          10001: \n  10003: \n  10004: \

        """.trimmingSuffix("\n"))
    #expect(said(grammar([("E", [x, one(.sin, E)])], [.size(1...3), .size(5...9)])) == """
        error[N0109]: these constraints together leave nothing to draw
          10000: \n  10001: \

        """.trimmingSuffix("\n"))
}

@Test func unreachedAndUnused() {
    #expect(said(grammar([("E", [x, one(.sin, x)]), ("Other", [x])])) == """
        warning[N0110]: `Other` is never drawn
          199: nothing that `E` draws mentions it
          = help: the first rule is the start
        """)
    #expect(said(grammar([("E", [x, one(.sin, E), one(.exp, one(.sin, x)), one(.exp, E)])], [.depth(atMost: 3), sinWithinSin, .count(.primitive(.exp), 0...0)])) == """
        warning[N0111]: `exp(sin(x))` can never be chosen
          2: no program that fulfils the constraints uses it
        warning[N0111]: `exp(E)` can never be chosen
          3: no program that fulfils the constraints uses it
        """)
    #expect(said(grammar([("E", [x, one(.sin, x)])], [.count(.primitive(.cos), 0...2), .forbidWithin(inner: .primitive(.sin), outer: .constant)])) == """
        warning[N0118]: `cos` occurs nowhere in `G`
          10000: has no effect
        warning[N0118]: `const` occurs nowhere in `G`
          10001: has no effect
        """)
}

@Test func namesAndWeights() {
    #expect(said(grammar([("Expression", [x, one(.sin, .hole("Expresion"))])])) == """
        error[N0101]: there is no rule `Expresion`
          1: mentions `Expresion`
          = help: did you mean `Expression`?
        """)
    #expect(said(grammar([("E", [x, one(.sin, .hole("F"))])])) == """
        error[N0101]: there is no rule `F`
          1: mentions `F`
          = help: the rules are `E`
        """)
    #expect(said(grammar([])) == """
        error[N0101]: the grammar `G` has no rule
          0: nothing to draw
          = help: write one as in `E = x | -E`
        """)
    #expect(said(grammar([("E", [x]), ("E", [1])])) == """
        error[N0102]: there are two rules `E`
          99: the first
          199: the second
          = help: write all alternatives in one rule, divided by `|`
        """)
    #expect(said(weighted([("E", [(x, 1), (1, 0), (2, -1), (3, .infinity), (4, .nan)])])) == """
        error[N0104]: the weight 0 is not a positive number
          1: a weight says how often, relative to the others
          = help: leave the alternative out
        error[N0104]: the weight -1 is not a positive number
          2: a weight says how often, relative to the others
        error[N0104]: the weight inf is not a positive number
          3: a weight says how often, relative to the others
        error[N0104]: the weight nan is not a positive number
          4: a weight says how often, relative to the others
        """)
}

@Test func functionsAndArguments() {
    #expect(said(grammar([("E", [x, .hole("F", [x, 1])]), ("F", [.variable("tanh")])])) == """
        error[N0112]: `tanh` takes 1 argument, but `F` is applied to 2
          100: takes 1 argument
        """)
    #expect(said(grammar([("E", [x, .hole("F", [x])]), ("F", [.lambda(["a", "b"], one(.add, .variable("a"), .variable("b")))])])) == """
        error[N0112]: `(a, b) -> a + b` takes 2 arguments, but `F` is applied to 1
          100: takes 2 arguments
        """)
    #expect(said(grammar([("E", [x, .hole("F", [x])]), ("F", [one(.sin, x)])])) == """
        error[N0113]: `F` is applied to arguments, but `sin(x)` is no function
          100: no function
          = help: name a function, or write one: `v -> sin(x)`
        """)
    #expect(said(grammar([("E", [x, .hole("F", [x, E])]), ("F", [.variable("add"), .lambda(["a", "b"], .variable("a"))])], [.depth(atMost: 3)])) == """
        error[N0114]: this function of `F` does not use `b`
          101: `b` never occurs
          = help: what is drawn for it would be lost; `left(a, b)` takes the first of two and keeps the second in the program
        """)
    #expect(said(grammar([("E", [x, .hole("F", [x])]), ("F", [.variable("neg"), .lambda(["v"], .hole("F", [one(.sin, v)]))])])) == """
        error[N0115]: the arguments of `F` grow at every mention
          101: applies `F` to more each time
          = help: let `F` be applied to a draw, as in `F(E)`
        """)
    let node = Rule(name: "Node", parameters: ["p"], alternatives: [Alternative(v)], range: place(7))
    #expect(said(Grammar(name: "G", rules: [Rule(name: "E", alternatives: [Alternative(.hole("Node"))]), node])) == """
        error[N0116]: `Node` takes 1 argument, but is mentioned with none
          7: takes p
        """)
}

@Test func limitsThatNoTableHolds() {
    func said(_ constraints: Constraint.Kind...) -> String { NaslSpaceTests.said(grammar([("E", [x, sum])], constraints)) }
    #expect(said(.depth(atMost: 0)) == "error[N0117]: a limit on depth is at least 1\n  10000: a name or number has depth 1")
    #expect(said(.depth(atMost: 2_000_000)) == "error[N0117]: a limit on depth is at most 1000\n  10000: 2000000 is too large")
    #expect(said(.depth(atMost: 2, of: "Core")) == "error[N0117]: there is no rule `Core`\n  10000: limits its depth")
    #expect(said(.size(1...100_000)) == "error[N0117]: a limit is at most 4000\n  10000: 100000 is too large")
    #expect(said(.count(.name("x"), -3...(-1))) == "error[N0117]: a limit cannot be negative\n  10000: nothing is less than 0")
    #expect(said(.size(1...100), .count(.name("x"), 0...99), .count(.primitive(.add), 0...50)) == """
        error[N0117]: these limits together distinguish 5100 cases; at most 512 can be held
          10002: the last of them
          = help: lower the upper ends, or leave one out
        """)
}

extension String {
    /// Without a trailing `suffix`.
    fileprivate func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
