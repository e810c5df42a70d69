import GRDB

/// The tables of a store; `docs/store.md` describes them. A change is a further step, never a change of one that stands here.
enum Schema {
    /// "nasl", in the file's header.
    static let applicationID: Int32 = 0x6e61_736c
    private static let steps = [first, second, third, fourth, fifth, sixth]
    /// The number of steps; in the file's header as `user_version`.
    static var version: Int32 { Int32(steps.count) }

    static func version(of db: Database) throws -> Int32 { try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }

    /// Makes the tables of an empty file, or brings an older store to the newest schema: in one transaction, so that a kill leaves nothing half made
    /// and others that open the file wait.
    static func bringUp(_ db: Database) throws {
        if try version(of: db) >= version { return }
        try db.inTransaction(.immediate) {
            // Another may have done it meanwhile.
            let done = try version(of: db)
            if done >= version { return .rollback }
            for step in steps.dropFirst(Int(done)) { try db.execute(sql: step) }
            try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
            return .commit
        }
    }

    /// Columns of rewards and probabilities have no type: in a column of type REAL SQLite keeps -0.0 as 0.
    private static let first = """
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            task TEXT NOT NULL,
            source TEXT NOT NULL,
            method TEXT NOT NULL,
            seed INTEGER NOT NULL,
            requested INTEGER NOT NULL,
            settings TEXT NOT NULL,
            parent TEXT,
            state TEXT NOT NULL,
            rounds INTEGER NOT NULL,
            trials INTEGER NOT NULL,
            seconds REAL NOT NULL,
            depends_on_time INTEGER NOT NULL,
            created REAL NOT NULL,
            changed REAL NOT NULL,
            version TEXT NOT NULL,
            machine TEXT NOT NULL,
            instructions TEXT NOT NULL,
            holder TEXT,
            checksum INTEGER NOT NULL
        );
        CREATE TABLE trials (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            round INTEGER NOT NULL,
            choices TEXT NOT NULL,
            program TEXT NOT NULL,
            reward,
            status TEXT NOT NULL,
            reason TEXT,
            costs TEXT,
            metrics TEXT,
            seed INTEGER NOT NULL,
            seconds REAL NOT NULL,
            from_memory INTEGER NOT NULL,
            log_p,
            recorded REAL NOT NULL,
            checksum INTEGER NOT NULL,
            PRIMARY KEY (run, number)
        ) WITHOUT ROWID;
        CREATE INDEX trials_by_reward ON trials (run, reward DESC, number) WHERE from_memory = 0 AND reward IS NOT NULL;
        CREATE INDEX trials_failed ON trials (run, number) WHERE reward IS NULL;
        CREATE TABLE checkpoints (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            round INTEGER NOT NULL,
            trials INTEGER NOT NULL,
            state BLOB NOT NULL,
            checksum INTEGER NOT NULL,
            PRIMARY KEY (run, round)
        );
        CREATE TABLE events (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            time REAL NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL
        );
        """

    /// What came of candidates whose round is not finished; canonical forms and workers of trials.
    private static let second = """
        ALTER TABLE trials ADD COLUMN canonical TEXT;
        ALTER TABLE trials ADD COLUMN worker INTEGER;
        CREATE TABLE early (
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            round INTEGER NOT NULL,
            program TEXT NOT NULL,
            reward,
            status TEXT NOT NULL,
            reason TEXT,
            costs TEXT,
            metrics TEXT,
            seconds REAL NOT NULL,
            worker INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            PRIMARY KEY (run, round, program)
        ) WITHOUT ROWID;
        """

    /// What constants of programs were fitted to.
    private static let third = """
        ALTER TABLE trials ADD COLUMN constants TEXT;
        ALTER TABLE early ADD COLUMN constants TEXT;
        """

    /// Further evaluations of programs, in the order in which they were made.
    private static let fourth = """
        CREATE TABLE repetitions (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            trial INTEGER NOT NULL,
            number INTEGER NOT NULL,
            round INTEGER NOT NULL,
            reward,
            status TEXT NOT NULL,
            reason TEXT,
            seconds REAL NOT NULL,
            worker INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            UNIQUE (run, trial, number)
        );
        """

    /// With which budget a trial was run.
    private static let fifth = "ALTER TABLE trials ADD COLUMN budget"

    /// The steps up to here were once counted in a table, too, each in a transaction of its own.
    private static let sixth = "DROP TABLE IF EXISTS grdb_migrations"
}
