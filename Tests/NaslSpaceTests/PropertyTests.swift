#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import BigInt
import NaslExpr
import NaslRandom
import NaslSpace
import Testing

/// Masks, counts, probabilities, replay and membership against brute force, on random small grammars.
@Test func randomGrammarsAgreeWithBruteForce() throws {
    var compared = 0, empty = 0, programs = 0, apart = 0
    for number in 0..<2_000 {
        let grammar = randomGrammar(number)
        guard let brute = BruteForce(grammar, most: 6_000) else { continue }
        let expected = brute.programs
        let space: Space
        do {
            space = try Space(grammar)
        } catch {
            let codes = error.issues.filter { !$0.isWarning }.map(\.code)
            if codes == ["N0109"] {
                #expect(expected.isEmpty, "\(number): \(error)")
                empty += 1
            } else if comparesDraws(grammar), codes == ["N0117"] {
                // Two draws that cannot be kept apart, as a program may be drawn in two ways.
            } else {
                // An alternative that derives its rule through the identity of two functions, and a space that depth leaves infinite.
                #expect(codes == ["N0107"] || codes == ["N0106"], "\(number): \(error)")
            }
            continue
        }
        #expect(space.count() == .finite(BigInt(expected.count)), "\(number)")
        guard let walked = walk(space, most: 20_000) else {
            Issue.record("\(number): a mask allows what cannot be finished")
            continue
        }
        let byChoices = Dictionary(uniqueKeysWithValues: expected.map { ($0.choices, canonical($0.term)) })
        #expect(Set(walked.map(\.choices)) == Set(byChoices.keys), "\(number)")
        #expect(walked.count == expected.count, "\(number)")
        #expect(walked.allSatisfy { canonical($0.program) == byChoices[$0.choices] }, "\(number)")
        #expect(abs(walked.reduce(0) { $0 + exp($1.logProbability) } - 1) < 1e-12, "\(number)")
        compared += 1
        programs += walked.count

        // By size, then by choices, which are in order already.
        let ordered = walked.enumerated().sorted { ($0.element.program.size, $0.offset) < ($1.element.program.size, $1.offset) }.map(\.element.choices)
        #expect(space.programs.map(\.choices) == ordered, "\(number)")
        for index in Set((0..<min(8, ordered.count)) + [ordered.count / 2, ordered.count - 1]) {
            #expect(space.choices(at: BigInt(index)) == ordered[index], "\(number)")
            #expect(space.index(of: ordered[index]) == BigInt(index), "\(number)")
        }
        #expect(space.choices(at: BigInt(ordered.count)) == nil, "\(number)")
        #expect(space.countPrinted() == .finite(BigInt(Set(walked.map(\.program)).count)), "\(number)")
        #expect(space.countPrinted(upToSwapsOf: Primitive.commutative) == .finite(BigInt(Set(walked.map { swapped($0.program) }).count)), "\(number)")

        // From the start, the fewest choices; from anywhere, an end.
        var short = space.derivation()
        short.finish()
        if comparesDraws(grammar) { apart += 1 } else { #expect(short.choices.count == walked.map(\.choices.count).min(), "\(number)") }
        for found in walked.prefix(20) {
            for length in found.choices.indices {
                var derivation = try space.follow(Array(found.choices[..<length]))
                derivation.finish()
                #expect(byChoices[derivation.choices] != nil, "\(number)")
            }
        }

        // The first derivation of each program; walked is in the order of choices.
        var first: [Expr: [Int]] = [:]
        for found in walked where first[found.program] == nil { first[found.program] = found.choices }
        for found in walked.prefix(40) {
            #expect(space.derive(found.program) == first[found.program], "\(number): \(found.program)")
            #expect(space.derive(canonical(found.program)) == first[found.program], "\(number): \(found.program)")
            #expect(try space.replay(found.choices).program == found.program)
            #expect(abs(space.logProbability(found.choices) - found.logProbability) < 1e-12)
        }
        let members = Set(expected.map { canonical($0.term) })
        for piece in brute.unconstrained.prefix(200) where !members.contains(canonical(piece.term)) {
            #expect(space.derive(piece.term) == nil, "\(number): \(piece.term)")
            #expect(space.logProbability(piece.choices) == -.infinity)
        }
        var stream = RandomStream(seed: 7, "sample", .number(number))
        for _ in 0..<5 {
            let sample = space.sample(&stream)
            #expect(byChoices[sample.choices] == canonical(sample.program), "\(number)")
            #expect(try space.replay(sample.choices) == sample)
        }
    }
    #expect(compared >= 1_000)
    #expect(empty >= 400)
    #expect(apart >= 20)
    #expect(programs >= 10_000)
}

/// Whether a forbidden pattern has two equal arguments.
private func comparesDraws(_ grammar: Grammar) -> Bool {
    grammar.constraints.contains { constraint in
        guard case .forbid(let pattern) = constraint.kind else { return false }
        return Set(pattern.arguments).count < pattern.arguments.count && pattern.arguments.allSatisfy { $0.text == "?a" }
    }
}
