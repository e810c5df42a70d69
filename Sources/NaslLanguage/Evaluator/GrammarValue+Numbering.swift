import BigInt
import NaslExpr
import NaslSpace

/// Programs by number: `G[1042]`, `index(G, f)`.
extension GrammarValue {
    /// The program with this number, from 0, in the order of `programs`; negative numbers count from the end.
    func program(numbered index: Value, at range: SourceRange) throws -> Value {
        guard var number = try GrammarValue.wholeNumber(index, at: range) else {
            throw Fault.type("the number of a program", expected: "a whole number", found: index, at: range)
        }
        let count = space.count()
        if number.sign == .minus, case .finite(let count) = count { number += count }
        if let choices = space.choices(at: number), let sample = try? space.replay(choices) { return value(of: sample) }
        if space.isGivenUp() { throw Fault.interrupted }
        if case .finite(let count) = count, number.sign == .minus || number >= count {
            throw Fault("N0306", "there is no program \(index.shown)", at: range, label: "`\(name)` has \(sizeText(count)), numbered from 0")
        }
        throw Fault("N0306", "there is no program \(index.shown)", at: range, label: number.sign == .minus
            ? "`\(name)` has no last program" : "programs of more than 1,023 names, numbers and operators are not numbered")
    }

    /// The number of a program; of one that was typed in, that of its first derivation.
    public func number(of program: Value, at range: SourceRange = .none) throws -> Value {
        guard let choices = try choices(of: program) else {
            throw Fault.value("`\(program.source)` is no program of `\(name)`", at: range, help: ["`f in \(name)` asks whether it is one"])
        }
        guard let number = space.index(of: choices) else {
            throw space.isGivenUp() ? Fault.interrupted : Fault.value(
                "`\(program.source)` has no number", at: range, help: ["programs of more than 1,023 names, numbers and operators are not numbered"])
        }
        return GrammarValue.value(of: number)
    }

    /// Beyond 2^53 a number could not show all digits, so it is a text of them.
    public static func value(of number: BigInt) -> Value {
        number.bitWidth <= 53 ? .number(Double(number)) : .text(number.description)
    }

    /// A whole number, or a text of its digits.
    private static func wholeNumber(_ value: Value, at range: SourceRange) throws -> BigInt? {
        switch value {
        case .number(let number):
            guard let whole = BigInt(exactly: number) else {
                throw Fault.number("the number of a program", expected: "a whole number", found: number, at: range)
            }
            return whole
        case .text(let text) where text.utf8.count <= 400_000: return BigInt(text)
        default: return nil
        }
    }
}
