import NaslSession
import Testing

/// Small drawings, character by character.
@Suite struct PlotDrawingTests {
    private let twoLines = Plot(
        .curves([Series("up", xs: [-2, 2], ys: [-2, 2]), Series("down", xs: [-2, 2], ys: [2, -2])]),
        x: Axis(Limits(-2, 2), label: "x"), y: Axis(.around(-2, 2)))

    private func style(width: Int, height: Int, isUnicode: Bool = true, hasColor: Bool = false) -> OutputStyle {
        var style = OutputStyle()
        (style.width, style.height, style.isUnicode, style.hasColor) = (width, height, isUnicode, hasColor)
        return style
    }

    @Test func curvesInBraille() {
        #expect(TerminalPlot(twoLines, style(width: 24, height: 8)).text == """
             2 ┤⠢⢄        ┊      ⢀⡠⠔
               │    ⠢⢄    ┊  ⢀⡠⠔⠊⠁
               │        ⠤⣀⣀⠤⠒⠁
             0 ┤┈┈┈┈┈┈⢀⠤⠒⠉┈┈⠤⡀┈┈┈┈┈┈
               │  ⢀⡠⠔⠊⠁   ┊  ⠈  ⢄⡀
            -2 ┤⠔⠊⠁       ┊      ⠈
               └┬─────────┬────────┬
                -2        0        2
                         x
              ⠒⠒⠒ up   ⠒ ⠒ down
            """)
    }

    @Test func curvesInASCII() {
        let plot = Plot(
            .curves([Series("x^2", xs: [-2, -1, 0, 1, 2], ys: [4, 1, 0, 1, 4]), Series("1", xs: [-2, 2], ys: [1, 1])]), title: "a & b",
            x: Axis(Limits(-2, 2), label: "x"), y: Axis(Limits(0, 4)))
        #expect(TerminalPlot(plot, style(width: 30, height: 9, isUnicode: false)).text == """
                        a & b
            4 +*            .            *
              | **          .           *
              |   *         .         **
            2 +    *        .        *
              |     **      .       *
              |+++++++***+++++++****++++++
            0 +          *******
              ++------------+------------+
               -2           0            2
                            x
              *** x^2   +++ 1
            """)
    }

    @Test func barsFromZero() {
        let plot = Plot(.bars([Bar("a", 1), Bar("bc", -2), Bar("d", .nan), Bar("e", 0.3)], .fromZero), x: Axis(Limits(-2, 1)), y: Axis(Limits(0, 4)))
        #expect(TerminalPlot(plot, style(width: 30, height: 20)).text == """
             a  │            ██████ 1.000
             bc │████████████       -2.000
             d  │                   -
             e  │            █▊     0.3000
                └┬──────────┬──────
                 -2         0
            """)
        #expect(TerminalPlot(plot, style(width: 30, height: 20, isUnicode: false)).text == """
             a  |            ###### 1.000
             bc |############       -2.000
             d  |                   -
             e  |            ##     0.3000
                ++----------+------
                 -2         0
            """)
    }

    @Test func meansWithDeviations() {
        let bars = [Bar("relu", 1, deviation: 0.5), Bar("a name far too long", 2, deviation: 0.25), Bar("one", 1.5)]
        let plot = Plot(.bars(bars, .interval), x: Axis(Limits(0, 2.5), label: "reward"), y: Axis(Limits(0, 3)), notes: ["over 3 seeds"])
        #expect(TerminalPlot(plot, style(width: 50, height: 20)).text == """
             relu                │  ├──●─┤      1.000 ± 0.5000
             a name far too long │        ├─●┤  2.000 ± 0.2500
             one                 │       ●      1.500
                                 └┬─────────┬──
                                  0         2
                                     reward
              over 3 seeds
            """)
        #expect(TerminalPlot(plot, style(width: 40, height: 20, isUnicode: false)).text == """
             relu             |    |---o---|
             a name far to... |              |-o-|
             one              |            o
                              ++-------+-------+----
                               0       1       2
                                      reward
              over 3 seeds
            """, "no room for the numbers")
    }

    @Test func heatMapInShades() {
        let map = HeatMap(rows: 2, columns: 3, numbers: [1, 2, 3, 4, .nan, 6], scale: Limits(1, 6))
        let plot = Plot(.heatMap(map), x: Axis(Limits(-0.5, 2.5)), y: Axis(Limits(-0.5, 1.5)))
        #expect(TerminalPlot(plot, style(width: 30, height: 6, isUnicode: false)).text == """
              |    ::::====
            0 +    ::::====
              |****????@@@@
            1 +****????@@@@
              +--+---+---+-
                 0   1   2
              1.000   .::-==++*##%@@ 6.000
            """)
        #expect(TerminalPlot(plot, style(width: 30, height: 6)).text == """
              │    ░░░░▒▒▒▒
            0 ┤    ░░░░▒▒▒▒
              │▓▓▓▓????████
            1 ┤▓▓▓▓????████
              └──┬───┬───┬─
                 0   1   2
              1.000    ░░░▒▒▒▒▓▓▓███ 6.000
            """)
    }

    @Test func heatMapInColours() {
        let map = HeatMap(rows: 2, columns: 2, numbers: [0, 1, 1, .nan], scale: Limits(0, 1))
        let plot = Plot(.heatMap(map), x: Axis(Limits(-0.5, 1.5)), y: Axis(Limits(-0.5, 1.5)))
        let lines = TerminalPlot(plot, style(width: 20, height: 3, hasColor: true)).text.split(separator: "\n")
        #expect(lines[0] == "0 ┤\u{1B}[38;5;53m███\u{1B}[0m\u{1B}[38;5;220m███\u{1B}[0m")
        #expect(lines[1] == "  │\u{1B}[38;5;53;48;5;220m▀▀▀\u{1B}[0m\u{1B}[38;5;220m▀▀▀\u{1B}[0m")
        #expect(lines[2] == "1 ┤\u{1B}[38;5;220m███\u{1B}[0m")
    }

    @Test func coloursTellSeriesApart() {
        let text = TerminalPlot(twoLines, style(width: 24, height: 8, hasColor: true)).text
        #expect(text.contains("\u{1B}[36m⠒⠒⠒\u{1B}[0m up") && text.contains("\u{1B}[35m⠒⠒⠒\u{1B}[0m down"), "both are solid")
        #expect(text.split(separator: "\n").allSatisfy { $0.count { $0 == "\u{1B}" } % 2 == 0 }, "every colour ends on its line")
        #expect(!TerminalPlot(twoLines, style(width: 24, height: 8)).text.contains("\u{1B}"))
    }

    @Test func textsThatATerminalWouldObeyAreHarmless() {
        var plot = twoLines
        plot.title = "\u{1B}[31mred\u{7}"
        plot.notes = ["one two three four five six seven"]
        let text = TerminalPlot(plot, style(width: 24, height: 8)).text
        #expect(!text.contains("\u{1B}") && text.contains("[31mred"))
        #expect(text.hasSuffix("\n  one two three four\n  five six seven"))
        #expect(TerminalPlot(plot, style(width: 24, height: 8, isUnicode: false)).text.utf8.allSatisfy { $0 < 128 })
        plot.title = "σ(漢字)"
        #expect(TerminalPlot(plot, style(width: 24, height: 8, isUnicode: false)).text.hasPrefix("         ?(??)\n"))
    }

    @Test func noLineIsWiderThanTheTerminal() {
        let long = Series(String(repeating: "max(x, ", count: 30), xs: [0, 1], ys: [1e-300, 1e300])
        for width in [20, 24, 33, 80, 100] {
            for plot in [
                Plot(.curves([long, long]), title: long.name, x: Axis(Limits(-1e-9, 1e-9), label: long.name), y: Axis(Limits(-1e300, 1e300), label: long.name), notes: [long.name]),
                Plot(.bars([Bar(long.name, 123456.789, deviation: 0.001)], .interval), x: Axis(Limits(123456, 123457)), y: Axis(Limits(0, 1))),
                Plot(.heatMap(HeatMap(rows: 300, columns: 900, numbers: [Double](repeating: 1, count: 270_000), scale: Limits(0, 1))), x: Axis(Limits(0, 1)), y: Axis(Limits(0, 1))),
            ] {
                let lines = TerminalPlot(plot, style(width: width, height: 10)).text.split(separator: "\n")
                #expect(lines.allSatisfy { $0.count <= width }, "\(width)")
            }
        }
    }
}
