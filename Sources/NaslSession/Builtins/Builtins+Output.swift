import NaslExpr
import NaslLanguage

extension Builtins {
    static let output: [Builtin] = [
        Builtin("print", "values...", "Writes its arguments on one line.", example: "print(\"two and two:\", 2 + 2)") { arguments, interpreter in
            interpreter.host.write(arguments.rest.map(\.value.shown).joined(separator: " "))
            return .none
        },
        Builtin("help", "about?", "What a name is and how it is used; without an argument, all names.", example: "help(grad)") { arguments, interpreter in
            guard arguments.given("about") else {
                interpreter.host.write(Help.overview)
                return .none
            }
            interpreter.host.write(Help.text(about: arguments.value("about")))
            return .none
        },
    ]
}
