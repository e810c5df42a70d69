/// Elementwise terms with equal parts shared: the form in which they are differentiated and compiled.
///
///     var graph = Graph(inputs: 1)
///     let y = try graph.insert(term, ["x": graph.input(0)])
///     let slope = graph.gradient(of: y, seed: graph.number(1), by: [graph.input(0)])[0]
///
/// Nodes stand in an order in which arguments come before their users; equal nodes are one node.
public struct Graph: Sendable {
    public struct Ref: Hashable, Sendable {
        public let position: Int32
        package init(_ position: Int) { self.position = Int32(position) }
        package var index: Int { Int(position) }
    }

    public enum Node: Hashable, Sendable {
        case input(Int32)
        /// The bits of a double, so that equal NaNs are one node.
        case number(UInt64)
        case apply(Primitive, Ref, Ref, Ref)
    }

    public private(set) var nodes: [Node] = []
    public let inputCount: Int
    private var known: [Node: Ref] = [:]
    /// The number of the next place with a random draw; a graph that runs beside others begins where they ended.
    public var nextSite = 0

    public init(inputs: Int) {
        inputCount = inputs
        for input in 0..<inputs { _ = node(.input(Int32(input))) }
    }

    public func input(_ index: Int) -> Ref { Ref(index) }

    public mutating func number(_ value: Double) -> Ref { node(.number(value.bitPattern)) }

    /// The number at `ref`, if it is one.
    public func constant(at ref: Ref) -> Double? {
        if case .number(let bits) = nodes[ref.index] { Double(bitPattern: bits) } else { nil }
    }

    /// `primitive` applied; numbers are folded, and `x * 1`, `x / 1`, `x - 0`, `x ^ 1` are `x`. Nothing is dropped that could be
    /// infinite or NaN.
    public mutating func apply(_ primitive: Primitive, _ a: Ref, _ b: Ref? = nil, _ c: Ref? = nil) -> Ref {
        if primitive.isRandom { return draw(primitive, a, b) }
        let numbers = (constant(at: a), b.flatMap(constant(at:)), c.flatMap(constant(at:)))
        switch primitive.arity {
        case 1:
            if let x = numbers.0 { return number(primitive.row.evaluate(x, 0, 0)) }
            if primitive == .id { return a }
        case 2:
            if let x = numbers.0, let y = numbers.1 { return number(primitive.row.evaluate(x, y, 0)) }
            if primitive == .mul, numbers.0 == 1 { return b! }
            if [.mul, .div, .pow].contains(primitive), numbers.1 == 1 { return a }
            if primitive == .sub, numbers.1 == 0 { return a }
            if primitive == .left { return a }
        default:
            if let x = numbers.0, let y = b, let z = c { return x != 0 ? y : z }
        }
        return node(.apply(primitive, a, b ?? a, c ?? a))
    }

    /// A random primitive at a site of its own.
    private mutating func draw(_ primitive: Primitive, _ a: Ref, _ b: Ref?) -> Ref {
        let site = number(Double(nextSite))
        nextSite += 1
        return redraw(primitive, a, b, site)
    }

    /// What was drawn at a site, with other arguments.
    mutating func redraw(_ primitive: Primitive, _ a: Ref, _ b: Ref?, _ site: Ref) -> Ref {
        primitive == .noise ? node(.apply(primitive, a, site, a)) : node(.apply(primitive, a, b ?? a, site))
    }

    /// The arguments of the node at `ref`, as many as its primitive has.
    public func arguments(at ref: Ref) -> [Ref] {
        guard case .apply(let primitive, let a, let b, let c) = nodes[ref.index] else { return [] }
        return Array([a, b, c].prefix(primitive.arity))
    }

    private mutating func node(_ node: Node) -> Ref {
        if let ref = known[node] { return ref }
        let ref = Ref(nodes.count)
        nodes.append(node)
        known[node] = ref
        return ref
    }
}
