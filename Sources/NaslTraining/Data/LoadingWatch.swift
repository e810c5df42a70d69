/// Who looks on while a data file is loaded: is told how far it is, and may stop it.
public struct LoadingWatch: Sendable {
    /// What is being done, for a line of progress.
    public struct Progress: Sendable {
        public let file: String
        /// "reading", "unpacking"; empty while rows are taken in.
        public let stage: String
        /// 0...1.
        public let fraction: Double
        /// Rows taken in so far.
        public let rows: Int
    }

    public let report: @Sendable (Progress) -> Void
    public let isInterrupted: @Sendable () -> Bool
    /// Is told of every file that was read, and of its content: `1,024 bytes, CRC-32 1a2b3c4d`.
    public let hasRead: @Sendable (_ file: String, _ content: String) -> Void

    public init(
        report: @escaping @Sendable (Progress) -> Void = { _ in }, isInterrupted: @escaping @Sendable () -> Bool = { false },
        hasRead: @escaping @Sendable (_ file: String, _ content: String) -> Void = { _, _ in }
    ) {
        self.report = report
        self.hasRead = hasRead
        self.isInterrupted = isInterrupted
    }

    /// Nobody.
    public static let none = LoadingWatch()

    /// Reports, and throws if loading is to stop. Called many times a second.
    func look(_ file: String, _ stage: String = "", done: Int, of total: Int, rows: Int = 0) throws(DataError) {
        if isInterrupted() { throw .interrupted(file) }
        report(Progress(file: file, stage: stage, fraction: total > 0 ? Double(done) / Double(total) : 1, rows: rows))
    }
}
