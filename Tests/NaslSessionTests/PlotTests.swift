import Foundation
import NaslSession
import Synchronization
import Testing

/// `plot` as it is typed.
@Suite struct PlotTests {
    @Test func functionsOverARange() {
        #expect(transcript("plot(x -> x, x -> -x, over: -2..2, width: 24, height: 8)") == """
             2 ┤⠢⢄        ┊      ⣀⠤⠒
               │    ⠢⣀    ┊  ⢀⡠⠔⠉
               │        ⠤⣀⡠⠔⠊⠁
             0 ┤┈┈┈┈┈┈⣀⠤⠒⠉┈┈⢄⡀┈┈┈┈┈┈
               │  ⢀⡠⠔⠉    ┊  ⠈  ⣀
            -2 ┤⠔⠊⠁       ┊      ⠉
               └┬─────────┬────────┬
                -2        0        2
                         x
              ⠒⠒⠒ x -> x
              ⠒ ⠒ x -> -x
            """)
    }

    @Test func primitivesProgramsTrialsAndOpaqueFunctions() {
        let text = transcript("""
            fn swish(x) = x * sigmoid(x)
            fn game(x) { let all = map(1..3, n -> n * x) ; sum(all) }
            plot(tanh, swish, grad(swish), game, [relu, x -> x + 1], over: 0..1, height: 6)
            """)
        for name in ["⠒⠒⠒ tanh", "swish = x -> x * sigmoid(x)", "x -> let", "fn game(x)", "relu", "x -> x + 1"] { #expect(text.contains(name), "\(name)") }
    }

    @Test func aPoleIsCutAndSaid() {
        let text = transcript("plot(x -> 1 / x)")
        #expect(text.hasSuffix("\n  the picture ends at -3.086 and 3.086, but the values reach from -100 to 100;\n  `y:` sets the ends"))
        #expect(!transcript("plot(x -> 1 / x, y: -200..200)").contains("the picture ends"))
        #expect(transcript("plot(x -> 1 / x, y: -200..200)").contains("200 ┤"))
        #expect(!transcript("plot(exp)").contains("the picture ends"))
    }

    @Test func constantsAndExtremes() {
        #expect(transcript("plot(x -> 5, over: -1..1, width: 24, height: 6)") == """
              │          ┊
            6 ┤          ┊
            4 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
              │          ┊
              └┬─────────┬─────────┬
               -1        0         1
                         x
              ⠒⠒⠒ x -> 5
            """)
        for function in ["x -> 0", "x -> 1e308 * x * 10", "x -> 1e-300 * x", "x -> 1e-310", "x -> -1e308", "x -> 1 + 1e-15 * x", "x -> if x > 0 then inf else 1"] {
            let text = transcript("plot(\(function), height: 6)")
            #expect(!text.contains("error") && text.contains("└"), "\(function)")
        }
        for range in ["0..1e-9", "-1e300..1e300", "1e6..1000001", "0.1..0.3 by 0.1"] {
            #expect(transcript("plot(sin, over: \(range))").contains("└"), "\(range)")
        }
    }

    @Test func numbers() {
        #expect(transcript("plot([1, none, 2, none, 3], height: 6, width: 30)") == """
              │                          ⠰
              │
            2 ┤             ⠘⠃
              │⣤
              └┬────────────┬────────────┬
               0            2            4
            """)
        #expect(transcript("plot((a: 1, bc: -2, d: nan), width: 30)") == """
             a  │            ██████ 1.000
             bc │████████████       -2.000
             d  │                   -
                └┬──────────┬──────
                 -2         0
            """)
        #expect(transcript("plot([1, 2], [2, 1])").contains("⠒⠒⠒ list 1   ⠒ ⠒ list 2"))
        #expect(transcript("plot([(t: 1, loss: 3), (t: 5, loss: 2)])").hasSuffix("  ⠒⠒⠒ loss"))
        #expect(transcript("plot([[1, 2, 3], [4, nan, 6]], width: 30, height: 6)") == transcript("plot(tensor([[1, 2, 3], [4, nan, 6]]), width: 30, height: 6)"))
        #expect(transcript("plot(1..1000000)").contains("1e6 ┤"), "a range is not written out")
        #expect(transcript("plot([3])").contains("└") && transcript("plot(zeros(1, 1))").contains("└"))
        // Of many numbers the one peak is still drawn.
        #expect(transcript("plot(map(0..9999, n -> if n == 7 then 1 else 0), y: 0..1, height: 5)").split(separator: "\n").first?.contains("⡇") == true)
    }

    @Test func resultsOfSearches() {
        let setting = """
            grammar A(x: Tensor) -> Tensor { E = x @4 | -E | abs(E) | sin(E) | exp(E) | tanh(E) | relu(E) | E + E | max(E, E) ; limit depth <= 3 }
            task near(f: A) { let x = uniform(-2, 2, count: 50) ; reward -rmse(f(x), x * sigmoid(x)) }
            let run = search(near, trials: 100, seed: 1, with: random())

            """
        let text = transcript(setting + "plot(run)")
        let lines = text.split(separator: "\n")
        #expect(lines.first?.contains("near by random, seed 1") == true && lines.dropFirst().first?.hasSuffix("reward") == true)
        #expect(text.contains("⠒⠒⠒ best so far: -0.2") && text.contains(" ⠂  reward of each trial") && text.contains("rewards lie below, down to "))
        #expect(transcript(setting + "plot(run, run)").contains("⠒ ⠒ near by random, seed 1: -0.2"))
        #expect(transcript(setting + "plot(run.best, run.top(2), height: 6)").contains("x -> "), "trials stand for their programs")
        let comparison = transcript(setting + "plot(compare(near, [relu, tanh, sin], repeats: 4))")
        #expect(comparison.contains(" relu │") && comparison.contains("●") && comparison.hasSuffix("\n  mean and standard deviation over 4 seeds"))
    }

    @Test(arguments: [
        ("plot()", "`plot` needs `things`"), ("plot([])", "there is nothing to plot: the list is empty"), ("plot(zeros(0))", "there is nothing to plot: the list is empty"),
        ("plot([none, nan])", "there is nothing to plot: no number is finite"), ("plot([[], []])", "there is nothing to plot: the rows are empty"),
        ("plot(log, over: -4..-1)", "there is nothing to plot: `log` has no finite value on -4..-1"),
        ("plot(sin, over: 4..-4)", "`over` of `plot` should run from a number to a larger one, but it is 4..-4"),
        ("plot(sin, over: 2..2)", "`over` of `plot` should run from a number to a larger one, but it is 2..2"),
        ("plot(sin, over: 3)", "`over` of `plot` should be a range, such as -4..4, but it is a number"),
        ("plot(sin, over: 0..10 by 0.001)", "`over` of `plot` would hold 10,001 points; at most 5,000 are possible"),
        ("plot(max)", "`plot` draws functions of one parameter, but this one has 2"),
        ("plot(x -> \"a\")", "the value of this function at -4 should be a number, but it is a text"),
        ("plot(sin, 3)", "a function and a number cannot be drawn in one plot"), ("plot([1, 2], sin)", "a list and a function cannot be drawn in one plot"),
        ("plot([1, \"a\"])", "element 1 of the list should be a number, but it is a text"),
        ("plot([[1], [2, 3]])", "the rows of a heat map should be equally long, but row 0 holds 1 and row 1 holds 2"),
        ("plot(zeros(2, 2, 2))", "a tensor of shape [2, 2, 2] cannot be drawn: `plot` takes one or two axes"),
        ("plot((a: \"x\"))", "`a` of the record should be a number, but it is a text"),
        ("plot([1, 2], over: 1..2)", "`over:` is the range of a function, but a list is to be drawn"),
        ("plot([[1, 2]], y: 1..2)", "`y:` sets the height of curves; this plot has none"),
        ("plot(sin, width: 3)", "`width` of `plot` should be a whole number from 20 to 500, but it is 3"),
        ("plot(sin, width: nan)", "`width` of `plot` should be a whole number from 20 to 500, but it is nan"),
        ("plot(sin, height: 1e300)", "`height` of `plot` should be a whole number from 5 to 200, but it is 1e300"),
        ("plot(sin, title: 3)", "`title` of `plot` should be a text, but it is a number"),
        ("plot(map(1..13, n -> (x -> x * n)))", "this plot would hold 13 functions; at most 12 are possible"),
        ("plot(sin, to: \"a.png\")", "`plot` writes SVG pictures, and `a.png` does not end in .svg or .vl.json"),
        ("plot(sin, to: \"/nowhere/a.svg\")", "there is no folder `/nowhere` to write `/nowhere/a.svg` in"),
    ])
    func mistakes(_ text: String, _ title: String) {
        let message = transcript(text)
        #expect(message.contains("]: \(title)\n  --> test.nasl:1:"), "\(message)")
    }

    @Test func aWholeMessage() {
        #expect(transcript("plot(sin, over: 4..-4)") == """
            error[N0317]: `over` of `plot` should run from a number to a larger one, but it is 4..-4
              --> test.nasl:1:17
              |
            1 | plot(sin, over: 4..-4)
              |                 ^^^^^
            """)
    }

    @Test func pictures() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nasl-plots-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("curve.svg").path
        #expect(transcript("plot(sin, to: \"\(file)\")") == "wrote \(file), 720 x 440 pixels")
        let first = try String(contentsOfFile: file, encoding: .utf8)
        #expect(first.hasPrefix("<svg ") && first.hasSuffix("</svg>\n"))
        #expect(transcript("plot(cos, to: \"\(file)\", width: 300, height: 200)") == "wrote \(file), 300 x 200 pixels")
        #expect(try String(contentsOfFile: file, encoding: .utf8) != first, "a file is written over")
        let taken = folder.appendingPathComponent("folder.svg").path
        try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
        #expect(transcript("plot(sin, to: \"\(taken)\")").hasPrefix("error[N0314]: `\(taken)` is a folder, not a file\n"))
        let device = folder.appendingPathComponent("device.svg").path
        try FileManager.default.createSymbolicLink(atPath: device, withDestinationPath: "/dev/null")
        #expect(transcript("plot(sin, to: \"\(device)\")").hasPrefix("error[N0314]: `\(device)` is no ordinary file and is not written over\n"))
        let link = folder.appendingPathComponent("link.svg").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(transcript("plot(tanh, to: \"\(link)\")") == "wrote \(link), 720 x 440 pixels")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file, "a link stays a link")
        #expect(transcript("plot(sin, to: \"\(file)/a.svg\")").contains("`\(file)/a.svg` cannot be written: a part of its path is no folder\n"))
        #expect(transcript("plot(sin, to: \"\(folder.path)/\(String(repeating: "a", count: 300)).svg\")").contains("cannot be written: its name is too long\n"))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(left == ["curve.svg", "device.svg", "folder.svg", "link.svg"], "nothing is left beside them")
    }

    @Test func aTaskWritesNoPicture() {
        let text = transcript("grammar A(x: Tensor) -> Tensor { E = x }\ntask t(f: A) { let p = plot(f, to: \"never.svg\") ; reward 1 }\nt(x -> x)")
        #expect(text.hasPrefix("error[N0314]: a task cannot write a picture; return what is to be plotted, or plot it outside\n"))
        #expect(!FileManager.default.fileExists(atPath: "never.svg"))
    }

    @Test func ctrlCStopsALongPlot() throws {
        let lines = Mutex<[String]>([])
        let host = Mutex<SessionHost?>(nil)
        onLargeStack {
            let faces = SessionFaces { line in
                lines.withLock { $0.append(line) }
                host.withLock { $0?.stop.request() }
            }
            guard let session = try? Session(SessionOptions(), faces) else { return }
            host.withLock { $0 = session.host }
            session.evaluate("fn slow(x) { print(x) ; x }\nplot(slow)", name: "test.nasl")
        }
        let found = lines.withLock { $0 }
        #expect(found.count == 2 && found.first == "-4" && found.last?.hasPrefix("error[N0311]: stopped") == true, "\(found)")
    }

    @Test func theTerminalDecidesHowItIsDrawn() {
        let lines = Mutex<[String]>([])
        onLargeStack {
            var options = SessionOptions()
            options.output = {
                var style = OutputStyle()
                (style.width, style.height, style.isUnicode) = (24, 6, false)
                return style
            }
            guard let session = try? Session(options, SessionFaces { line in lines.withLock { $0.append(line) } }) else { return }
            session.evaluate("plot(x -> x, over: -2..2)\nshow(sin)\nlet p = plot(x -> x, over: -2..2)\nprint(p)", name: "test.nasl")
        }
        let found = lines.withLock { $0 }
        #expect(found.count == 3 && found.first == found.last)
        #expect(found.first == """
              |          .      ****
              |          *******
            0 +...*******...........
              |***       .
              ++---------+---------+
               -2        0         2
                         x
              *** x -> x
            """)
        #expect(found.dropFirst().first == "sin\n`- x")
    }
}
