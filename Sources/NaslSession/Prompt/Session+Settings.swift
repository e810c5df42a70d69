import NaslLanguage

/// `:set`.
extension Session {
    func set(_ argument: String) {
        let words = argument.split(separator: " ").map(String.init)
        guard let name = words.first else {
            for setting in Setting.allCases { host.write("\(setting.rawValue) \(text(of: setting))") }
            return
        }
        let matches = Setting(rawValue: name).map { [$0] } ?? Setting.allCases.filter { $0.rawValue.hasPrefix(name) }
        guard matches.count == 1 else {
            let known = Setting.allCases.map(\.rawValue)
            let near = matches.isEmpty ? suggestion(for: name, among: known).map { "did you mean `\($0)`?" } : nil
            return refuse("there is no setting `\(name)`", help: near ?? "there are \(known.map { "`\($0)`" }.joined(separator: ", "))")
        }
        guard words.count == 2 else {
            if words.count == 1 { host.write("\(matches[0].rawValue) \(text(of: matches[0]))") } else { refuse("`:set \(matches[0].rawValue)` takes one value") }
            return
        }
        change(matches[0], to: words[1])
    }

    private func text(of setting: Setting) -> String {
        switch setting {
        case .workers: "\(host.options.workers)"
        case .seed: "\(host.options.seed)"
        case .width: host.options.width.map(String.init) ?? "as the terminal's"
        case .color: host.options.color ? "on" : "off"
        }
    }

    private func change(_ setting: Setting, to word: String) {
        func whole(_ limits: ClosedRange<Int>) -> Int? {
            if let number = Int(word), limits.contains(number) { return number }
            refuse("`\(setting.rawValue)` should be a whole number from \(limits.lowerBound) to \(limits.upperBound), but it is `\(word)`")
            return nil
        }
        switch setting {
        case .workers:
            if let workers = whole(1...1024) { host.change { $0.workers = workers } }
        case .seed:
            guard let seed = whole(-1_000_000_000_000...1_000_000_000_000) else { return }
            host.change { $0.seed = seed }
            interpreter = Interpreter(host: host, seed: seed, latest: environment.globals)
        case .width:
            if word == "auto" { return host.change { $0.width = nil } }
            if let width = whole(20...1000) { host.change { $0.width = width } }
        case .color:
            switch word {
            case "on", "off":
                host.change {
                    $0.color = word == "on"
                    $0.drawsColor = word == "on"
                }
            default: refuse("`color` should be `on` or `off`, but it is `\(word)`")
            }
        }
    }
}
