/// What `restore` takes: the earnings, how the shares have changed, and the states of the members.
extension AdaptiveController {
    public func state() -> [UInt8] {
        var writer = StateWriter(name)
        writer.add(trials)
        writer.add(earnings.best.candidates)
        writer.add(earnings.entries.map(\.member))
        for entry in earnings.entries { writer.add(entry.earned) }
        for share in earnings.shares { writer.add(share) }
        writer.add(allocations.map(\.trial))
        for share in allocations.flatMap(\.shares) { writer.add(share) }
        for controller in controllers { writer.add(controller.state()) }
        return writer.bytes
    }

    public func restore(_ state: [UInt8]) throws {
        var reader = try StateReader(state, of: name)
        let trials = try reader.int()
        let best = try reader.candidates()
        let entries = try reader.ints().map { Earnings.Entry(member: $0, earned: try reader.double()) }
        let shares = try reader.doubles(controllers.count)
        let allocations = try reader.ints().map { trial in Allocation(trial: trial, shares: try controllers.map { _ in try reader.double() }) }
        let states = try controllers.map { _ in try reader.bytes() }
        try reader.finish()
        guard trials >= 0, trials < 1 << 53, entries.allSatisfy({ controllers.indices.contains($0.member) }), shares.allSatisfy({ (0...1).contains($0) }) else { throw ControllerStateError(problem: "this state is damaged") }
        // All or nothing: what is of another space is refused before anything has changed.
        let before = controllers.map { $0.state() }
        do {
            for (controller, state) in zip(controllers, states) { try controller.restore(state) }
        } catch {
            for (controller, state) in zip(controllers, before) { try controller.restore(state) }
            throw error
        }
        set(earnings: Earnings(members: controllers.count, window: settings.window, floor: settings.floor, entries: entries, shares: shares,
                               best: PriorityQueue(capacity: settings.best, best)), trials: trials, allocations: allocations)
    }
}
