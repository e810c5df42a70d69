import ArgumentParser
import Glibc
import NaslSession
import Synchronization

/// `nasl`, `nasl FILE`, `nasl run FILE`, `nasl -e TEXT`, text on stdin. A failed script exits with 1, a wrong call with 2.
@main
struct Nasl: ParsableCommand {
    static let version = NaslVersion.text

    static let configuration = CommandConfiguration(
        commandName: "nasl",
        abstract: "Search spaces of programs: write a small grammar and a task that earns the reward, and search it.",
        discussion: "Without a file it is a prompt; try `help()` there.",
        version: "nasl \(Nasl.version)",
        subcommands: [Run.self, Check.self, Format.self, Explain.self, Doctests.self, Runs.self, Show.self, Trials.self, Compact.self, Worker.self],
        defaultSubcommand: Run.self)

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let code = exitCode(for: error)
            // 64 is what the parser says of a wrong call.
            guard code == .validationFailure else { exit(withError: error) }
            Console().report(fullMessage(for: error))
            Glibc.exit(2)
        }
    }
}

/// Runs a script, a text or what stands on stdin; on a terminal, the prompt.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run a script, or start the prompt.")

    @Argument(help: ArgumentHelp("The script to run; - for stdin.", valueName: "file"))
    var file: String?

    @Option(name: [.customShort("e"), .customLong("evaluate")], help: "Evaluate this text instead of a file.")
    var text: String?

    @Option(help: "Children trained at once; by default one for each processor.")
    var workers: Int?

    @Option(help: ArgumentHelp(
        "Evaluate the trials of searches on a Ray cluster: ray begins one on this machine, ray:HOST:PORT and ray:auto join one that runs. docs/scaling.md says what it needs. With --workers at most so many at once.",
        valueName: "cluster"))
    var on: Cluster?

    @Option(help: "The seed of what is drawn outside a search.")
    var seed: Int = 0

    @Option(help: ArgumentHelp("Keep the trials of every search in this file; without it only searches with `save:`, in nasl.sqlite.", valueName: "file"))
    var store: String?

    @Flag(help: "Let the script run other programs, with `command`.")
    var allowRun = false

    func validate() throws {
        if file != nil, text != nil { throw ValidationError("Give a file or -e TEXT, not both.") }
        if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers takes a number from 1 to 1024, not \(workers).") }
    }

    func run() throws {
        let call = Call(file: file, text: text, workers: workers, seed: seed, allowRun: allowRun, store: store, cluster: on)
        let status = Atomic<Int32>(1)
        onLargeStack { status.store(call.run(), ordering: .relaxed) }
        // Without the runtime's own clean-up, which would wait for threads.
        Glibc.exit(status.load(ordering: .relaxed))
    }
}
