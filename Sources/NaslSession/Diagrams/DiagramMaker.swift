import NaslExpr
import NaslLanguage
import NaslTraining

/// Reads a net or a cell as boxes and arrows.
///
/// What flows through the net goes from box to box. The parameters of a function of several, such as x, h and c of a cell, are written where
/// they are used: an arrow from each to every leaf would hide the tree.
struct DiagramMaker {
    private var boxes: [Diagram.Box] = []
    private var arrows: [Diagram.Arrow] = []

    /// What a part of a program stands for.
    private indirect enum Part {
        /// What comes out of a box.
        case flow(Int)
        /// A number, a layer, or (`isLeaf`) something made of parameters that are written out.
        case constant(Expr, isLeaf: Bool)
        case list([Part])
        case record([(name: String, part: Part)])
        case sequence([Part])
    }

    private static let longestLine = 36

    /// Whether a value is drawn in boxes: a layer, a net, or a function that calls layers.
    static func draws(_ value: Value) -> Bool {
        switch value {
        case .object(let object):
            if let program = (object as? any ProgramObject)?.program { return draws(program) }
            return object is NetValue
        case .function(let function):
            if case .composed(let first, let second) = function.body { return draws(first) || draws(second) }
            guard case .term(let term) = function.program else { return false }
            return term.body.nodes.contains { $0.kind == .variable && Builtins.layerNames.contains($0.symbol.text) }
        default: return false
        }
    }

    static func diagram(of value: Value) -> Diagram {
        var maker = DiagramMaker()
        if case .object(let object) = value, let program = (object as? any ProgramObject)?.program { return diagram(of: program) }
        if case .function(let function) = value, case .term(let term) = function.program, !function.isComposed {
            let isWritten = term.parameters.count > 1
            let names = term.parameters.map { ($0, isWritten ? Part.constant(.variable($0), isLeaf: true) : maker.box(.input, [$0.text], [])) }
            maker.end(maker.part(term.body, term.body.root, Dictionary(names) { first, _ in first }))
        } else {
            let input = maker.box(.input, ["input"], [])
            maker.end(maker.applied(value, to: input))
        }
        return Diagram(boxes: maker.boxes, arrows: maker.arrows).joined()
    }

    // MARK: - Boxes

    private mutating func box(_ role: Diagram.Box.Role, _ lines: [String], _ inputs: [Part]) -> Part {
        let number = boxes.count
        boxes.append(Diagram.Box(role, lines.map { $0.count > DiagramMaker.longestLine ? $0.prefix(DiagramMaker.longestLine - 3) + "..." : $0 }))
        for case .flow(let from) in inputs where !arrows.contains(Diagram.Arrow(from, number)) { arrows.append(Diagram.Arrow(from, number)) }
        return .flow(number)
    }

    /// A leaf as a box of its own, two operands on two lines.
    private mutating func boxed(_ part: Part) -> Part {
        switch part {
        case .constant(let term, true):
            let root = term.nodes[term.root]
            if root.kind == .primitive, let sign = root.primitive.row.infix, term.arguments.count == 2 {
                return box(.operation, [term.arguments[0].text, "\(sign) \(term.arguments[1].text)"], [])
            }
            return box(.operation, [term.text], [])
        case .list(let parts): return .list(parts.map { boxed($0) })
        case .record(let fields): return .record(fields.map { ($0.name, boxed($0.part)) })
        default: return part
        }
    }

    private mutating func end(_ result: Part) {
        if case .record(let fields) = result {
            for field in fields { _ = box(.output, [field.name], [boxed(field.part)]) }
        } else {
            _ = boxed(result)
        }
    }

    // MARK: - Terms

    private mutating func part(_ term: Expr, _ position: Int, _ names: [Symbol: Part]) -> Part {
        let node = term.nodes[position]
        let children = term.children(of: position)
        switch node.kind {
        case .variable: return names[node.symbol] ?? .constant(term.subterm(at: position), isLeaf: false)
        case .lambda, .number, .text, .parameter, .fitted, .hole: return .constant(term.subterm(at: position), isLeaf: false)
        case .binding:
            let value = boxed(part(term, children[0], names))
            return part(term, children[1], names.merging([node.symbol: value]) { $1 })
        case .list: return .list(children.map { part(term, $0, names) })
        case .record:
            return .record(children.map { child in
                let label = term.nodes[child]
                return (label.symbol.text, part(term, term.children(of: child).first ?? child, names))
            })
        case .labelled: return part(term, children[0], names)
        case .field:
            if case .record(let fields) = part(term, children[0], names), let field = fields.first(where: { $0.name == node.symbol.text }) { return field.part }
            return .constant(term.subterm(at: position), isLeaf: false)
        case .index:
            let index = term.nodes[children[1]]
            if case .list(let parts) = part(term, children[0], names), index.kind == .number, let place = Int(exactly: index.value), parts.indices.contains(place) { return parts[place] }
            return .constant(term.subterm(at: position), isLeaf: false)
        case .compose:
            let (first, second) = (part(term, children[0], names), part(term, children[1], names))
            if case .flow = first { return applied(second, to: first) }
            return .sequence([first, second])
        case .primitive: return operation(term, position, children.map { part(term, $0, names) }, names)
        case .call:
            let callee = part(term, children[0], names)
            let arguments = children.dropFirst().map { part(term, $0, names) }
            if case .constant(let name, _) = callee, name.nodes.count == 1 { return operation(term, position, [callee] + arguments, names) }
            return arguments.first.map { applied(callee, to: $0) } ?? callee
        }
    }

