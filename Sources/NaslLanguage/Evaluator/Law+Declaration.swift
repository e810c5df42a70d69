import NaslExpr

extension Law {
    /// The law of a statement: names from outside are written in, functions of the user that are expressions are applied.
    ///
    /// - Parameter isKnown: true for the library's own laws, which a test has held against numbers.
    public init(_ declaration: LawDeclaration, in environment: Environment, isKnown: Bool = false) throws {
        var lowering = Lowering(environment: environment, bound: [])
        lowering.isPattern = true
        func term(_ expression: Expression) throws -> Expr {
            do { return try lowering.lower(expression) } catch let fault as Fault where fault.code == "N0312" {
                throw Fault.lawOutside(fault.title, at: fault.labels.first?.range ?? expression.range)
            }
        }
        let left = try term(declaration.left), right = try term(declaration.right)
        let conditions = try declaration.conditions.map { try Law.condition($0, term) }
        do { try self.init(left, right, where: conditions, isKnown: isKnown) } catch { throw Fault.law(error, declaration, sizes: (left.nodes.count, right.nodes.count)) }
    }

    private static func condition(_ expression: Expression, _ term: (Expression) throws -> Expr) throws -> Condition {
        switch expression.kind {
        case .binary(.less, _, _, _), .binary(.lessOrEqual, _, _, _), .binary(.greater, _, _, _), .binary(.greaterOrEqual, _, _, _),
             .binary(.equal, _, _, _), .binary(.notEqual, _, _, _):
            return .comparison(try term(expression))
        case .call(let callee, let arguments):
            if case .name("number") = callee.kind, arguments.count == 1, case .placeholder(let name) = arguments[0].value.kind { return .number(Symbol("?\(name)")) }
        default: break
        }
        throw Fault.lawDomain(at: expression.range)
    }
}
