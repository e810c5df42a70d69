import GRDB

/// Something that happened to a run: begun, resumed, stopped, ...
public struct RunEvent: Sendable, Hashable {
    /// Seconds since 1970.
    public let time: Double
    public let kind: String
    public let text: String
}

extension Store {
    /// What happened to a run, the oldest first.
    public func events(of run: StoredRun) throws(StoreError) -> [RunEvent] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT time, kind, text FROM events WHERE run = ? ORDER BY id", arguments: [run.id]).map {
                RunEvent(time: try $0.value("time"), kind: try $0.value("kind"), text: try $0.value("text"))
            }
        }
    }

    /// The names of the costs and metrics of a run's trials, as they first occur.
    public func metricNames(of run: StoredRun) throws(StoreError) -> (costs: [String], metrics: [String]) {
        var (costs, metrics): ([String], [String]) = ([], [])
        try read { db in
            for (column, isCost) in [("costs", true), ("metrics", false)] {
                // Distinct texts would be as many as trials: the names are read row by row.
                let rows = try Row.fetchCursor(db, sql: "SELECT \(column) FROM trials WHERE run = ? AND number <= ? ORDER BY number", arguments: [run.id, run.proposals])
                while let row = try rows.next() {
                    guard let text = try row.optional(column, as: String.self) else { continue }
                    guard let numbers = JSONText.record(text) else { throw StoreError.damaged(path, "a trial of `\(run.name)` has \(column) that cannot be read") }
                    for name in numbers.map(\.name) {
                        if isCost { if !costs.contains(name) { costs.append(name) } } else if !metrics.contains(name) { metrics.append(name) }
                    }
                }
            }
        }
        return (costs, metrics)
    }

    /// Looks at every page and every row; throws at the first that is damaged.
    public func check() throws(StoreError) {
        try read { db in
            let words = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
            if words != ["ok"] { throw StoreError.damaged(path, words.first ?? "its pages make no sense") }
        }
        for run in try runs() { try forEachMeasuredTrial(of: run) { _ in } }
    }

    /// Checks the store and writes it anew without empty pages.
    ///
    /// - Returns: the file's bytes before and after.
    public func compact() throws(StoreError) -> (before: Int, after: Int) {
        if let held = try runs().first(where: { $0.isHeld }), let holder = held.holder {
            throw StoreError("the run `\(held.name)` is held by \(holder.description)", help: "wait for it or end it")
        }
        try check()
        do {
            return try queue.writeWithoutTransaction { db in
                func bytes() throws -> Int {
                    try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0
                }
                let before = try bytes()
                try db.execute(sql: "DELETE FROM checkpoints AS old WHERE round < (SELECT max(round) FROM checkpoints WHERE run = old.run)")
                try db.execute(sql: "VACUUM")
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                return (before, try bytes())
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
