import NaslExpr

/// Knows which programs of a run are the same, so that none is evaluated twice.
public protocol RepeatIndex: AnyObject {
    /// The text of the first program asked for that is the same as this one: its own where there is none. The answers depend on nothing but the
    /// programs that were asked for before, and their order.
    func representative(of program: Expr, text: String) -> String
}
