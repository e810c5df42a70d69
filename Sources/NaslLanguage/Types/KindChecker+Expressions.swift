import NaslExpr
import NaslSpace

extension KindChecker {
    /// What an expression of a rule can draw. On the way operands that do not fit are noted.
    mutating func kinds(of expression: Expression, _ scope: [String: DrawnKind]) -> Set<DrawnKind> {
        switch expression.kind {
        case .number: return [.value]
        case .text: return [.text]
        case .name(let name): return kinds(ofName: name, scope)
        case .list(let elements):
            for element in elements { _ = kinds(of: element, scope) }
            return [.list]
        case .record(let fields):
            for field in fields { _ = kinds(of: field.value, scope) }
            return [.record]
        case .unary(_, let operand):
            operands([operand], of: "-", scope)
            return [.value]
        case .binary(.compose, _, let left, let right):
            for part in [left, right] { _ = kinds(of: part, scope) }
            return [.open]
        case .binary(let sign, _, let left, let right):
            operands([left, right], of: sign.rawValue, scope)
            return [.value]
        case .letIn(let name, _, let value, let body):
            let bound = kinds(of: value, scope)
            return kinds(of: body, scope.merging([name: bound.count == 1 ? bound.first ?? .open : .open]) { $1 })
        case .lambda(let parameters, let body):
            _ = kinds(of: body, scope.merging(parameters.map { ($0.name, .open) }) { $1 })
            return [.function]
        case .call(let callee, let arguments): return kinds(ofCall: callee, arguments.map(\.value), scope)
        case .repeated: return [.list]
        case .index(let base, _), .field(let base, _, _):
            _ = kinds(of: base, scope)
            return [.open]
        case .conditional, .range, .duration, .bool, .none, .block, .placeholder, .wildcard: return [.open]
        }
    }

    private func kinds(ofName name: String, _ scope: [String: DrawnKind]) -> Set<DrawnKind> {
        if let kind = scope[name] { return [kind] }
        if let kinds = drawn[name] { return kinds }
        // A mention of another grammar: a function, if its programs have parameters.
        if case .grammar(let part)? = environment[name] { return part.grammar.parameters.isEmpty ? part.kinds : [.function] }
        return [environment[name].map { DrawnKind(of: $0) } ?? .open]
    }

    private mutating func kinds(ofCall callee: Expression, _ arguments: [Expression], _ scope: [String: DrawnKind]) -> Set<DrawnKind> {
        guard case .name(let name) = callee.kind, scope[name] == nil, drawn[name] == nil else {
            for part in [callee] + arguments { _ = kinds(of: part, scope) }
            // A rule with parameters draws what its alternatives say; one that draws functions is applied.
            if case .name(let name) = callee.kind, scope[name] == nil, let kinds = drawn[name], !kinds.contains(.function) { return kinds }
            return [.open]
        }
        if case .function(let function)? = environment[name], case .primitive(let primitive) = function.body {
            operands(arguments, of: primitive.name, scope)
            return [.value]
        }
        for argument in arguments { _ = kinds(of: argument, scope) }
        if case .grammar(let part)? = environment[name] { return part.kinds }
        guard environment[name] == nil else { return [.open] }
        switch Draw(rawValue: name) {
        case .int, .real, .logReal: return [.value]
        case .subset, .chain: return [.list]
        case .pick, .repeated, nil: return [.open]
        }
    }

    /// Each must be something that elementwise functions work on.
    private mutating func operands(_ operands: [Expression], of operation: String, _ scope: [String: DrawnKind]) {
        for operand in operands {
            let found = kinds(of: operand, scope)
            for kind in DrawnKind.allCases where kind.isMisfit && found.contains(kind) {
                if case .name(let name) = operand.kind, scope[name] == nil, let place = origins[name]?[kind] {
                    faults.append(.misfit("`\(operation)` takes numbers and tensors, but `\(name)` may draw \(kind.rawValue)", kind,
                                          labels: [(operand.range, "draws from `\(name)`"), (place, kind.rawValue)]))
                } else if case .name(let name) = operand.kind, scope[name] == nil, case .grammar? = environment[name] {
                    faults.append(.misfit("`\(operation)` takes numbers and tensors, but the grammar `\(name)` draws \(kind.rawValue)", kind,
                                          labels: [(operand.range, kind.rawValue)]))
                } else {
                    faults.append(.misfit("`\(operation)` takes numbers and tensors, but this is \(kind.rawValue)", kind, labels: [(operand.range, kind.rawValue)]))
                }
            }
        }
    }
}
