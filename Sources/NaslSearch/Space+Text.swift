import NaslExpr
import NaslSpace

extension Space {
    /// A program of this space as source that reads back: `x -> max(x, tanh(x))`, or the bare term where the grammar has no parameters.
    public func text(of program: Expr) -> String {
        let parameters = grammar.parameters.map(\.name)
        return parameters.isEmpty ? program.text : FunctionTerm(parameters: parameters, body: program).text
    }
}
