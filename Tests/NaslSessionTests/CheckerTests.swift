import NaslSession
import Synchronization
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What `nasl check` says about a text.
private func check(_ text: String) -> String {
    let lines = Mutex<[String]>([])
    onLargeStack {
        do {
            var checker = try Checker { line in lines.withLock { $0.append(line) } }
            checker.check(Array(text.utf8), name: "test.nasl")
        } catch {
            lines.withLock { $0.append("\(error)") }
        }
    }
    return lines.withLock { $0.joined(separator: "\n") }
}

/// The first line of each message.
func titles(_ text: String) -> [String] {
    check(text).split(separator: "\n").filter { $0.hasPrefix("error") || $0.hasPrefix("warning") }.map(String.init)
}

@Suite struct CheckerTests {
    /// Everything that is wrong, not only the first; nothing is run.
    @Test func everyMistake() {
        #expect(check("""
            let n = 3
            grammar A(x: Tensor) -> Tensor {
                E = x | tanh(E) | sinn(E) | E + F
                limit depth <= n
                forbid sim within sin
            }
            grammar B(x: Tensor) -> Tensor { E = x @4 | tanh(E) | E + E }
            task t(f: B, width: 64) {
                let net = mlp([width, 10], activatoin: f)
                reward -train(net, digit, steps: 1000).validation.loss
            }
            """) == """
            error[N0301]: there is nothing called `sinn`
              --> test.nasl:3:23
              |
            3 |     E = x | tanh(E) | sinn(E) | E + F
              |                       ^^^^ not known here
              = help: did you mean `sign`?
            error[N0301]: there is no rule `F`
              --> test.nasl:3:37
              |
            3 |     E = x | tanh(E) | sinn(E) | E + F
              |                                     ^ not known here
              = help: add a line `F = ...`; the grammar has `E`
            error[N0301]: there is nothing called `sim`
              --> test.nasl:5:12
              |
            5 |     forbid sim within sin
              |            ^^^ not known here
              = help: did you mean `sin`?
            error[N0303]: `mlp` has no argument `activatoin:`
              --> test.nasl:9:32
              |
            9 |     let net = mlp([width, 10], activatoin: f)
              |                                ^^^^^^^^^^ did you mean `activation:`?
              = help: it takes `sizes:`, `activation:`
            error[N0301]: there is nothing called `digit`
               --> test.nasl:10:24
               |
            10 |     reward -train(net, digit, steps: 1000).validation.loss
               |                        ^^^^^ not known here
               = help: did you mean `digits`?
            """)
    }

    @Test(arguments: [
        ("print(x)\nlet x = 1", ["error[N0301]: there is nothing called `x`"]),
        ("fn f() = x\nlet x = 1\nf()", []),
        ("let f = y -> x + y", ["error[N0301]: there is nothing called `x`"]),
        ("fn f(a, b: a) = a + b\nf(1, c: 2)\nf()", ["error[N0303]: `f` has no argument `c:`", "error[N0302]: `f` needs `a`"]),
        ("fn f(x) { fn g(y) = x + y; g(1, 2) }", ["error[N0302]: `g` takes 1 argument, but 2 were given"]),
        ("let map = (f, g) -> f\nmap(1)", ["error[N0302]: `map` needs `g`"]),
        ("fn f(map) = map(1, 2, 3, 4)", []),
        ("let a = 1 + \"b\"", ["error[N0304]: an argument of `+` should be a number, a list or a tensor, but it is a text"]),
        ("let n = len([1, 2])\ngrammar G(x: Tensor) -> Tensor { E = x | E + E; limit depth <= n }\nlet f = sample(G)", []),
        ("let n = 0\ngrammar G(x: Tensor) -> Tensor { E = x | E + E; limit depth <= n }", ["error[N0117]: a limit on depth is at least 1"]),
        ("grammar G(x: Tensor) -> Tensor { E = x | E + E | F; F = F }", ["error[N0105]: `F` can never end"]),
        ("task t(f: Nowhere) { reward f(1) + q }", ["error[N0301]: there is no grammar `Nowhere`", "error[N0301]: there is nothing called `q`"]),
        ("grammar G(x: Tensor) -> Tensor { E = x | tanh(x) }\ntask t(f: G) { f(1) }", ["error[N0315]: the task `t` ends without `reward`"]),
        ("grammar G(x: Tensor) -> Tensor { E = x | tanh(x) }\ntask t(f: G, at: 1) { reward f(at) }\nt(tanh, at: 2, seed: 3)\nt(tanh, to: 2)", ["error[N0303]: `t` has no argument `to:`"]),
        ("for i in 1..3 { print(j) }", ["error[N0301]: there is nothing called `j`"]),
        ("let x = (", ["error[N0202]: this `(` is not closed"]),
        ("let run = search(1, trials: 1000000)\nprint(run.best)", []),
        ("1(2)\npi(3)", ["error[N0305]: a number cannot be called"]),
        ("import \"nowhere.nasl\"", ["error[N0314]: there is no file `nowhere.nasl`"]),
    ] as [(String, [String])])
    func texts(_ text: String, _ expected: [String]) {
        #expect(titles(text) == expected, "\(text)")
    }

    @Test func examplesHaveNoMistakes() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appendingPathComponent("examples")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".nasl") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            #expect(titles(text) == [], "\(name)")
        }
    }
}
