/// A task of which part of the candidate is already known: what is left open is searched.
extension TaskValue {
    /// The same task under another name with `fixed` programs, which searches `open` instead of all of its grammars.
    ///
    ///     task trains(f: Activation, lr: Rate) { ... }
    ///     // fixing f: relu, opening lr: Rate searches the learning rates of relu
    ///
    /// Throws where the grammars make no space.
    public convenience init(_ task: TaskValue, named name: String, fixed: [(name: String, value: Value)], open: [(name: String, grammar: GrammarValue)]) throws {
        var environment = task.environment
        for (name, value) in fixed { environment.bind(name, to: value) }
        try self.init(task, named: name, searched: open, in: environment)
    }

    /// The candidate of this task that its part `candidate` of an opened one stands for.
    public func completed(_ candidate: Value, of opened: TaskValue, fixed: [(name: String, value: Value)]) -> Value {
        guard searched.count > 1 else { return candidate }
        let found = fixed + opened.programs(of: candidate)
        return .record(Record(searched.compactMap { parameter in found.first { $0.name == parameter.name }.map { (parameter.name, $0.value) } }))
    }
}
