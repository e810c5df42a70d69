import NaslExpr
import NaslSpace

extension Space {
    /// A program of this space as source that reads back: `x -> max(x, tanh(x))`, or the bare term where the grammar has no parameters.
    public func text(of program: Expr) -> String {
        let parameters = grammar.parameters.map(\.name)
        return parameters.isEmpty ? program.text : FunctionTerm(parameters: parameters, body: program).text
    }

    /// The same with its constants as they were fitted; nil where there are none.
    public func text(of program: Expr, constants: [Double]) -> String? {
        constants.isEmpty ? nil : text(of: program.filling(constants: constants))
    }
}
