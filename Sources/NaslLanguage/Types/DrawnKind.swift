import NaslSpace

/// What sort of thing a part of a grammar draws.
enum DrawnKind: String, CaseIterable {
    /// A number, a scalar, a tensor: what elementwise functions work on.
    case value = "a number"
    case function = "a function"
    case list = "a list"
    case record = "a record"
    case text = "a text"
    /// What cannot be told before it is drawn or run.
    case open = "anything"

    init(of value: Value) {
        self = switch value {
        case .number, .tensor: .value
        case .function: .function
        case .list, .range: .list
        case .record: .record
        case .text: .text
        case .none, .bool, .duration, .grammar, .task, .object: .open
        }
    }

    /// Where a number or a tensor is wanted, this cannot be.
    var isMisfit: Bool { self != .value && self != .open }
}
