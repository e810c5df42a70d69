import Foundation
import GRDB
import NaslSearch
import NaslSpace

extension Store {
    /// Begins a run and takes hold of it.
    ///
    /// - Parameter state: the controller's, before the first round.
    public func begin(_ name: String, _ definition: RunDefinition, requested: Int, parent: String?, origin: Origin, state: [UInt8]) throws(StoreError) -> RunRecorder {
        let id = try write { db in
            let now = Holder.now()
            if try Bool.fetchOne(db, sql: "SELECT 1 FROM runs WHERE name = ?", arguments: [name]) ?? false {
                throw StoreError("there is a run `\(name)` in `\(path)` already")
            }
            try db.execute(
                sql: """
                    INSERT INTO runs (name, task, source, method, seed, requested, settings, parent, state, rounds, trials, seconds, depends_on_time,
                        created, changed, version, machine, instructions, holder, checksum)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', 0, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    name, definition.task, definition.source, definition.method, definition.seed, requested, SettingsText.text(definition.settings), parent,
                    now, now, origin.version, origin.machine, origin.instructions, Holder.current().text, definition.checksum(name),
                ])
            let id = db.lastInsertedRowID
            try Store.note(db, id, "begun", "\(requested) trials asked for, nasl \(origin.version), \(origin.machine), \(origin.instructions)")
            return id
        }
        let recorder = RunRecorder(self, name, run: id, trials: 0, progress: RecordedProgress(rounds: 0, seconds: 0))
        recorder.keep(state, nil)
        do { try recorder.write(now: true) } catch { throw StoreError(error, path: path) }
        return recorder
    }

    /// Takes hold of a run, to go on with it; refused where another process that is alive holds it.
    public func take(_ run: StoredRun, requested: Int, origin: Origin) throws(StoreError) -> RunRecorder {
        try write { db in
            guard let row = try Row.fetchOne(db, sql: "\(StoredRun.selection) WHERE id = ?", arguments: [run.id]) else {
                throw StoreError("the run `\(run.name)` is no longer in `\(path)`")
            }
            let found = try StoredRun(row, in: path)
            if let holder = found.holder, found.isHeld {
                throw StoreError("the run `\(run.name)` is held by \(holder.description)",
                                 help: "wait for it or end it; until then its trials can be read: `runs(\"\(run.name)\").top(5)`, `nasl trials \(run.name)`")
            }
            if found.proposals != run.proposals { throw StoreError("the run `\(run.name)` was changed by another process just now", help: "try again") }
            try db.execute(
                sql: "UPDATE runs SET state = 'running', requested = ?, holder = ? WHERE id = ?", arguments: [requested, Holder.current().text, run.id])
            try Store.note(db, run.id, "resumed", "after trial \(run.trials), \(requested) asked for, nasl \(origin.version), \(origin.machine), \(origin.instructions)")
        }
        return RunRecorder(self, run.name, run: run.id, trials: run.proposals, progress: RecordedProgress(rounds: run.rounds, seconds: run.seconds))
    }

    /// What a search needs to go on with a run.
    public func past(of run: StoredRun, in space: Space) throws(StoreError) -> Past {
        var trials: [Trial] = []
        trials.reserveCapacity(run.proposals)
        try forEachTrial(of: run) { row in
            guard let trial = row.trial(in: space) else {
                throw StoreError.damaged(path, "the choices of trial \(row.number) of `\(run.name)` are no program of its grammar")
            }
            trials.append(trial)
        }
        return Past(trials: trials, repetitions: try repetitions(of: run), checkpoint: try checkpoint(of: run, trials: trials.count), early: try early(of: run), seconds: run.seconds)
    }

    /// What is known of the round that was in flight; a store of the first schema knows nothing.
    private func early(of run: StoredRun) throws(StoreError) -> [EarlyEvaluation] {
        try read { db in
            guard try db.tableExists("early") else { return [] }
            return try Row.fetchAll(db, sql: "SELECT * FROM early WHERE run = ? AND round >= ?", arguments: [run.id, run.rounds]).compactMap {
                try StoredEvaluation.evaluation($0, run.id)
            }
        }
    }

    /// The newest whole checkpoint that the trials reach.
    private func checkpoint(of run: StoredRun, trials: Int) throws(StoreError) -> (rounds: Int, state: [UInt8])? {
        try read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT * FROM checkpoints WHERE run = ? ORDER BY round DESC", arguments: [run.id])
            for row in rows {
                let (round, count) = (try row.value("round", as: Int.self), try row.value("trials", as: Int.self))
                let state = [UInt8](try row.value("state", as: Data.self))
                var sum = Checksum()
                sum.add(Int(run.id))
                sum.add(round)
                sum.add(count)
                sum.add(state)
                guard try row.value("checksum", as: Int64.self) == sum.value else { continue }
                if count > trials { throw StoreError.damaged(path, "trials of `\(run.name)` are missing: \(trials) are there, \(count) were written") }
                return (round, state)
            }
            if !rows.isEmpty { throw StoreError.damaged(path, "no checkpoint of `\(run.name)` fits its checksum") }
            return nil
        }
    }

    static func note(_ db: Database, _ run: Int64, _ kind: String, _ text: String) throws {
        try db.execute(sql: "INSERT INTO events (run, time, kind, text) VALUES (?, ?, ?, ?)", arguments: [run, Holder.now(), kind, text])
    }
}
