import NaslExpr
import NaslLanguage

/// What `help` says.
enum Help {
    static let overview = """
        nasl searches spaces of programs. Three declarations make a search:
            fn       a function             fn swish(x) = x * sigmoid(x)
            grammar  a space of programs    grammar A(x: Tensor) -> Tensor { E = x | tanh(E) | E + E ; limit depth <= 3 }
            task     what earns the reward  task t(f: A) { reward -f(2)^2 }
        and then       let run = search(t, trials: 200)

        functions   \(Builtins.all.map(\.name).sorted().joined(separator: " "))
        elementwise \(Primitive.table.filter { $0.primitive != .select }.map(\.name).sorted().joined(separator: " "))
        `help(name)` says more about one of them.
        """

    static func text(about value: Value) -> String {
        switch value {
        case .function(let function): text(about: function)
        case .grammar(let grammar): ([grammar.documentation, grammar.summary] as [String?]).compactMap { $0 }.joined(separator: "\n")
        case .task(let task): ([task.documentation, task.summary] as [String?]).compactMap { $0 }.joined(separator: "\n")
        case .object(let object):
            object.fieldNames.isEmpty ? object.kind : "\(object.kind) with \(object.fieldNames.map { ".\($0)" }.joined(separator: " "))"
        // A name in quotes is meant as the name.
        case .text(let text): Builtins.all.first { $0.name == text }.map(usage) ?? "a text: \(Value.text(text).source)"
        default: "\(value.kind): \(value.shown)"
        }
    }

    private static func text(about function: Function) -> String {
        switch function.body {
        case .primitive(let primitive):
            let row = primitive.row
            let letters = ["a", "b", "c"].prefix(row.arity).joined(separator: ", ")
            let derivative = row.derivative.map { $0?.text ?? "0" }.joined(separator: " and ")
            return "\(row.name)(\(letters)): \(row.summary). Elementwise; derivative \(derivative) (y is the result)."
        case .builtin(let builtin): return usage(builtin)
        default:
            return ([documentation(of: function), signature(of: function)] as [String?]).compactMap { $0 }.joined(separator: "\n")
        }
    }

    private static func usage(_ builtin: Builtin) -> String {
        builtin.signature + "\n    " + builtin.summary + (builtin.example.map { "\n    \($0)" } ?? "")
    }

    private static func documentation(of function: Function) -> String? {
        if case .closure(let closure) = function.body { closure.documentation } else { nil }
    }

    /// `fn leaky_relu(x, slope?) : (x) -> max(0.01 * x, x)`.
    static func signature(of function: Function) -> String {
        guard case .closure(let closure) = function.body else { return function.source }
        let head = "fn \(function.name ?? "_")\(closure.signature)"
        if case .term(let term) = function.term { return "\(head): \(term.text)" }
        return head
    }
}
