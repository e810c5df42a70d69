import NaslExpr
import NaslRandom

extension Space {
    private static let mostChoices = 1_000_000

    /// Draws a program by the grammar's weights, renormalised over what is possible at each choice.
    ///
    /// One number of the stream is used for each choice of a site with more than one alternative, and for each number on a continuous scale. A program that has not ended after
    /// 1,000,000 choices (without a limit in the grammar that may happen) is finished in the shortest way.
    public func sample(_ stream: inout RandomStream) -> Sample {
        if model.hasTies { return sampleApart(&stream) }
        let drawn = withDrawing { automaton, room in
            let logProbability = automaton.draw(&stream, into: &room, hasNumbers: hasNumbers, atMost: Space.mostChoices)
            let choices = Array(room.choices.elements)
            guard let logProbability else { return Sample(program: Expr(nodes: []), choices: choices, logProbability: .nan) }
            let program = printer.program(room.productions.elements, room.choices.elements)
            return Sample(program: program, choices: choices, logProbability: logProbability)
        }
        if drawn.choices.count < Space.mostChoices { return drawn }
        var derivation = (try? follow(drawn.choices)) ?? derivation()
        derivation.finish()
        return Sample(program: derivation.program ?? Expr(nodes: []), choices: derivation.choices, logProbability: derivation.logProbability)
    }

    /// The same where some draws must differ.
    private func sampleApart(_ stream: inout RandomStream) -> Sample {
        var derivation = derivation()
        while let decision = derivation.decision {
            var point = decision.allowed.count > 1 ? stream.uniform() : 0
            let possible = decision.allowed.indices.filter { decision.allowed[$0] }
            let taken = possible.first { alternative in
                if point < decision.priors[alternative] { return true }
                point -= decision.priors[alternative]
                return false
            }
            guard let alternative = taken ?? possible.last, derivation.choose(alternative) else { break }
        }
        return Sample(program: derivation.program ?? Expr(nodes: []), choices: derivation.choices, logProbability: derivation.logProbability)
    }

    /// The program of these choices.
    public func replay(_ choices: [Int]) throws(ChoiceError) -> Sample {
        let derivation = try follow(choices)
        guard let program = derivation.program else {
            throw ChoiceError(index: choices.count, description: "\(counted(choices.count, "choice")) leave the program unfinished")
        }
        return Sample(program: program, choices: choices, logProbability: derivation.logProbability)
    }

    /// The logarithm of the derivation's probability under the grammar's weights; minus infinity where it is none of this space.
    public func logProbability(_ choices: [Int]) -> Double {
        guard let derivation = try? follow(choices), derivation.isComplete else { return -.infinity }
        return derivation.logProbability
    }

    /// What was to be decided at each of these choices; nil where they are no derivation.
    public func decisions(of choices: [Int]) -> [Decision]? {
        var derivation = derivation()
        var decisions: [Decision] = []
        for choice in choices {
            guard let decision = derivation.decision, derivation.choose(choice) else { return nil }
            decisions.append(decision)
        }
        return derivation.isComplete ? decisions : nil
    }

    /// The derivation after these choices, which may be only the first ones.
    public func follow(_ choices: [Int]) throws(ChoiceError) -> Derivation {
        var derivation = derivation()
        for (index, choice) in choices.enumerated() {
            guard let decision = derivation.decision else {
                throw ChoiceError(index: index, description: "the program is complete after \(counted(index, "choice")), but \(choices.count) are given")
            }
            if derivation.choose(choice) { continue }
            let site = sites[decision.site]
            if let numbers = decision.numbers {
                let (low, high) = (numberText(numbers.lowest), numberText(numbers.highest))
                throw ChoiceError(index: index, description: "choice \(index + 1) is \(numberText(RealRange.number(choice))), but `\(site.name)` draws numbers from \(low) to \(high)")
            }
            let reason = decision.labels.indices.contains(choice)
                ? "`\(decision.labels[choice])`, which is not possible there"
                : "but `\(site.name)` has \(counted(site.alternatives.count, "alternative")), numbered from 0"
            throw ChoiceError(index: index, description: "choice \(index + 1) is \(choice), \(reason)")
        }
        return derivation
    }
}
