import NaslExpr

/// A node of a graph under construction, with ordinary notation.
public struct GraphTerm {
    let ref: Graph.Ref
    let builder: GraphBuilder

    public func apply(_ primitive: Primitive) -> GraphTerm { builder.apply(primitive, self) }

    func power(_ exponent: GraphTerm) -> GraphTerm { builder.apply(.pow, self, exponent) }

    public static func + (a: GraphTerm, b: GraphTerm) -> GraphTerm { a.builder.apply(.add, a, b) }
    public static func - (a: GraphTerm, b: GraphTerm) -> GraphTerm { a.builder.apply(.sub, a, b) }
    public static func * (a: GraphTerm, b: GraphTerm) -> GraphTerm { a.builder.apply(.mul, a, b) }
    public static func / (a: GraphTerm, b: GraphTerm) -> GraphTerm { a.builder.apply(.div, a, b) }
    public static func * (a: Double, b: GraphTerm) -> GraphTerm { b.builder.number(a) * b }
    public static func + (a: GraphTerm, b: Double) -> GraphTerm { a + a.builder.number(b) }
    public static func - (a: Double, b: GraphTerm) -> GraphTerm { b.builder.number(a) - b }
    public static func / (a: Double, b: GraphTerm) -> GraphTerm { b.builder.number(a) / b }
}

/// Holds the graph while formulas add to it.
final class GraphBuilder {
    var graph: Graph

    init(_ graph: Graph) { self.graph = graph }

    func number(_ value: Double) -> GraphTerm { GraphTerm(ref: graph.number(value), builder: self) }

    func apply(_ primitive: Primitive, _ a: GraphTerm, _ b: GraphTerm? = nil) -> GraphTerm {
        GraphTerm(ref: graph.apply(primitive, a.ref, b?.ref), builder: self)
    }
}
