import NaslSession
import Synchronization
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct CommandTests {
    @Test func theLastShownValue() {
        #expect(prompt("2 + 3", "ans * 2", "let x = 1", "ans", "ans;", "ans + 1") == "5\n10\nx = 1\n10\n11")
        #expect(transcript("2 + 3\nans").contains("nothing called `ans`"), "a script has no `ans`")
    }

    @Test func types() {
        #expect(prompt(":type 1") == "a number")
        #expect(prompt(":type \"a\" + \"b\"") == "a text")
        #expect(prompt(":type [1, 2]") == "a list of 2: the first is a number")
        #expect(prompt(":type zeros(2, 3)") == "a tensor of shape [2, 3]")
        #expect(prompt(":type (lr: 0.1)") == "a record (lr: a number)")
        #expect(prompt("fn f(x, y: 2) = x * y", ":ty f") == "fn f(x, y?): x -> x * 2\nfn f(x, y?): x -> x * 2")
        #expect(prompt(":type x -> x + 1").hasSuffix("x -> x + 1"))
        #expect(prompt(":type max") == "max(a, b), elementwise")
        #expect(prompt(":type let x = 1").hasPrefix("error[N0317]: `:type` takes an expression"))
        #expect(prompt(":type") == "error[N0317]: `:type` needs an expression")
        #expect(prompt(":type 1 +").hasPrefix("error[N"))
    }

    @Test func beginningsAndMistakes() {
        #expect(prompt(":ty 1") == "a number")
        #expect(prompt(":h").hasPrefix("error[N0317]: `:h` could be `:help` or `:history`"))
        #expect(prompt(":hlep").contains("did you mean `:help`?"))
        #expect(prompt(":xyzzy").contains("`:help` lists them"))
        #expect(prompt(":").hasPrefix("error[N0317]: there is no command `:`"))
    }

    @Test func help() {
        #expect(prompt("?grad") == prompt(":help grad"))
        #expect(prompt("?grad") == prompt("help(grad)"))
        #expect(prompt("?grad") == prompt("help(\"grad\")"))
        #expect(prompt("help(\"no name\")") == "a text: \"no name\"")
        #expect(prompt(":help").contains(":reload"))
        #expect(prompt(":help :time") == ":time statement\n    evaluates, and tells how long that took")
        #expect(prompt("?sigmiod").contains("did you mean `sigmoid`?"))
    }

    @Test func times() {
        let lines = prompt(":time 1 + 1").split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first == "2")
        #expect(lines.last?.hasSuffix("s") == true)
    }

    @Test func bound() {
        #expect(prompt(":show") == "Nothing is bound yet; `let x = 1` binds.")
        #expect(prompt("let b = 2;", "let a = \"t\";", "let b = 3;", "7;", ":show") == "a = t\nb = 3")
        #expect(prompt("let b = [1, 2];", ":show b") == "[1, 2]")
    }

    @Test func leaving() {
        #expect(prompt("1", ":q", "2") == "1\nleft")
        #expect(prompt("exit") == "Ctrl-D or :quit leaves.")
        #expect(prompt("let exit = 3;", "exit") == "3")
    }

    @Test func settings() {
        #expect(prompt(":set workers 2", ":set workers") == "workers 2")
        #expect(prompt(":set w 3").contains("no setting `w`"))
        #expect(prompt(":set workers 0") == "error[N0317]: `workers` should be a whole number from 1 to 1024, but it is `0`")
        #expect(prompt(":set colour off").contains("did you mean `color`?"))
        #expect(prompt(":set color maybe").contains("should be `on` or `off`"))
        #expect(prompt(":set width 30", ":set width auto", ":set") == "color off\nseed 0\nwidth as the terminal's\nworkers 1")
        let draw = "uniform(0, 1, count: 2)"
        #expect(prompt(draw) == prompt(":set seed 5", ":set seed 0", draw))
        #expect(prompt(draw) != prompt(":set seed 5", draw))
        #expect(prompt("let a = 4;", ":set seed 2", "a") == "4", "what was bound stays")
    }

    @Test func files() throws {
        var template = Array("/tmp/nasl-load-XXXXXX.nasl".utf8CString)
        let file = mkstemps(&template, 5)
        try #require(file >= 0)
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { unlink(path) }
        let text = Array("let loaded = 20 + 1\nprint(loaded)\n".utf8)
        #expect(write(file, text, text.count) == text.count)
        close(file)
        #expect(prompt(":load \(path)", "loaded * 2", ":reload", ":load \"\(path)\"") == "21\n42\n21\n21")
        #expect(prompt(":load").contains("`:load` needs a file"))
        #expect(prompt(":reload").contains("nothing was loaded yet"))
        #expect(prompt(":load /no/such.nasl") == "error[N0314]: there is no file `/no/such.nasl`")
    }

    @Test func history() {
        let lines = Mutex<[String]>([])
        atPrompt({ line in lines.withLock { $0.append(line) } }) { session in
            session.promptFaces = PromptFaces(entries: { ["let a = 1", "f(\n    2)", "a + 1"] })
            for entry in [":history", ":history 1", ":history let"] { _ = session.enter(entry) }
        }
        #expect(lines.withLock { $0 } == ["let a = 1", "f(\n        2)", "a + 1", "a + 1", "let a = 1"])
    }

    @Test func whoHoldsTheOldOne() {
        let grammar = "grammar A(x: Tensor) -> Tensor { E = x | tanh(x) };"
        let task = "task t(f: A) { let y = f(scale)\nreward -y };"
        let found = prompt("let scale = 2;", grammar, task, "let scale = 3;", "let y = 1;", grammar)
        #expect(found.contains("note: the task `t` still holds the old `scale`"))
        #expect(found.contains("note: the task `t` still holds the old `A`"))
        #expect(!found.contains("`y`"), "its own name is no one else's")
        #expect(!prompt("let scale = 2;", grammar, task, task).contains("note"))
        let inner = prompt("let leak = 0.1;", "grammar B(x: Tensor) -> Tensor { E = x | max(x, leak * x) };", "let leak = 0.2")
        #expect(inner.hasSuffix("leak = 0.2\nnote: the grammar `B` still holds the old `leak`"))
    }
}
