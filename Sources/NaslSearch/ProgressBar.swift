/// A progress event as one line of a terminal.
///
///     ProgressBar(width: 120).line(progress)
///     //  [==========>         ] 271/500   best -1.987  x -> max(x, sin(x))   mean -2.21   17 trials/s   eta 13 s
public struct ProgressBar: Sendable {
    /// Characters that the line may take.
    public var width: Int
    /// Characters between the brackets.
    public var barWidth: Int

    public init(width: Int, barWidth: Int = 20) {
        self.width = max(0, width)
        self.barWidth = max(1, barWidth)
    }

    /// The line with its bar.
    public func line(_ progress: SearchProgress) -> String { fitted(progress, hasBar: true) }

    /// The same without the bar, for output that is no terminal.
    public func plainLine(_ progress: SearchProgress) -> String { fitted(progress, hasBar: false) }

    /// Where the line is too long these give way, one after the other: most of the bar, the mean, the proposals, the speed, the end of the program, the
    /// end of the line.
    private func fitted(_ progress: SearchProgress, hasBar: Bool) -> String {
        var shown = progress
        func line(_ barWidth: Int, program: String) -> String {
            (hasBar ? " \(bar(shown, width: barWidth)) " : "") + text(shown, program: program)
        }
        let program = progress.best?.text ?? ""
        let whole = line(barWidth, program: program)
        if whole.count <= width { return whole }
        let narrow = max(1, barWidth * 2 / 5)
        for giveWay in [{ }, { shown.meanRecent = nil }, { shown.proposals = 0 }, { shown.trialsPerSecond = nil }] {
            giveWay()
            let line = line(narrow, program: program)
            if line.count <= width { return line }
        }
        // Less than this says nothing about a program.
        let shortest = 8
        let room = max(shortest, program.count - (line(narrow, program: program).count - width))
        return String(line(narrow, program: program.count > room ? program.prefix(room - 3) + "..." : program).prefix(width))
    }

    private func bar(_ progress: SearchProgress, width barWidth: Int) -> String {
        let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 1
        let filled = Int(Double(barWidth) * min(1, max(0, share)))
        let head = filled < barWidth ? ">" : ""
        return "[" + String(repeating: "=", count: filled) + head + String(repeating: " ", count: max(0, barWidth - filled - 1)) + "]"
    }

    private func text(_ progress: SearchProgress, program: String) -> String {
        let total = "\(progress.total)"
        let done = "\(progress.done)"
        var parts = [String(repeating: " ", count: max(0, total.count - done.count)) + done + "/" + total]
        if let best = progress.best { parts.append("best \(significant(best.reward, 4))  \(program)") }
        if let mean = progress.meanRecent { parts.append("mean \(significant(mean, 3))") }
        if progress.proposals > progress.done { parts.append("\(progress.proposals) proposals") }
        if progress.rejected > 0 { parts.append("\(progress.rejected) rejected") }
        if progress.failures > 0 { parts.append("\(progress.failures) failed") }
        if let speed = progress.trialsPerSecond { parts.append("\(speed < 9.95 ? fixed(speed, 1) : fixed(speed, 0)) trials/s") }
        if let seconds = progress.secondsLeft { parts.append("eta \(ProgressBar.duration(seconds))") }
        return parts.joined(separator: "   ")
    }

    /// `13 s`, `4 min 10 s`, `2 h 5 min`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9, let whole = Int(exactly: seconds.rounded(.up)) else { return "?" }
        if whole < 100 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
