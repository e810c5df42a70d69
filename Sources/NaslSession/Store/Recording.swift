import NaslLanguage
import NaslExpr
import NaslSearch
import NaslSpace
import NaslStore

/// The part that a search plays in the store: where it begins or goes on, and how it is written.
struct Recording {
    let name: String
    private let recorder: RunRecorder
    private let isNew: Bool

    /// What a run is asked to be called, and what its controller begins with.
    struct Request {
        var name: String
        /// The run whose trials the controller learns from first, and how it is called.
        var prior: Prior?
        /// Trials that the search asks for.
        var trials: Int
    }

    struct Prior {
        var name: String
        var trials: [Trial]
    }

    /// Begins a run under the name, or takes up the one that has it; then `search` writes there.
    static func begin(_ search: Search, _ definition: RunDefinition, _ request: Request, _ host: SessionHost, at range: SourceRange) throws -> Recording {
        try Fault.ofStore(at: range) {
            let store = try host.runStore.store(for: .writing, host)
            let origin = Origin(version: NaslVersion.text, machine: Machine.description, instructions: Machine.instructions)
            guard let stored = try store.run(named: request.name) else {
                let learned = request.prior.map { search.learn(from: $0.trials) }
                let recorder = try store.begin(request.name, definition, requested: request.trials, parent: request.prior?.name, origin: origin, state: search.controller.state())
                if let prior = request.prior, let learned {
                    try recorder.note("prior", "the controller learned from \(learned) of \(prior.trials.count) trials of `\(prior.name)`")
                    host.note("the controller begins with what \(groupedText(learned)) trials of `\(prior.name)` teach")
                }
                search.recorder = recorder
                return Recording(name: request.name, recorder: recorder, isNew: true)
            }
            if let difference = Difference.between(stored.definition, definition) {
                throw Fault.store("there is a run `\(request.name)` already, of another \(difference.what)", help: difference.lines + [
                    "save under another name; `from: runs(\"\(request.name)\")` lets the new run begin with what the old one knows",
                ], at: range)
            }
            if request.prior != nil, stored.parent != request.prior?.name {
                throw Fault.store("the run `\(request.name)` has begun already, without `from:`", help: ["save under another name"], at: range)
            }
            let recorder = try store.take(stored, requested: max(request.trials, stored.trials), origin: origin)
            do {
                let isSame = try search.restore(try store.past(of: stored, in: search.space))
                if !isSame {
                    let text = "the controller does not propose here what it proposed on \(stored.origin.machine) with \(stored.origin.instructions): from here on another run than the unbroken one"
                    try recorder.note("diverging", text)
                    host.note(text)
                }
            } catch {
                recorder.abandon("\(error)")
                throw error
            }
            if stored.trials < request.trials { host.note("`\(request.name)` goes on after trial \(groupedText(stored.trials)) of \(groupedText(request.trials))") }
            search.recorder = recorder
            return Recording(name: request.name, recorder: recorder, isNew: false)
        }
    }

    /// Lets the run go as it stands.
    func end(_ run: Run, _ search: Search, at range: SourceRange) throws {
        if case .unrecorded(let reason) = run.ending {
            recorder.abandon(reason)
            throw Fault.store(reason, help: ["`\(name)` is kept as far as it was written; `resume(\"\(name)\")` goes on from there"], at: range)
        }
        try Fault.ofStore(at: range) { try recorder.close(run.ending, state: search.controller.state(), last: run.proposals.last) }
    }

    /// Adds to the run's events; what cannot be written there is told by the trials, which go the same way.
    func note(_ kind: String, _ text: String) { try? recorder.note(kind, text) }

    /// Whether something of the run is in the store, if only of its first round.
    var isKept: Bool { !isNew || !recorder.isEmpty }

    /// Takes a run that could not begin out of the store; one that was taken up stays as it was.
    func giveUp(_ reason: String) {
        if !isKept { try? recorder.discard() } else { recorder.abandon(reason) }
    }
}

extension RunDefinition {
    /// As the store keeps them beside a run.
    static func settings(repeats: Int, isRacing: Bool) -> [String: String] {
        repeats == 1 ? [:] : ["repeats": "\(repeats)"].merging(isRacing ? ["racing": "true"] : [:]) { $1 }
    }

    static func settings(budget: String?, full: Double?) -> [String: String] {
        guard let budget, let full else { return [:] }
        return ["full budget": "\(numberText(full)) \(budget)"]
    }

    var repeats: Int { settings["repeats"].flatMap { Int($0) } ?? 1 }
    var isRacing: Bool { settings["racing"] == "true" }
}

/// In what a stored run differs from the one that should go on under its name.
struct Difference {
    let what: String
    let lines: [String]

    static func between(_ stored: RunDefinition, _ now: RunDefinition) -> Difference? {
        if stored.source != now.source { return Difference(what: stored.task == now.task ? "definition of the task" : "task", lines: lines(stored.source, now.source)) }
        if stored.method != now.method { return Difference(what: "method", lines: ["- \(stored.method)", "+ \(now.method)"]) }
        if stored.seed != now.seed { return Difference(what: "seed", lines: ["- \(stored.seed)", "+ \(now.seed)"]) }
        for name in Set(stored.settings.keys).union(now.settings.keys).sorted() where stored.settings[name] != now.settings[name] {
            // Older stores know nothing of data files.
            if name.hasPrefix("file "), !stored.settings.keys.contains(where: { $0.hasPrefix("file ") }) { continue }
            return Difference(what: name.hasPrefix("file ") ? "data file" : "`\(name)`", lines: ["- \(stored.settings[name] ?? "none")", "+ \(now.settings[name] ?? "none")"])
        }
        return nil
    }

    /// The lines that one text has and the other has not, twelve at most.
    private static func lines(_ stored: String, _ now: String) -> [String] {
        func split(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
        let changes = split(now).difference(from: split(stored))
        let lines = changes.removals.map { change in "- \(change.line)" } + changes.insertions.map { change in "+ \(change.line)" }
        return lines.count > 12 ? lines.prefix(12) + ["... \(lines.count - 12) more"] : lines
    }
}

extension CollectionDifference<String>.Change {
    fileprivate var line: String {
        switch self {
        case .insert(_, let element, _), .remove(_, let element, _): element
        }
    }
}

extension Fault {
    static func store(_ title: String, help: [String] = [], at range: SourceRange = .none) -> Fault { Fault("N0330", title, at: range, help: help) }

    static func store(_ title: String, at range: SourceRange, help: [String]) -> Fault { store(title, help: help, at: range) }

    /// `body`, with what the store or a controller throws as a message with a place.
    static func ofStore<Result>(at range: SourceRange, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as StoreError { throw store(error.title, help: error.help, at: range) } catch let error as Fault { throw error } catch {
            throw store("\(error)", at: range)
        }
    }
}
