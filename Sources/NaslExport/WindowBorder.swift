import NaslTensor

/// What a window has outside of the picture.
struct WindowBorder {
    let before: [Int], after: [Int]

    init(_ window: ConvolutionWindow) {
        before = window.before
        after = (0..<2).map { window.bordered[$0] - window.image[$0] - window.before[$0] }
    }

    var isNone: Bool { before == [0, 0] && after == [0, 0] }
    /// The same on both sides.
    var even: (Int, Int)? { before == after ? (before[0], before[1]) : nil }
    /// Left, right, top, bottom.
    var text: String { "(\(before[1]), \(after[1]), \(before[0]), \(after[0]))" }
}
