import BigInt
import NaslExpr
import NaslSpace
import Testing

/// What is worth knowing of a grammar and may be meant.
@Suite struct NoteTests {
    private func overlaps(_ rules: [(String, [Expr])], _ constraints: [Constraint.Kind] = [.depth(atMost: 4)], parameters: [String] = ["x"]) throws -> [String] {
        try Space(grammar(rules, constraints, parameters: parameters)).overlaps.map { "\($0.title): \($0.labels[0].text)" }
    }

    private func domains(_ rules: [(String, [Expr])], parameters: [String] = ["x"]) throws -> [String] {
        try Space(grammar(rules, [.depth(atMost: 6)], parameters: parameters)).domainNotes.map(\.title)
    }

    @Test func alternativesThatOverlap() throws {
        #expect(try overlaps([("E", [x, one(.add, E, E), one(.add, x, x)])]) == ["two alternatives of `E` derive the same program: `x -> x + x` can be drawn by this"])
        #expect(try overlaps([("E", [x, one(.sin, E), .hole("F")]), ("F", [one(.sin, one(.sin, x)), one(.cos, E)])])
            == ["two alternatives of `E` derive the same program: `x -> sin(sin(x))` can be drawn by this"])
        #expect(try overlaps([("E", [x, one(.mul, E, .hole("F"))]), ("F", [one(.exp, E), 1, one(.exp, one(.add, x, 1)), one(.exp, one(.add, .hole("F"), .hole("F")))])]).isEmpty)
        #expect(try overlaps([("E", [x, one(.mul, E, .hole("F"))]), ("F", [one(.exp, E), 1, one(.exp, one(.mul, x, 1))])])
            == ["two alternatives of `F` derive the same program: `x -> x * exp(x * 1)` can be drawn by this"])
    }

    @Test func alternativesThatDoNot() throws {
        #expect(try overlaps([("E", [x, one(.sin, E), one(.add, E, E), one(.mul, E, E), 1, 2])]).isEmpty)
        #expect(try overlaps([("E", [x, one(.sin, E), one(.sin, one(.cos, E))])]).isEmpty)
        // The constraints leave no such program.
        #expect(try overlaps([("E", [x, one(.sin, E), one(.sin, one(.sin, x))])], [.depth(atMost: 2)]).isEmpty)
        #expect(try overlaps([("E", [x, one(.sin, E), one(.sin, one(.sin, x))])], [.depth(atMost: 4), .forbidWithin(inner: .primitive(.sin), outer: .primitive(.sin))]).isEmpty)
    }

    /// A note names a program with several derivations, and where there is none no program has several.
    @Test func agreeWithTheDerivations() throws {
        var noted = 0, clear = 0, missed = 0
        for number in 0..<900 {
            guard let space = try? Space(randomGrammar(number)), case .finite(let count) = space.count(), count <= 2_000, let walked = walk(space, most: 2_000) else { continue }
            let isAmbiguous = Set(walked.map { canonical($0.program) }).count < walked.count
            let overlaps = space.overlaps
            if overlaps.isEmpty {
                // Ambiguity may also come from which rule is mentioned where, and from `let`s that vanish.
                if isAmbiguous { missed += 1 } else { clear += 1 }
            } else {
                noted += 1
                #expect(isAmbiguous, "\(number): \(overlaps)")
            }
        }
        #expect(noted >= 80)
        #expect(clear >= 50)
        #expect(missed * 2 <= noted)
    }

    @Test func domains() throws {
        #expect(try domains([("E", [x, one(.log, E), one(.exp, E)])]) == ["`log(E)` has no value where `E` is negative"])
        #expect(try domains([("E", [x, one(.log, .hole("P"))]), ("P", [one(.exp, E), one(.add, one(.square, E), 1), one(.sigmoid, E)])]).isEmpty)
        #expect(try domains([("E", [x, one(.log, one(.abs, E))])]) == ["`log(abs(E))` has no value where `abs(E)` is 0"])
        #expect(try domains([("E", [x, one(.sqrt, .hole("P"))]), ("P", [one(.square, E), one(.abs, E), one(.mul, .hole("P"), .hole("P"))])]).isEmpty)
        #expect(try domains([("E", [x, one(.sqrt, E)])]) == ["`sqrt(E)` has no value where `E` is negative"])
        #expect(try domains([("E", [x, one(.div, E, E)])]) == ["`E / E` has no value where `E` is 0"])
        #expect(try domains([("E", [x, one(.div, E, one(.add, one(.sqrt, one(.abs, E)), 1e-8)), one(.div, E, 2)])]).isEmpty)
        #expect(try domains([("E", [x, one(.pow, E, 2), one(.pow, E, 3)])]).isEmpty)
        #expect(try domains([("E", [x, one(.pow, E, 0.5)])]) == ["`E ^ 0.5` has no value where `E` is negative".replacing(" ^ ", with: "^")])
        // A drawn function, and what is known of a parameter.
        #expect(try domains([("E", [x, .hole("F", [E])]), ("F", [.variable("sqrt"), .lambda(["v"], one(.div, 1, one(.exp, .variable("v"))))])]) == ["`sqrt` may take the square root of a negative number"])
        #expect(try domains([("E", [x, one(.add, one(.log, x), E)])]).isEmpty)
        // Numbers that only grow: widening ends it.
        #expect(try domains([("E", [1, one(.add, E, E), one(.log, E)])]) == ["`log(E)` has no value where `E` is negative"])
        #expect(try domains([("E", [1, one(.add, E, E), one(.mul, E, .hole("L"))]), ("L", [one(.log, E)])], parameters: []).count == 1)
        #expect(try domains([("E", [2, one(.add, E, 1), one(.log, .hole("N"))]), ("N", [3, one(.add, .hole("N"), .hole("N"))])], parameters: []).isEmpty)
    }
}
