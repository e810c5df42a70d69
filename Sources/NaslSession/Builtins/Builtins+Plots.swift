import NaslExport
import NaslExpr
import NaslLanguage

extension Builtins {
    /// Pictures of functions and results.
    static let plots: [Builtin] = [
        Builtin("plot", "things..., over?, y?, title?, width?, height?, to?",
                "Draws functions over a range (-4..4 where none is given), lists of numbers, a matrix, a record of numbers, a run, a comparison, a study or a "
                    + "training, and a net or a recurrent cell in boxes and arrows; with `to: \"file.svg\"` into a picture, with `to: \"file.vl.json\"` as a Vega-Lite specification. Width and height are columns and lines in the terminal, pixels in a picture.",
                example: "plot(tanh, grad(tanh), over: -4..4)") { arguments, interpreter in
            let file = try pictureFile(arguments, interpreter, endings: [".svg", ".vl.json"])
            var style = (interpreter.host as? SessionHost)?.options.drawing ?? OutputStyle()
            let plot = try PlotMaker(arguments: arguments, interpreter: interpreter).plot()
            let width = try arguments.count("width", in: file == nil ? 20...500 : 200...4000, default: file == nil ? style.width : SVGPlot.width(for: plot.content))
            let height = arguments.given("height") ? try arguments.count("height", in: file == nil ? 5...200 : 150...4000) : nil
            try interpreter.checkInterrupt()
            if let file {
                let height = height ?? SVGPlot.height(for: plot.content, width: width)
                let isSVG = file.lowercased().hasSuffix(".svg")
                let text = isSVG ? SVGPlot(plot, width: width, height: height).text : VegaLitePlot(plot, width: width, height: height).text
                try OutputFile.write(text, to: file, at: arguments.range(of: "to"))
                let notes = plot.notes.map { "\n  " + $0 }.joined()
                return .object(PlotValue(plot, shown: "wrote \(file), \(width) x \(height) pixels" + notes))
            }
            (style.width, style.height) = (width, height ?? style.height)
            return .object(PlotValue(plot, shown: TerminalPlot(plot, style).text))
        },
        Builtin("show", "program", "A program as a tree.", example: "show(x -> max(x, tanh(x)))") { arguments, interpreter in
            let style = (interpreter.host as? SessionHost)?.options.drawing ?? OutputStyle()
            return .object(DrawnText("a tree", TermTree(try term(arguments, "program").body, isUnicode: style.isUnicode).text))
        },
        Builtin("latex", "program", "A program as a formula in LaTeX.", example: "latex(x -> max(x, tanh(x)))") { arguments, _ in
            .object(DrawnText("a LaTeX formula", TermLatex.text(of: try term(arguments, "program"))))
        },
    ]

    /// The file of `to:`; nil where it was not given.
    static func pictureFile(_ arguments: Arguments, _ interpreter: Interpreter, endings: [String] = [".svg"]) throws -> String? {
        guard arguments.given("to") else { return nil }
        let file = try arguments.text("to")
        let range = arguments.range(of: "to")
        guard endings.contains(where: file.lowercased().hasSuffix) else {
            throw Fault.file("`\(arguments.callee)` writes SVG pictures, and `\(file)` does not end in \(endings.joined(separator: " or "))", at: range)
        }
        // A search would write it thousands of times.
        if interpreter.isTrial { throw Fault.file("a task cannot write a picture; return what is to be plotted, or plot it outside", at: range) }
        return file
    }
}
