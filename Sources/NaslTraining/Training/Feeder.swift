import NaslTensor

/// Copies examples of one split into the inputs of a section. Nothing is allocated.
struct Feeder {
    let split: DataSplit
    let section: ChildSection
    /// Characters that an example looks at, or of each stream that a run sees.
    let context: Int
    private let classes: Int

    init(_ split: DataSplit, _ section: ChildSection, classes: Int) {
        self.split = split
        self.section = section
        self.classes = classes
        switch section.input {
        case .tokens(let tokens): context = tokens.shape[1]
        case .streams(let tokens): context = tokens.shape[0]
        case .values: context = 0
        }
    }

    /// Examples to choose from: a text has one for each character with enough others before it.
    var count: Int { split.count - context }

    /// The examples at `positions`, as many as the section's batch.
    func fill(_ plan: borrowing Plan, _ positions: UnsafeBufferPointer<Int>) {
        switch (split, section.input) {
        case (.rows(let rows), .values(let input)):
            switch plan.precision {
            case .float: plan.withFloats(of: input) { Feeder.gather(rows, positions, into: $0) }
            case .double: plan.withDoubles(of: input) { Feeder.gatherDoubles(rows, positions, into: $0) }
            }
            if let labels = section.labels {
                plan.withTokens(labels) { target in
                    rows.labels.withUnsafeBufferPointer { source in
                        for (row, position) in positions.enumerated() { target[row] = source[position] }
                    }
                }
            }
        case (.text(let text), .tokens(let input)):
            text.withUnsafeBufferPointer { text in
                plan.withTokens(input) { target in
                    for (row, position) in positions.enumerated() {
                        for place in 0..<context { target[row * context + place] = Int32(truncatingIfNeeded: text[position + place]) }
                    }
                }
                if let labels = section.labels {
                    plan.withTokens(labels) { target in
                        for (row, position) in positions.enumerated() { target[row] = Int32(truncatingIfNeeded: text[position + context]) }
                    }
                }
            }
        case (.text(let text), .streams(let input)):
            text.withUnsafeBufferPointer { text in
                plan.withTokens(input) { Feeder.fillStreams(text, positions, after: 0, into: $0) }
                if let labels = section.labels { plan.withTokens(labels) { Feeder.fillStreams(text, positions, after: 1, into: $0) } }
            }
        default: break
        }
        if let targets = section.targets { fillTargets(plan, targets, positions) }
    }

    /// All streams of one step together.
    private static func fillStreams(
        _ text: UnsafeBufferPointer<UInt8>, _ positions: UnsafeBufferPointer<Int>, after: Int, into target: UnsafeMutableBufferPointer<Int32>
    ) {
        guard !positions.isEmpty else { return }
        for place in 0..<target.count / positions.count {
            for (row, position) in positions.enumerated() {
                target[place * positions.count + row] = Int32(truncatingIfNeeded: text[position + place + after])
            }
        }
    }

    private static func gather(_ rows: Rows, _ positions: UnsafeBufferPointer<Int>, into target: UnsafeMutableBufferPointer<Float>) {
        rows.features.withUnsafeBufferPointer { source in
            guard let from = source.baseAddress, let to = target.baseAddress else { return }
            for (row, position) in positions.enumerated() {
                (to + row * rows.width).update(from: from + position * rows.width, count: rows.width)
            }
        }
    }

    private static func gatherDoubles(_ rows: Rows, _ positions: UnsafeBufferPointer<Int>, into target: UnsafeMutableBufferPointer<Double>) {
        rows.features.withUnsafeBufferPointer { source in
            for (row, position) in positions.enumerated() {
                for column in 0..<rows.width { target[row * rows.width + column] = Double(source[position * rows.width + column]) }
            }
        }
    }

    /// One-hot classes, from the labels that were just written, or the numbers.
    private func fillTargets(_ plan: borrowing Plan, _ targets: Tracer.Variable, _ positions: UnsafeBufferPointer<Int>) {
        switch plan.precision {
        case .float: plan.withFloats(of: targets) { fillTargets(plan, $0, positions) }
        case .double: plan.withDoubles(of: targets) { fillTargets(plan, $0, positions) }
        }
    }

    private func fillTargets<Number: BinaryFloatingPoint>(
        _ plan: borrowing Plan, _ target: UnsafeMutableBufferPointer<Number>, _ positions: UnsafeBufferPointer<Int>
    ) {
        if let labels = section.labels {
            target.update(repeating: 0)
            plan.withTokens(labels) { labels in
                for (row, label) in labels.enumerated() { target[row * classes + Int(label)] = 1 }
            }
        } else if case .rows(let rows) = split {
            rows.numbers.withUnsafeBufferPointer { source in
                for (row, position) in positions.enumerated() { target[row] = Number(source[position]) }
            }
        }
    }
}
