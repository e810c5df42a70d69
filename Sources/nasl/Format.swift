import ArgumentParser
import Glibc
import NaslSession
import Synchronization

/// `nasl fmt FILE...`: writes scripts in the one form that everybody's has.
struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Write scripts in the common form.",
        discussion: """
            Spaces, indentation and the alignment of rules change, and lines of more than \(FileFormatting.width) columns are broken; tokens, comments \
            and meaning stay. A script with mistakes is left as it is. `-` reads from stdin and writes to stdout.
            """)

    @Argument(help: ArgumentHelp("The scripts; - for stdin.", valueName: "file"))
    var files: [String]

    @Flag(help: "Write nothing; name the files that are not in the common form and exit with 1.")
    var check = false

    func run() throws {
        let (files, isCheck) = (files, check)
        let failed = Atomic<Bool>(false)
        onLargeStack {
            let console = Console()
            for file in files where !FileFormatting.run(file, isCheck: isCheck, console) { failed.store(true, ordering: .relaxed) }
        }
        Glibc.exit(failed.load(ordering: .relaxed) ? 1 : 0)
    }
}
