import ArgumentParser
import Glibc
import NaslSession

/// `nasl explain N0107`: the page about a message.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Explain a message by its code, or list all codes.")

    @Argument(help: ArgumentHelp("The code, such as N0107.", valueName: "code"))
    var code: String?

    func run() throws {
        guard let code else { return print(ErrorPage.overview) }
        guard let text = ErrorPage.text(about: code) else {
            Console().report("there is no message `\(code)`; `nasl explain` lists them")
            Glibc.exit(1)
        }
        print(text)
    }
}
