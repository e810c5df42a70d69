import NaslExpr
import NaslLanguage

/// The library's functions that are written in Swift; the rest stands in `stdlib/prelude.nasl`.
enum Builtins {
    static let all: [Builtin] = lists + tensors + programs + laws + explaining + output + grammars + numbering + learning + layers + searching + rejecting + studies + fitting + methods + data + plots + exports + reporting + transferring + deriving + likelihoods + commands + storing

    /// Names that are bound before the prelude: built-ins, primitives, constants and data sets.
    static let globals: [String: Value] = {
        var globals: [String: Value] = [:]
        for row in Primitive.table where row.primitive != .select { globals[row.name] = .function(Function(name: row.name, .primitive(row.primitive))) }
        for builtin in all { globals[builtin.name] = .function(Function(name: builtin.name, .builtin(builtin))) }
        for (name, number) in constants { globals[name] = .number(number) }
        globals["swaps"] = .object(SwapsValue())
        globals["laws"] = .object(LawsValue())
        for (name, value) in learningValues { globals[name] = value }
        return globals
    }()

    static let constants: [(String, Double)] = [("pi", .pi), ("inf", .infinity), ("nan", .nan)]
}
