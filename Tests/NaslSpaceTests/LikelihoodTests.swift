#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import BigInt
import NaslExpr
import NaslSpace
import Testing

/// Probabilities over all derivations of a program, against the derivations that a walk through the masks finds.
@Suite struct LikelihoodTests {
    @Test func randomGrammars() throws {
        var compared = 0, ambiguous = 0
        for number in 0..<900 {
            guard let space = try? Space(randomGrammar(number)), case .finite(let count) = space.count(), count <= 3_000, let walked = walk(space, most: 3_000) else { continue }
            let groups = Dictionary(grouping: walked) { canonical($0.program) }
            for found in walked.prefix(30) {
                guard let group = groups[canonical(found.program)] else { continue }
                let likelihood = space.likelihood(of: found.program)
                #expect(likelihood.derivations == BigInt(group.count), "\(number): \(found.program)")
                #expect(abs(exp(likelihood.logProbability) - group.reduce(0) { $0 + exp($1.logProbability) }) < 1e-12, "\(number): \(found.program)")
                let term = FunctionTerm(parameters: ["x", "y"], body: found.program)
                #expect(space.derivations(of: term, atMost: 3_000) == group.map(\.choices).sorted { $0.lexicographicallyPrecedes($1) }, "\(number): \(found.program)")
                ambiguous += group.count > 1 ? 1 : 0
            }
            compared += 1
        }
        #expect(compared >= 300)
        #expect(ambiguous >= 500)
    }

    /// All programs together have probability 1.
    @Test func sumsToOne() throws {
        let space = try Space(grammar([("E", [x, one(.sin, E), one(.add, E, E), one(.add, x, E), one(.add, E, x)])], [.size(1...7), .require(.primitive(.sin))]))
        let walked = try #require(walk(space))
        let programs = Set(walked.map(\.program))
        #expect(programs.count < walked.count)
        let total = programs.reduce(0) { $0 + exp(space.likelihood(of: $1).logProbability) }
        #expect(abs(total - 1) < 1e-12)
        #expect(programs.reduce(BigInt(0)) { $0 + space.likelihood(of: $1).derivations } == BigInt(walked.count))
    }

    /// `x + x + ... + x` of n terms, drawn by two equal alternatives: 2^n derivations, none of which is listed.
    @Test func manyDerivations() throws {
        let space = try Space(weighted([("E", [(one(.add, x, E), 1), (one(.add, x, E), 1), (x, 2)])]))
        var term = x
        for _ in 0..<200 { term = one(.add, x, term) }
        let likelihood = space.likelihood(of: term)
        #expect(likelihood.derivations == BigInt(2).power(200))
        #expect(abs(likelihood.logProbability - 201 * log(0.5)) < 1e-9)
        #expect(space.derivations(of: FunctionTerm(parameters: ["x"], body: term), atMost: 1_000) == nil)
        #expect(space.likelihood(of: one(.sin, x)) == Likelihood(logProbability: -.infinity, derivations: 0))
    }

    @Test func deepPrograms() throws {
        let space = try Space(weighted([("E", [(x, 1), (one(.sin, E), 1)])]))
        var term = x
        for _ in 0..<20_000 { term = one(.sin, term) }
        #expect(abs(space.likelihood(of: term).logProbability - 20_001 * log(0.5)) < 1e-6)
    }

    /// Steps of a chain that nobody took are printed in a list, which must be that list.
    @Test func unusedSteps() throws {
        let steps = Expr.binding("c", .draw(.chain, [.list([x]), .draw(.int, [.number(1), .number(2)]), .lambda(["l"], one(.sin, .draw(.pick, [.variable("l")])))]),
                                 in: .call(.variable("concat"), [.call(.variable("unused"), [.variable("c")])]))
        let space = try Space(grammar([("E", [steps])]))
        for found in try #require(walk(space)) {
            #expect(space.likelihood(of: found.program).derivations == 1)
            #expect(abs(space.likelihood(of: found.program).logProbability - found.logProbability) < 1e-12)
        }
    }
}
