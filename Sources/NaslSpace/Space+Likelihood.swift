import BigInt
import NaslExpr

/// How likely a program is, over all its derivations.
public struct Likelihood: Hashable, Sendable {
    /// Natural logarithm; -infinity where the program is none of the space. It covers the discrete choices: a number on a continuous scale
    /// counts as one.
    public var logProbability: Double
    /// How many derivations the program has.
    public var derivations: BigInt

    public init(logProbability: Double, derivations: BigInt) {
        self.logProbability = logProbability
        self.derivations = derivations
    }
}

extension Space {
    /// The probability with which the grammar's weights draw a program, and in how many ways: exact sums, by the inside algorithm. A
    /// program of finite size has finitely many derivations, for no rule derives itself alone.
    public func likelihood(of program: FunctionTerm) -> Likelihood {
        guard program.parameters.count == grammar.parameters.count else { return Likelihood(logProbability: -.infinity, derivations: 0) }
        return likelihood(program.body, program.parameters)
    }

    /// The same for a plain term, in which the grammar's parameters go by their own names.
    public func likelihood(of program: Expr) -> Likelihood { likelihood(program, grammar.parameters.map(\.name)) }

    private func likelihood(_ program: Expr, _ parameters: [Symbol]) -> Likelihood {
        let mass: DerivationMass? = total(program, parameters)
        return Likelihood(logProbability: mass?.logProbability ?? -.infinity, derivations: mass?.count ?? 0)
    }

    /// The choices of every derivation of a program, in their order; nil where there are more than `most`.
    public func derivations(of program: FunctionTerm, atMost most: Int) -> [[Int]]? {
        let count = likelihood(of: program).derivations
        guard count <= most else { return nil }
        if count == 0 { return [] }
        let list: DerivationList? = total(program.body, program.parameters)
        return (list?.choices ?? []).sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func total<Sum: DerivationSum>(_ program: Expr, _ parameters: [Symbol]) -> Sum? {
        // Which steps of a chain nobody took is known only from the whole, so the first derivation is printed and looked at.
        guard !program.nodes.isEmpty, derive(FunctionTerm(parameters: parameters, body: program)) != nil else { return nil }
        let resolved = ResolvedProgram(program, parameters)
        if model.hasTies {
            // Every program has one derivation there, see Ties.
            guard let choices = derive(FunctionTerm(parameters: parameters, body: program)) else { return nil }
            let logProbability = logProbability(choices)
            let parts = choices.enumerated().map { Sum(choice: $1, logProbability: $0 == 0 ? logProbability : 0) }
            return parts.dropFirst().reduce(parts.first) { $0?.followed(by: $1) }
        }
        return withAutomaton { [model] automaton in
            var inside = InsideAlgorithm<Sum>(model, resolved)
            return inside.total(&automaton)
        }
    }
}
