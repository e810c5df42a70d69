/// What `restore` takes: where the bracket is, what programs have earned at the rungs, and the state of the inner method.
extension HyperbandController {
    public func state() -> [UInt8] {
        var writer = StateWriter(name)
        for number in [bracket, rung, innerRounds] { writer.add(number) }
        writer.add(promoted)
        writer.add(entrants.count)
        for entrant in entrants {
            writer.add(entrant.choices)
            writer.add(entrant.logProbability)
            writer.add(entrant.program)
        }
        writer.add(ledger.names.count)
        for (name, rewards) in zip(ledger.names, ledger.rewards) {
            writer.add([UInt8](name.utf8))
            for reward in rewards { writer.add(reward) }
        }
        writer.add(inner.state())
        return writer.bytes
    }

    public func restore(_ state: [UInt8]) throws {
        var reader = try StateReader(state, of: name)
        let (bracket, rung, innerRounds) = (try reader.int(), try reader.int(), try reader.int())
        let promoted = try reader.ints()
        let entrants = try (0..<reader.count(24)).map { _ in Entrant(choices: try reader.ints(), logProbability: try reader.double(), program: try reader.int()) }
        var ledger = RungLedger(rungs: plan.budgets.count)
        for _ in 0..<(try reader.count(8)) { ledger.add(String(decoding: try reader.bytes(), as: UTF8.self), try reader.doubles(plan.budgets.count)) }
        let own = try reader.bytes()
        try reader.finish()
        guard (0..<1 << 32).contains(bracket), (0..<1 << 48).contains(innerRounds), (plan.firstRung(of: bracket)..<plan.budgets.count).contains(rung),
              promoted.allSatisfy(entrants.indices.contains), entrants.allSatisfy({ ledger.names.indices.contains($0.program) }),
              promoted.isEmpty == (rung == plan.firstRung(of: bracket))
        else { throw ControllerStateError(problem: "this state is damaged") }
        try inner.restore(own)
        set(bracket: bracket, rung: rung, innerRounds: innerRounds, entrants: entrants, promoted: promoted, ledger: ledger)
    }
}
