/// A hash of what a program is by the laws and of where it is defined. Programs of one form, whose parts that restrict where they are defined have
/// the same forms, share it; others hardly do (64 bits each).
package struct FormPrint: Hashable, Sendable {
    private let form: UInt64
    /// Of what stands under roots, logarithms and fraction bars, each form once, in no order.
    private let guards: UInt64

    fileprivate init(_ form: UInt64, guards: UInt64) { (self.form, self.guards) = (form, guards) }
}

extension NormalForms {
    /// The print of a term that may be rewritten in place.
    package mutating func print(of term: Expr) -> FormPrint {
        keepsShapes = !term.isElementwise
        var stack: [TermStore.Ref] = [], guards: [UInt64] = []
        for node in term.nodes {
            let arguments = stack.suffix(Int(node.arity))
            let form = insert(node, arguments)
            if node.kind == .primitive, let part = guarded(node.primitive, form, arguments) {
                let print = store.cells[Int(part)].print
                if !guards.contains(print) { guards.append(print) }
            }
            stack.removeLast(Int(node.arity))
            stack.append(form)
        }
        return FormPrint(stack.last.map { store.cells[Int($0)].print } ?? 0, guards: guards.reduce(0, &+))
    }

    /// The form of the part of an application that decides where it is defined, marked by its kind; nil where it is defined everywhere.
    private mutating func guarded(_ primitive: Primitive, _ form: TermStore.Ref, _ arguments: ArraySlice<TermStore.Ref>) -> TermStore.Ref? {
        switch primitive.row.domain {
        case .everywhere: nil
        case .secondNonzero: arguments.last
        case .firstNonnegative: insert(Expr.Node(.sqrt), arguments)
        case .firstPositive: insert(Expr.Node(.log), arguments)
        case .power, .cosineNonzero: form
        }
    }
}

extension Expr.Node {
    fileprivate init(_ primitive: Primitive) {
        self.init(.primitive)
        opcode = primitive.opcode
    }
}
