import GRDB

/// What a run was started with.
public struct RunDefinition: Sendable, Hashable {
    /// The task's name.
    public var task: String
    /// The task, its grammars and all that they mention, as a script.
    public var source: String
    /// As it would be written: `ppo(batch: 40)`.
    public var method: String
    public var seed: Int
    /// Further arguments of the search that its result depends on, by name.
    public var settings: [String: String]

    public init(task: String, source: String, method: String, seed: Int, settings: [String: String] = [:]) {
        self.task = task
        self.source = source
        self.method = method
        self.seed = seed
        self.settings = settings
    }

    func checksum(_ name: String) -> Int64 {
        var sum = Checksum()
        for text in [name, task, source, method, SettingsText.text(settings)] { sum.add(text) }
        sum.add(seed)
        return sum.value
    }
}

/// Where a run is.
public enum RunState: String, Sendable, Hashable, CaseIterable {
    /// A process works on it, or was killed while it did.
    case running
    case stopped
    case finished
    /// Its space holds nothing more.
    case exhausted
    /// Its last rounds brought no new program.
    case nothingNew = "nothing new"
}

/// What made a run: versions of the program and of the machine.
public struct Origin: Sendable, Hashable {
    public var version: String
    public var machine: String
    /// The instruction set of the kernels, on which last bits depend.
    public var instructions: String

    public init(version: String, machine: String, instructions: String) {
        self.version = version
        self.machine = machine
        self.instructions = instructions
    }
}

/// A run as it stood in the store when it was asked for.
public struct StoredRun: Sendable {
    let id: Int64
    public let name: String
    public let definition: RunDefinition
    /// Trials asked for.
    public let requested: Int
    /// The name of the run whose trials its controller began with.
    public let parent: String?
    public let state: RunState
    public let rounds: Int
    public let seconds: Double
    /// Whether a time limit has decided about a trial, so that the same seed may give another run.
    public let dependsOnTime: Bool
    /// Seconds since 1970.
    public let created: Double
    public let changed: Double
    public let origin: Origin
    public let holder: Holder?
    /// Proposals stored: trials, and programs that were the same as an earlier one's.
    public let proposals: Int
    /// Trials among them.
    public let trials: Int

    /// The columns that `init` reads.
    static let selection = """
        SELECT runs.*, (SELECT count(*) FROM trials WHERE trials.run = runs.id AND trials.number <= runs.trials AND trials.from_memory = 0 AND trials.status <> 'rejected') AS trained FROM runs
        """

    /// - Throws: where the row is not what was once written.
    init(_ row: Row, in path: String) throws {
        id = try row.value("id")
        name = try row.value("name")
        definition = RunDefinition(
            task: try row.value("task"), source: try row.value("source"), method: try row.value("method"),
            seed: try row.value("seed"), settings: SettingsText.settings(try row.value("settings")))
        requested = try row.value("requested")
        parent = try row.optional("parent")
        state = RunState(rawValue: try row.value("state")) ?? .stopped
        rounds = try row.value("rounds")
        seconds = try row.value("seconds")
        dependsOnTime = try row.value("depends_on_time")
        created = try row.value("created")
        changed = try row.value("changed")
        origin = Origin(version: try row.value("version"), machine: try row.value("machine"), instructions: try row.value("instructions"))
        holder = (try row.optional("holder")).flatMap { Holder($0) }
        proposals = try row.value("trials")
        trials = try row.value("trained")
        guard try row.value("checksum", as: Int64.self) == definition.checksum(name) else {
            throw StoreError.damaged(path, "the run `\(name)` does not fit its checksum")
        }
    }

    /// The budget with which its trials count; nil where its method gives none.
    public var fullBudget: Double? { definition.settings["full budget"]?.split(separator: " ").first.flatMap { Double($0) } }

    /// The task's setting that is the budget.
    public var budgetName: String? { definition.settings["full budget"]?.split(separator: " ").last.map(String.init) }

    /// Whether a process that is alive, other than this one, works on it.
    public var isHeld: Bool { holder?.isAnotherAlive(changed: changed) ?? false }

    /// `running`, `broken off`, `finished`, ...
    public var stateText: String { state == .running && !isHeld ? "broken off" : state.rawValue }
}

/// Named texts as lines of `name: text` in one column, in the order of their names.
enum SettingsText {
    static func text(_ settings: [String: String]) -> String { settings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n") }

    static func settings(_ text: String) -> [String: String] {
        var settings: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            settings[String(line[..<colon])] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return settings
    }
}

extension Store {
    /// All runs, the oldest first.
    public func runs() throws(StoreError) -> [StoredRun] {
        try read { db in
            guard try db.tableExists("runs") else { return [] }
            return try Row.fetchAll(db, sql: "\(StoredRun.selection) ORDER BY id").map { try StoredRun($0, in: path) }
        }
    }

    /// The run of this name; nil where there is none.
    public func run(named name: String) throws(StoreError) -> StoredRun? {
        try read { db in
            guard try db.tableExists("runs") else { return nil }
            return try Row.fetchOne(db, sql: "\(StoredRun.selection) WHERE name = ?", arguments: [name]).map { try StoredRun($0, in: path) }
        }
    }
}
