import ArgumentParser
import Glibc
import NaslSession
import Synchronization

/// `nasl doctest FILE.md...`: types the transcripts of documents again; exits with 1 if an answer differs.
struct Doctests: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctest",
        abstract: "Check the nasl transcripts of Markdown files.",
        discussion: """
            In a block that begins with ```nasl, what follows `nasl> ` is typed again and must answer what stands below it; a block without \
            prompts is a script, which must not fail. `...` stands for anything. After ```nasl may stand `tolerance=0.05`, for numbers, and \
            `error`, for what must fail.
            """)

    @Argument(help: ArgumentHelp("The documents.", valueName: "file"))
    var files: [String]

    @Option(help: "Children trained at once; by default one for each processor.")
    var workers: Int?

    @Flag(help: "Let the documents run other programs, with `command`.")
    var allowRun = false

    func validate() throws {
        if let workers, !(1...1024).contains(workers) { throw ValidationError("--workers takes a number from 1 to 1024, not \(workers).") }
    }

    func run() throws {
        let (files, allowRun) = (files, allowRun)
        let workers = workers ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let failed = Atomic<Int>(0)
        onLargeStack {
            let console = Console()
            var total = Doctest.Report()
            for file in files {
                var options = SessionOptions()
                options.workers = workers
                options.allowRun = allowRun
                do {
                    let report = try Doctest.run(try Doctest.text(of: file), name: file, options: options)
                    for mismatch in report.mismatches { console.write(mismatch + "\n") }
                    total.passed += report.passed
                    total.mismatches += report.mismatches
                } catch {
                    console.report("\(error)")
                    total.mismatches.append(file)
                }
            }
            console.write("\(total.passed) passed, \(total.failed) failed")
            failed.store(total.failed, ordering: .relaxed)
        }
        Glibc.exit(failed.load(ordering: .relaxed) == 0 ? 0 : 1)
    }
}
