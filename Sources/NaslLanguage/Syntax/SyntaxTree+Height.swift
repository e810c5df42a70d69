extension Expression {
    /// Trees taller than this are refused, so that whoever walks one by recursion knows how much stack it takes.
    public static let greatestHeight = 4_000
}

extension Expression.Kind {
    var tallestChild: Int32 {
        switch self {
        case .number, .duration, .text, .bool, .none, .name, .placeholder, .wildcard, .repeated: 0
        case .list(let elements): elements.reduce(0) { max($0, $1.height) }
        case .record(let fields): fields.reduce(0) { max($0, $1.value.height) }
        case .range(let lower, let upper, let step): max(lower.height, upper.height, step?.height ?? 0)
        case .unary(_, let operand): operand.height
        case .binary(_, _, let left, let right): max(left.height, right.height)
        case .lambda(_, let body): body.height
        case .conditional(let condition, let first, let second): max(condition.height, first.height, second.height)
        case .letIn(_, _, let value, let body): max(value.height, body.height)
        case .call(let callee, let arguments): arguments.reduce(callee.height) { max($0, $1.value.height) }
        case .index(let base, let index): max(base.height, index.height)
        case .field(let base, _, _): base.height
        // A block's statements start afresh; how deep blocks nest is limited like brackets.
        case .block: 0
        }
    }
}
