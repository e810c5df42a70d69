import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct CompletionTests {
    @Test func names() {
        #expect(completions("sigm") == ["sigmoid"])
        #expect(completions("1 + leaky") == ["1 + leaky_relu"])
        #expect(completions("my_", after: "let my_first = 1", "let my_second = 2") == ["my_first", "my_second"])
        #expect(completions("gramm") == ["grammar"])
        #expect(completions("let exponent = 2; expon") == ["let exponent = 2; exponent"])
        #expect(completions("no_such_name").isEmpty)
        #expect(completions("leak|(2)") == ["leaky_relu"])
    }

    @Test func fields() {
        #expect(completions("r.", after: "let r = (lr: 0.1, beta: 0.9, lambda: 1)") == ["r.beta", "r.lambda", "r.lr"])
        #expect(completions("r.l", after: "let r = (lr: 0.1, beta: 0.9, lambda: 1)") == ["r.lambda", "r.lr"])
        #expect(completions("r.inner.d", after: "let r = (inner: (depth: 2))") == ["r.inner.depth"])
        #expect(completions("list[1].d", after: "let list = [(a: 1), (depth: 2)]") == ["list[1].depth"])
        #expect(completions("2 * (0..1).").isEmpty)
        #expect(completions("x.", after: "let x = zeros(2)") == ["x.shape"])
        #expect(completions("unbound.").isEmpty)
    }

    @Test func labels() {
        let setup = "fn scaled(value, by: 2, offset: 0) = value * by + offset"
        #expect(completions("scaled(", after: setup) == ["scaled(value: ", "scaled(by: ", "scaled(offset: "])
        #expect(completions("scaled(3, o", after: setup).first == "scaled(3, offset: ")
        #expect(completions("scaled(3, by: 2, ", after: setup) == ["scaled(3, by: 2, value: ", "scaled(3, by: 2, offset: "])
        #expect(completions("scaled(3 + ", after: setup).isEmpty)
        #expect(completions("search(t, tri").contains("search(t, trials: "))
        #expect(completions("scaled([1, ", after: setup).isEmpty)
        #expect(completions("sum(map([1], x -> x), ").allSatisfy { !$0.hasSuffix("by: ") })
        let task = ["grammar A(x: Tensor) -> Tensor { E = x | tanh(x) }", "task t(f: A, width: 8) { reward -f(1) }"]
        #expect(completions("t(tanh, ", after: task[0], task[1]) == ["t(tanh, f: ", "t(tanh, width: ", "t(tanh, seed: "])
    }

    @Test func commands() {
        #expect(completions(":h") == [":help ", ":history "])
        #expect(completions(":q") == [":quit "])
        #expect(completions(":set w") == [":set width ", ":set workers "])
        #expect(completions(":type sigm") == [":type sigmoid"])
        #expect(completions("?sigm") == ["?sigmoid"])
        #expect(completions(":help :re") == [":help :reload"])
        #expect(completions(":nonsense x").isEmpty)
    }

    @Test func files() throws {
        var template = Array("/tmp/nasl-completion-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { for path in ["/one two.csv", "/other.csv", "/.hidden"] { unlink(folder + path) }; rmdir(folder + "/inner"); rmdir(folder) }
        for name in ["one two.csv", "other.csv", ".hidden"] { close(open("\(folder)/\(name)", O_CREAT | O_WRONLY, 0o600)) }
        mkdir(folder + "/inner", 0o700)
        #expect(completions("csv(\"\(folder)/o") == ["csv(\"\(folder)/one two.csv", "csv(\"\(folder)/other.csv"])
        #expect(completions("csv(\"\(folder)/one t") == ["csv(\"\(folder)/one two.csv"])
        #expect(completions("csv(\"\(folder)/") == ["csv(\"\(folder)/inner/", "csv(\"\(folder)/one two.csv", "csv(\"\(folder)/other.csv"])
        #expect(completions(":load \(folder)/in") == [":load \(folder)/inner/"])
        #expect(completions("\"\(folder)/.") == ["\"\(folder)/.hidden"])
        #expect(completions("\"/no/such/folder/").isEmpty)
    }

    @Test func nothingInCommentsAndNumbers() {
        #expect(completions("# sigm").isEmpty)
        #expect(completions("12").isEmpty)
        #expect(completions("").isEmpty)
    }

    @Test func placesAreUTF8() {
        #expect(completions("\"é漢\"; sigm") == ["\"é漢\"; sigmoid"])
        #expect(completions("σ_", after: "let σ_one = 1") == ["σ_one"])
    }
}
