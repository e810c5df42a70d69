import NaslLanguage

/// What `plot` gives: shown, it is the drawing; written to a file, the line that says so.
final class PlotValue: LanguageObject {
    let plot: Plot
    let shown: String

    init(_ plot: Plot, shown: String) {
        self.plot = plot
        self.shown = shown
    }

    let kind = "a plot"
}

/// A text that is shown as it stands, line by line: a drawn tree, a formula.
final class DrawnText: LanguageObject {
    let kind: String
    let shown: String

    init(_ kind: String, _ shown: String) {
        self.kind = kind
        self.shown = shown
    }

    let fieldNames = ["text"]

    func field(_ name: String) -> Value? { name == "text" ? .text(shown) : nil }
}
