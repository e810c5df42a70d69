import NaslLanguage

/// What the user has bound, and who holds what was bound before.
extension Session {
    /// The name of the value that the prompt showed last.
    static let lastShown = "ans"

    /// Binds a name at the top level. A task or a grammar keeps what it was defined with: `notes` say which still hold the old value.
    func bind(_ name: String, to value: Value, by statement: Statement, mentions: Set<String> = []) {
        define(name, statement, value)
        let holders = environment[name] == nil ? [] : boundNames.filter { $0 != name && held[$0]?.contains(name) == true }
        notes += holders.compactMap { holder -> String? in
            switch environment[holder] {
            case .task: "note: the task `\(holder)` still holds the old `\(name)`"
            case .grammar: "note: the grammar `\(holder)` still holds the old `\(name)`"
            default: nil
            }
        }
        held[name] = mentions.filter { environment[$0] != nil && $0 != name }
        environment.bindGlobal(name, to: value)
        boundNames.removeAll { $0 == name }
        boundNames.append(name)
    }
}
