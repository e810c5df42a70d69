import ArgumentParser
import Glibc
import NaslSession
import NaslStore

/// Where runs are kept, for the commands that only look.
struct StoreOption: ParsableArguments {
    @Option(name: .customLong("store"), help: ArgumentHelp("The file that runs are kept in.", valueName: "file"))
    var path = "nasl.sqlite"

    /// Ends the program with the message where the store cannot be used.
    func use(for access: Store.Access = .reading, _ body: (Store) throws -> Void) {
        do { try body(try Store(path: path, for: access)) } catch let error as StoreError {
            Console().report((["error: \(error.title)"] + error.help.map { "  = help: \($0)" }).joined(separator: "\n"))
            Glibc.exit(1)
        } catch {
            Console().report("error: \(error)")
            Glibc.exit(1)
        }
    }
}

/// `nasl runs`: the runs in the store, a line each.
struct Runs: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the stored runs.")

    @OptionGroup var store: StoreOption

    func run() { store.use { print(try RunListing.table($0)) } }
}

/// `nasl show RUN`: what a run was started with, how far it is and what it has found.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a stored run: its task, its state, its best programs and what happened to it.")

    @Argument(help: "The run's name.")
    var name: String

    @OptionGroup var store: StoreOption

    func run() { store.use { print(try RunListing.description(of: name, in: $0)) } }
}

/// `nasl trials RUN`: all trials of a run.
struct Trials: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the trials of a stored run, as CSV with a header, or as JSON lines.",
        discussion: "Numbers have the shortest digits that read back to the same value.")

    @Argument(help: "The run's name.")
    var name: String

    @Flag(help: "Comma-separated values, the default.")
    var csv = false

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var store: StoreOption

    func validate() throws {
        if csv, json { throw ValidationError("Give --csv or --json, not both.") }
    }

    func run() {
        store.use { store in
            let console = Console()
            let run = try RunListing.run(named: name, in: store)
            let table = TrialTable(try store.metricNames(of: run), isRepeated: try !store.repetitions(of: run).isEmpty, hasBudgets: run.fullBudget != nil)
            if !json { console.write(table.header) }
            try store.forEachMeasuredTrial(of: run) { trial in console.write(json ? table.json(trial) : table.csv(trial)) }
        }
    }
}

/// `nasl compact`: makes the store small, after looking at every page and row of it.
struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the whole store, and give back the room that it no longer needs.",
        discussion: "Every page and every row's checksum is looked at first; a damaged store is left as it is. No trial is taken out.")

    @OptionGroup var store: StoreOption

    func run() {
        store.use(for: .writing) { store in
            let (before, after) = try store.compact()
            print("\(store.path): \(RunListing.sizeText(before)) before, \(RunListing.sizeText(after)) now")
        }
    }
}
