import ArgumentParser
import Glibc
import NaslSession
import Synchronization

/// `nasl check FILE...`: finds mistakes without running anything; exits with 1 if there is one.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find mistakes in scripts without running them.",
        discussion: """
            Reads each script and what it imports, judges its grammars and tasks, and looks up every name and label, those in the bodies of \
            functions and tasks among them. Values are not computed, except plain ones that a grammar may need, such as `let n = 2 * 3`.
            """)

    @Argument(help: ArgumentHelp("The scripts; - for stdin.", valueName: "file"))
    var files: [String]

    func run() throws {
        let files = files
        let failed = Atomic<Bool>(false)
        onLargeStack {
            let console = Console()
            var mistakes = 0
            for file in files {
                var options = SessionOptions()
                options.color = console.hasColor
                do {
                    var checker = try Checker(options) { console.report($0) }
                    if file == "-" { checker.check(StandardInput.read(), name: "<stdin>") } else { checker.check(file: file) }
                    mistakes += checker.mistakes
                } catch {
                    console.report("nasl cannot start: \(error)")
                    mistakes += 1
                }
            }
            let scripts = files.count == 1 ? "1 script" : "\(files.count) scripts"
            console.write("\(scripts), \(mistakes == 0 ? "no mistakes" : mistakes == 1 ? "1 mistake" : "\(mistakes) mistakes")")
            if mistakes > 0 { failed.store(true, ordering: .relaxed) }
        }
        Glibc.exit(failed.load(ordering: .relaxed) ? 1 : 0)
    }
}
