import Foundation
import GRDB
import NaslControl
import NaslSearch
import NaslStore
import Testing

/// Files that are no store, are damaged, or belong to somebody else.
@Suite struct CareTests {
    private static let definition = RunDefinition(task: "t", source: "", method: "random()", seed: 0)
    private static let origin = Origin(version: "1", machine: "test", instructions: "base")

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch { return "\(error)" }
    }

    private func bytes(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

    /// A store with a run of `trials` trials, closed.
    /// - Parameter isFirst: with trials as the first schema had them, which knew neither workers nor canonical forms.
    private func filled(_ path: String, trials: Int, isFirst: Bool = false) throws {
        let space = try trees(depth: 4)
        let store = try Store(path: path, for: .writing)
        let search = Search(space: space, controller: RandomController(space: space, seed: 0), settings: .init(trials: trials, patience: .max)) {
            Evaluation(reward: Double($0.sample.program.size))
        }
        let recorder = try store.begin("r", CareTests.definition, requested: trials, parent: nil, origin: CareTests.origin, state: [])
        if !isFirst { search.recorder = recorder }
        let run = search.run()
        if isFirst {
            let trials = run.proposals.map {
                Trial(index: $0.index, round: $0.round, choices: $0.choices, program: $0.program, text: $0.text, reward: $0.reward, status: $0.status, reason: $0.reason,
                      costs: $0.costs, metrics: $0.metrics, seconds: $0.seconds, seed: $0.seed, fromMemory: $0.fromMemory, logProbability: $0.logProbability)
            }
            try recorder.record(trials, progress: RecordedProgress(rounds: run.rounds, seconds: 0)) { [] }
        }
        try recorder.close(run.ending, state: [], last: run.proposals.last)
    }

    @Test func filesThatAreNoStores() throws {
        let folder = Folder()
        #expect(message { _ = try Store(path: folder.store, for: .reading) } == "there is no store `\(folder.store)`")
        #expect(message { _ = try Store(path: folder.path, for: .writing) } == "`\(folder.path)` is a folder, not a store")
        try Data("# a script\n".utf8).write(to: URL(fileURLWithPath: folder.store))
        #expect(message { _ = try Store(path: folder.store, for: .writing) } == "`\(folder.store)` is no store of nasl: it does not begin as one")
        #expect(bytes(folder.store) == Data("# a script\n".utf8))
        let foreign = folder.path + "/foreign.sqlite"
        try DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE notes (text)") }
        let empty = folder.path + "/empty.sqlite"
        try DatabaseQueue(path: empty).writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = -3") }
        for path in [foreign, empty] {
            let before = bytes(path)
            #expect(message { _ = try Store(path: path, for: .writing) } == "`\(path)` is a database of another program, no store of nasl")
            #expect(bytes(path) == before)
        }
        #expect(message { _ = try Store(path: folder.path + "/none/nasl.sqlite", for: .writing) }.contains("cannot be opened: its folder is missing"))
    }

    /// Each step had a transaction of its own once, and a list of them stood before the first.
    @Test(arguments: ["PRAGMA journal_mode = WAL", "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)"])
    func aStoreWhoseMakingWasCutShort(_ written: String) throws {
        let folder = Folder()
        try DatabaseQueue(path: folder.store).writeWithoutTransaction { try $0.execute(sql: written) }
        #expect(try Store(path: folder.store, for: .reading).run(named: "r") == nil)
        try filled(folder.store, trials: 20)
        let store = try Store(path: folder.store, for: .reading)
        #expect(try store.past(of: #require(try store.run(named: "r")), in: trees(depth: 4)).trials.count(where: \.isTrained) == 20)
    }

    @Test func aNewerStoreIsLeftAlone() throws {
        let folder = Folder()
        try filled(folder.store, trials: 20)
        try DatabaseQueue(path: folder.store).writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)") }
        let before = bytes(folder.store)
        for access in [Store.Access.reading, .writing] {
            #expect(message { _ = try Store(path: folder.store, for: access) }.contains("was written by a newer nasl: its schema is 99"))
        }
        #expect(bytes(folder.store) == before)
    }

    @Test func aNumberOfNoSchema() throws {
        let folder = Folder()
        try filled(folder.store, trials: 20)
        try DatabaseQueue(path: folder.store).writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = -3") }
        #expect(message { _ = try Store(path: folder.store, for: .writing) } == "the store `\(folder.store)` is damaged: its schema is -3")
    }

    @Test func anOlderStoreIsBroughtUp() throws {
        let folder = Folder()
        try filled(folder.store, trials: 20, isFirst: true)
        try DatabaseQueue(path: folder.store).write { db in
            try db.execute(sql: "DROP TABLE early; ALTER TABLE trials DROP COLUMN canonical; ALTER TABLE trials DROP COLUMN worker; ALTER TABLE trials DROP COLUMN constants; ALTER TABLE trials DROP COLUMN budget; DROP TABLE repetitions; CREATE TABLE grdb_migrations (identifier TEXT); PRAGMA user_version = 1")
        }
        let old = try Store(path: folder.store, for: .reading)
        #expect(try old.trials(of: #require(try old.run(named: "r"))).count { !$0.fromMemory } == 20)
        let new = try Store(path: folder.store, for: .writing)
        #expect(try new.past(of: #require(try new.run(named: "r")), in: trees(depth: 4)).trials.count(where: \.isTrained) == 20)
        let version = try DatabaseQueue(path: folder.store).read { try Int.fetchOne($0, sql: "SELECT user_version + (SELECT count(*) FROM early) FROM pragma_user_version") }
        #expect(version == 6)
    }

    /// The schema before budgets.
    @Test func aStoreWithoutBudgetsIsBroughtUp() throws {
        let folder = Folder()
        try filled(folder.store, trials: 20)
        try DatabaseQueue(path: folder.store).write { db in
            try db.execute(sql: "ALTER TABLE trials DROP COLUMN budget; PRAGMA user_version = 4")
        }
        func lines(_ access: Store.Access) throws -> [String] {
            let store = try Store(path: folder.store, for: access)
            let run = try #require(try store.run(named: "r"))
            #expect(try store.spent(in: run) == 20 && run.fullBudget == nil)
            return try store.trials(of: run).map { "\($0)" } + store.top(5, of: run).map { "\($0)" }
        }
        let old = try lines(.reading)
        #expect(old.count > 20 && old.allSatisfy { $0.contains("budget: nil") })
        #expect(try lines(.writing) == old)
        #expect(try DatabaseQueue(path: folder.store).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM pragma_table_info('trials') WHERE name = 'budget'") } == 1)
    }

    @Test func aHeldRunIsNotTaken() throws {
        let folder = Folder()
        try filled(folder.store, trials: 20)
        let store = try Store(path: folder.store, for: .writing)
        let sleeper = Process()
        sleeper.executableURL = URL(fileURLWithPath: "/bin/sleep")
        sleeper.arguments = ["60"]
        try sleeper.run()
        func hold(_ text: String) throws { try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "UPDATE runs SET holder = ?", arguments: [text]) } }
        // A process that was killed holds nothing; neither does one whose number was given to another.
        for holder in ["\(sleeper.processIdentifier) \(Foundation.ProcessInfo.processInfo.hostName) 0 another", "999999999 elsewhere 0 "] {
            try hold(holder)
            try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "UPDATE runs SET changed = 0") }
            #expect(try store.run(named: "r")?.isHeld == false)
        }
        // One on another machine that has just written holds it.
        try hold("17 elsewhere 1764200000 ")
        try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "UPDATE runs SET changed = ?", arguments: [Date().timeIntervalSince1970]) }
        let run = try #require(try store.run(named: "r"))
        #expect(run.isHeld)
        #expect(message { _ = try store.take(run, requested: 40, origin: CareTests.origin) } == "the run `r` is held by process 17 on elsewhere, since 2025-11-26 23:33:20 UTC")
        sleeper.terminate()
    }

    /// A bit is flipped at many places, the file is cut at many lengths: what is read is what was written, or there is an error.
    @Test func damage() throws {
        let folder = Folder()
        try filled(folder.store, trials: 100)
        try DatabaseQueue(path: folder.store).writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        let whole = try #require(bytes(folder.store))
        func lines(_ path: String) throws -> [String] {
            let store = try Store(path: path, for: .reading)
            guard let run = try store.run(named: "r") else { return [] }
            return try store.trials(of: run).map { "\($0)" } + store.top(10, of: run).map { "\($0)" }
        }
        let expected = try lines(folder.store)
        #expect(expected.count >= 110)
        var (same, refused) = (0, 0)
        func look(_ data: Data) throws {
            let path = folder.path + "/damaged.sqlite"
            try data.write(to: URL(fileURLWithPath: path))
            do {
                let found = try lines(path)
                if found == expected { same += 1 } else { Issue.record("read \(found.count) lines that were not written") }
            } catch let error as StoreError {
                #expect(!error.description.isEmpty)
                refused += 1
            }
            #expect(bytes(path) == data)
        }
        for step in 0..<150 {
            var data = whole
            let place = (step * 7919 * 31) % whole.count
            data[place] ^= 1 << (step % 8)
            try look(data)
        }
        for part in 1..<20 { try look(whole.prefix(whole.count * part / 20)) }
        #expect(refused > 50)
    }
}
