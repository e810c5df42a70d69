import NaslRandom
import NaslSession
import Testing

/// Nets and cells in boxes and arrows.
@Suite struct DiagramTests {
    @Test func aNetWithASkipConnection() {
        let text = transcript("""
            let net = image -> let a = conv(6)(image) >> relu >> batch_norm in let b = conv(9, stride: 2)(concat([a])) >> relu in classify(concat([a, b]))
            plot(net)
            """)
        #expect(text == """
                            ╭───────╮
                            │ image │
                            ╰───────╯
                                │
                                ▼
                         ┌─────────────┐
                         │   conv(6)   │
                         │    relu     │
                         │ batch_norm  │
                         └─────────────┘
                         ┌──────┴──────┐
                         ▼             │
             ┌─────────────────────┐   └┐
             │ conv(9, stride: 2)  │    │
             │        relu         │    │
             └─────────────────────┘    │
                        └──────┐ ┌──────┘
                               ▼ ▼
                          ┌───────────┐
                          │  concat   │
                          │ classify  │
                          └───────────┘
            """)
    }

    /// The parameters of a cell stand where they are used, what goes on in another box is an arrow.
    @Test func aCell() {
        let text = transcript("""
            let cell = (x, h, c) -> let i = sigmoid(linear(x) + linear(h)) in let m = i * c + tanh(linear(x)) in (h: tanh(m), c: m)
            plot(cell)
            """)
        #expect(text == """
             ┌─────────────────────────────────┐
             │ sigmoid(linear(x) + linear(h))  │
             │              _ * c              │
             │       _ + tanh(linear(x))       │
             └─────────────────────────────────┘
                         ┌────┴──┐
                         ▼       ▼
                    ┌───────┐   ╭───╮
                    │ tanh  │   │ c │
                    └───────┘   ╰───╯
                        │
                        ▼
                      ╭───╮
                      │ h │
                      ╰───╯
            """)
    }

    @Test func layersOfTheLibrary() {
        let text = transcript("plot(conv(8) >> relu >> residual(conv(8) >> batch_norm) >> classify)")
        #expect(text == """
                      ╭───────╮
                      │ input │
                      ╰───────╯
                          │
                          ▼
                     ┌─────────┐
                     │ conv(8) │
                     │  relu   │
                     └─────────┘
                     ┌────┴────┐
                     ▼         │
             ┌─────────────┐   └┐
             │   conv(8)   │    │
             │ batch_norm  │    │
             └─────────────┘    │
                    └────┐ ┌────┘
                         ▼ ▼
                    ┌───────────┐
                    │     +     │
                    │ classify  │
                    └───────────┘
            """)
        #expect(transcript("plot(mlp([12, 10], activation: tanh))").contains("dense(12)"))
    }

    @Test func whatCannotBe() {
        #expect(transcript("plot(dense(4) >> relu, over: 0..1)").contains("`over:` is the range of a function"))
        #expect(transcript("plot(dense(4), tanh)").contains("cannot be drawn in one plot"))
        #expect(transcript("plot(dense(4) >> relu, y: 0..1)").contains("`y:` sets the height of curves"))
    }

    /// A drawing wider than the terminal says what shows all of it.
    @Test func wide() {
        let text = transcript("import \"nasl/cell.nasl\"\nplot(nas_cell, width: 60)")
        let lines: [Substring] = text.split(separator: "\n")
        #expect(lines.dropLast().allSatisfy { $0.count <= 60 })
        #expect(text.contains("cut at 60 of"))
    }

    @Test func asPicture() {
        let diagram = Diagram(boxes: [.init(.input, ["x"]), .init(.operation, ["dense(4)", "a < b"]), .init(.output, ["h"])], arrows: [.init(0, 1), .init(1, 2)])
        let svg = SVGPlot(Plot(diagram, title: "A net")).text
        #expect(svg.contains("a &lt; b") && svg.contains(">A net</text>"))
        let (boxes, heads): ([Substring], [Substring]) = (svg.split(separator: "<rect"), svg.split(separator: "l-4 -7h8z"))
        // Paper and three boxes, two arrows.
        #expect(boxes.count == 5)
        #expect(heads.count == 3)
        let specification = VegaLitePlot(Plot(diagram)).text
        #expect(specification.contains("[\"dense(4)\", \"a < b\"]"))
    }

    /// Random diagrams: boxes stand apart, lines of two boxes at most cross, and each arrow arrives where it should.
    @Test(arguments: 0..<40) func layout(_ seed: Int) {
        var stream = RandomStream(seed: seed, "diagram")
        let count = 2 + Int(stream.below(14))
        let boxes = (0..<count).map { number in Diagram.Box(.operation, [String](repeating: String(repeating: "a", count: 1 + Int(stream.below(20))), count: 1 + number % 3)) }
        var arrows: [Diagram.Arrow] = []
        for to in 1..<count {
            for from in 0..<to where stream.below(4) == 0 || from == to - 1 && stream.below(2) == 0 { arrows.append(.init(from, to)) }
        }
        let layout = DiagramLayout(Diagram(boxes: boxes, arrows: arrows))
        struct Cell: Hashable { var column, row: Int }
        var owner: [Cell: Int] = [:]
        for (number, place) in layout.places.enumerated() {
            #expect(place.column >= 0 && place.column + place.width <= layout.columns && place.row + place.height <= layout.rows)
            for row in place.row..<place.row + place.height {
                for column in place.column..<place.column + place.width {
                    let other = owner.updateValue(number, forKey: Cell(column: column, row: row))
                    #expect(other == nil)
                }
            }
        }
        var across: [Cell: Int] = [:], down: [Cell: Int] = [:]
        var found: Set<Diagram.Arrow> = []
        for line in layout.lines {
            for (a, b) in zip(line.points, line.points.dropFirst()) {
                #expect(a.row == b.row || a.column == b.column)
                for row in min(a.row, b.row)...max(a.row, b.row) {
                    for column in min(a.column, b.column)...max(a.column, b.column) {
                        let cell = Cell(column: column, row: row)
                        // Ends lie on the edges of boxes.
                        let isEnd = (row, column) == (line.points[0].row, line.points[0].column) || line.isArrow && row == line.points.last?.row
                        if !isEnd { #expect(owner[cell] == nil) }
                        if a.row == b.row {
                            #expect(across[cell] ?? line.source == line.source)
                            across[cell] = line.source
                        } else {
                            #expect(down[cell] ?? line.source == line.source)
                            down[cell] = line.source
                        }
                    }
                }
            }
            if line.isArrow, let end = line.points.last, let box = owner[Cell(column: end.column, row: end.row)] { found.insert(.init(line.source, box)) }
        }
        #expect(found == Set(arrows))
    }
}
