import NaslExpr

/// A function as a document of LaTeX: its formula and its derivative by each parameter.
enum LatexFile {
    /// About how many characters of a term fit into a line.
    private static let width = 90

    static func text(_ function: FunctionTerm, named name: String, _ origin: Provenance) throws(ExportError) -> String {
        let head = TermLatex.name(name)
        let arguments = function.parameters.map { TermLatex.name($0.text) }.joined(separator: ", ")
        var formulas = [rows(try line(function, slope: nil), "\(head)(\(arguments))")]
        if !function.body.nodes.contains(where: { $0.kind == .primitive && $0.primitive.isRandom }) {
            for (slot, parameter) in function.parameters.enumerated() {
                let symbol = function.parameters.count == 1
                    ? "\(head)'(\(arguments))" : "\\frac{\\partial \(head)}{\\partial \(TermLatex.name(parameter.text))}(\(arguments))"
                formulas.append(rows(try line(function, slope: slot), symbol))
            }
        }
        return """
            \(origin.comment("%"))
            \\documentclass{article}
            \\usepackage{amsmath}
            \\allowdisplaybreaks
            \\begin{document}
            \(formulas.map { "\\begin{align*}\n\($0)\n\\end{align*}" }.joined(separator: "\n"))
            \\end{document}

            """
    }

    /// The formula, then what its parts are.
    private static func rows(_ line: StraightLine, _ symbol: String) -> String {
        let rows = [(symbol, line.results[0])] + line.bindings.map { (TermLatex.name($0.name.text), $0.term) }
        return rows.enumerated().map { place, row in
            "  \(row.0) &= \(TermLatex.text(of: row.1))\(place == 1 ? " && \\text{where}" : "")"
        }.joined(separator: " \\\\\n")
    }

    private static func line(_ function: FunctionTerm, slope: Int?) throws(ExportError) -> StraightLine {
        var graph = Graph(inputs: function.parameters.count)
        let names = Dictionary(uniqueKeysWithValues: zip(function.parameters, function.parameters.indices.map { graph.input($0) }))
        do {
            var output = try graph.insert(function.body, names)
            if let slope { output = graph.gradient(of: output, seed: graph.number(1), by: [graph.input(slope)])[0] }
            return graph.straightLine(at: [output], names: function.parameters, width: width)
        } catch {
            throw ExportError(error.description)
        }
    }
}
