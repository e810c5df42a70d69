import NaslExpr

extension Interpreter {
    /// The settings of a task as its defaults give them, without a candidate: a default that mentions one is an error, as an unknown name.
    public func defaults(of task: TaskValue, at range: SourceRange) throws -> [(name: String, value: Value)] {
        let environment = try bind([], to: task.settings, of: task.name, in: task.environment, at: range)
        return task.settings.compactMap { setting in environment[setting.name].map { (setting.name, $0) } }
    }
}
