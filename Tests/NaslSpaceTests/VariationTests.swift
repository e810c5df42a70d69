import NaslExpr
import NaslRandom
import NaslSpace
import Testing

/// Programs made of other programs.
@Suite struct VariationTests {
    /// Whatever is changed in whatever grammar: always a derivation of the space, and the same one for the same stream.
    @Test func everyVariationIsAProgramOfItsSpace() throws {
        var made = 0, changed = 0
        for number in 0..<400 {
            guard let space = try? Space(randomGrammar(number)) else { continue }
            var stream = RandomStream(seed: number, "variations")
            let parents = (0..<4).map { _ in space.sample(&stream) }
            let trees = try parents.map { try #require(space.tree(of: $0.choices)) }
            for (parent, tree) in zip(parents, trees) {
                for variation in Variation.allCases {
                    var again = stream
                    let child = space.varied(tree, variation, &stream)
                    #expect(try space.replay(child.choices) == child, "\(number)")
                    #expect(space.varied(tree, variation, &again) == child, "\(number)")
                    made += 1
                    if child.choices != parent.choices { changed += 1 }
                }
                for other in trees {
                    let child = space.crossed(tree, other, &stream)
                    #expect(try space.replay(child.choices) == child, "\(number)")
                    made += 1
                }
            }
        }
        #expect(made > 5_000 && changed > made / 6)
    }

    private func trees(_ constraints: [Constraint.Kind] = []) throws -> Space {
        let e = Expr.hole("E")
        return try Space(Grammar(
            name: "G", parameters: [("x", "Tensor")], resultType: "Tensor",
            rules: [Rule(name: "E", alternatives: [.variable("x"), .apply(.sin, e), .apply(.tanh, e), .apply(.add, e, e), .apply(.mul, e, e)].map { Alternative($0) })],
            constraints: constraints.map { Constraint($0) }))
    }

    @Test func treesKnowWhatStandsBelow() throws {
        let space = try trees([.depth(atMost: 6)])
        // (sin(x) + x) * tanh(x)
        let tree = try #require(space.tree(of: [4, 3, 1, 0, 0, 2, 0]))
        #expect((0..<7).map(tree.end(of:)) == [7, 5, 4, 4, 5, 7, 7])
        #expect(tree.sites.allSatisfy { $0 == 0 })
        for wrong in [[], [4, 3], [0, 0], [9]] { #expect(space.tree(of: wrong) == nil) }
    }

    /// The quick way gives what a derivation, choice by choice, gives, and nothing for what is none.
    @Test func treesAreDerivations() throws {
        var kept = 0, refused = 0
        for number in 0..<900 {
            guard let space = try? Space(randomGrammar(number)) else { continue }
            var stream = RandomStream(seed: number, "trees")
            for _ in 0..<6 {
                var choices = space.sample(&stream).choices
                switch stream.below(4) {
                case 0 where !choices.isEmpty: choices[stream.below(choices.count)] += 1
                case 1: choices.append(0)
                case 2: _ = choices.popLast()
                default: break
                }
                var derivation = space.derivation(), sites: [Int] = []
                for choice in choices {
                    guard let decision = derivation.decision, derivation.choose(choice) else { break }
                    sites.append(decision.site)
                }
                let isOne = derivation.isComplete && sites.count == choices.count
                let tree = space.tree(of: choices)
                #expect((tree != nil) == isOne, "\(number)")
                guard let tree else {
                    refused += 1
                    continue
                }
                #expect(tree.sites == sites && tree.choices == choices, "\(number)")
                kept += 1
            }
        }
        #expect(kept > 500 && refused > 200)
    }

    /// What each change does, seen over many draws: nothing but the change.
    @Test func eachVariationChangesOnePlace() throws {
        let space = try trees([.depth(atMost: 12)])
        let parent = try space.replay([4, 3, 1, 0, 0, 2, 0])  // (sin(x) + x) * tanh(x)
        let tree = try #require(space.tree(of: parent.choices))
        var stream = RandomStream(seed: 1, "variations")
        var hoisted = Set<String>()
        for _ in 0..<400 {
            let exchanged = space.varied(tree, .exchange, &stream).program.text
            #expect(exchanged != parent.program.text)
            hoisted.insert(space.varied(tree, .hoist, &stream).program.text)
            // All of what stood there is inside of what stands there now.
            let wrapped = space.varied(tree, .wrap, &stream).program
            #expect(wrapped.text.contains("tanh") || wrapped.text == "x" || wrapped.size < parent.program.size || wrapped.size > parent.program.size)
        }
        #expect(hoisted.isSuperset(of: ["sin(x) + x", "tanh(x)", "(x + x) * tanh(x)", "sin(x) * tanh(x)", "x * tanh(x)", "(sin(x) + x) * x"]))
        let exchanges = Set((0..<400).map { _ in space.varied(tree, .exchange, &stream).program.text })
        #expect(exchanges.isSuperset(of: ["sin(x) + x + tanh(x)", "sin(x) * x * tanh(x)", "(tanh(x) + x) * tanh(x)", "(sin(x) + x) * sin(x)"]))
    }

    @Test func aCrossingTakesAPartOfTheOther() throws {
        let space = try trees([.depth(atMost: 12)])
        let tree = try #require(space.tree(of: [3, 0, 0]))  // x + x
        let other = try #require(space.tree(of: [2, 4, 0, 0]))  // tanh(x * x)
        var stream = RandomStream(seed: 1, "variations")
        let children = Set((0..<200).map { _ in space.crossed(tree, other, &stream).program.text })
        #expect(children == ["x + x", "x + tanh(x * x)", "tanh(x * x) + x", "x + x * x", "x * x + x"])
    }

    /// Limits hold for children of parents that fill them: what no longer fits is drawn anew.
    @Test func limitsHold() throws {
        let space = try trees([.depth(atMost: 4), .size(1...9), .count(.primitive(.tanh), 1...2), .forbidWithin(inner: .primitive(.sin), outer: .primitive(.sin))])
        var stream = RandomStream(seed: 2, "variations")
        var population = (0..<30).map { _ in space.sample(&stream) }
        for step in 0..<3_000 {
            let tree = try #require(space.tree(of: population[stream.below(30)].choices)), other = try #require(space.tree(of: population[stream.below(30)].choices))
            let child = step % 5 == 4 ? space.crossed(tree, other, &stream) : space.varied(tree, Variation.allCases[step % 5], &stream)
            let tanhs = child.program.nodes.count { $0.kind == .primitive && $0.primitive == .tanh }
            #expect(child.program.depth <= 4 && child.program.size <= 9 && (1...2).contains(tanhs) && !child.program.text.contains("sin(sin"))
            population[stream.below(30)] = child
        }
        #expect(Set(population.map(\.choices)).count > 10)
    }

    /// Without a limit children may grow, but not without end.
    @Test func endlessGrammars() throws {
        let space = try Space(Grammar(
            name: "G", parameters: [("x", "Tensor")], resultType: "Tensor",
            rules: [Rule(name: "E", alternatives: [Alternative(.variable("x")), Alternative(.apply(.add, .hole("E"), .hole("E")), weight: 0.8)])]))
        var stream = RandomStream(seed: 3, "variations")
        var tree = try #require(space.tree(of: [1, 0, 0]))
        for step in 0..<60 {
            let child = space.varied(tree, Variation.allCases[step % 4], &stream)
            #expect(child.choices.count < 20_000)
            tree = try #require(space.tree(of: child.choices))
        }
    }
}
