/// The names that are visible at a place. An environment never changes: binding makes a new one, and a closure keeps the one it was
/// written in.
public struct Environment: Sendable {
    /// Names bound inside functions, blocks and lambdas, innermost last.
    private var locals: [(name: String, value: Value)] = []
    /// Names bound at the top level, the library's among them.
    public private(set) var globals: [String: Value]

    public init(globals: [String: Value]) { self.globals = globals }

    public subscript(name: String) -> Value? {
        for local in locals.reversed() where local.name == name { return local.value }
        return globals[name]
    }

    public func binding(_ name: String, to value: Value) -> Environment {
        var copy = self
        copy.locals.append((name, value))
        return copy
    }

    public mutating func bind(_ name: String, to value: Value) { locals.append((name, value)) }

    public mutating func bindGlobal(_ name: String, to value: Value) { globals[name] = value }

    /// What was bound inside functions, blocks and lambdas, the innermost first.
    var captured: [Value] { locals.reversed().map(\.value) }

    public var names: [String] { locals.map(\.name) + globals.keys }
}