    /// A call or a primitive: a box where something flows into it, else still a constant.
    private mutating func operation(_ term: Expr, _ position: Int, _ parts: [Part], _ names: [Symbol: Part]) -> Part {
        let node = term.nodes[position]
        let isCall = node.kind == .call
        let name = isCall ? term.nodes[term.children(of: position)[0]].symbol.text : node.primitive.row.infix ?? node.primitive.name
        let operands = Array(isCall ? parts.dropFirst() : parts[...])
        var flows: [Part] = []
        func collect(_ part: Part) {
            switch part {
            case .flow: flows.append(part)
            case .list(let parts): parts.forEach(collect)
            default: break
            }
        }
        operands.forEach(collect)
        if name == "id" || name == "concat" && flows.count == 1, operands.count == 1 { return flows.first ?? operands[0] }
        let texts = DiagramMaker.rebuilt(term, position, parts)
        if flows.isEmpty { return .constant(texts, isLeaf: parts.contains { if case .constant(_, true) = $0 { true } else { false } }) }
        let hasOthers = operands.contains { if case .constant = $0 { true } else { false } }
        return box(.operation, [hasOthers ? texts.text : name], flows)
    }

    /// The node with its operands as they were found; what flows is a blank.
    private static func rebuilt(_ term: Expr, _ position: Int, _ parts: [Part]) -> Expr {
        func written(_ part: Part, _ position: Int) -> [Expr.Node] {
            var label = term.nodes[position]
            if label.kind == .labelled {
                let value = written(part, term.children(of: position)[0])
                label.length = Int32(value.count + 1)
                return value + [label]
            }
            return switch part {
            case .constant(let constant, _): constant.nodes
            case .flow: Expr.variable("_").nodes
            default: term.subterm(at: position).nodes
            }
        }
        let nodes = zip(parts, term.children(of: position)).flatMap(written)
        var root = term.nodes[position]
        root.length = Int32(nodes.count + 1)
        return Expr(nodes: nodes + [root])
    }

    // MARK: - Layers

    private mutating func applied(_ function: Part, to x: Part) -> Part {
        switch function {
        case .sequence(let parts): return parts.reduce(x) { applied($1, to: $0) }
        case .constant(let term, _):
            let root = term.nodes[term.root]
            if term.text == "id" { return x }
            if root.kind == .call, term.arguments.count == 2, term.arguments[0].text == "residual" {
                let inner = term.arguments[1]
                let result = applied(part(inner, inner.root, [:]), to: x)
                return box(.operation, ["+"], [x, result])
            }
            return box(.operation, [term.text], [x])
        default: return x
        }
    }

    private mutating func applied(_ value: Value, to x: Part) -> Part {
        switch value {
        case .object(let object): return (object as? NetValue).map { applied($0.layer, to: x) } ?? x
        case .function(let function):
            if case .composed(let first, let second) = function.body { return applied(second, to: applied(first, to: x)) }
            if DiagramMaker.draws(value), case .term(let term) = function.program, term.parameters.count == 1 { return part(term.body, term.body.root, [term.parameters[0]: x]) }
            return box(.operation, [function.source], [x])
        default: return x
        }
    }

    private mutating func applied(_ layer: any Layer, to x: Part) -> Part {
        if let sequence = layer as? LayerSequence { return sequence.layers.reduce(x) { applied($1, to: $0) } }
        if let residual = layer as? Residual { return box(.operation, ["+"], [x, applied(residual.layer, to: x)]) }
        // `residual(conv(8) >> relu)`: what was composed by hand.
        let summary = layer.summary
        return box(.operation, summary.contains("->") ? [summary] : summary.split(separator: " >> ").map(String.init), [x])
    }
}

extension Function {
    fileprivate var isComposed: Bool { if case .composed = body { true } else { false } }
}
