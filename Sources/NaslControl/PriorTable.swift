#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import NaslSpace
import NaslTensor

/// The grammar's weights as a policy adds them to its logits, a row for each place of the space where it has stood; with a prior on lengths, if
/// there is one.
///
/// A derivation at the same node has the same site, mask and weights, so it finds its row by the node's number; with a prior on lengths by what
/// that looks at as well. Where some draws must differ the node does not say it all; then rows are found by what they hold.
struct PriorTable {
    struct Row {
        let site: Int
        /// Of each alternative of the site; -infinity where it is not allowed.
        let logarithms: [Double]
        /// Where a number on a continuous scale is drawn.
        let numbers: RealRange?
        /// Where they begin in the table of the kernels.
        let start: Int32
    }

    private struct Key: Hashable {
        let site: Int
        let logarithms: [Double]
        let numbers: RealRange?
    }

    /// What a prior on lengths looks at.
    private struct Position: Hashable {
        let node: Int
        let step: Int
        let isLast: Bool
    }

    private(set) var rows: [Row] = []
    private var rowOfNode: [Int32] = []
    private var rowOfPosition: [Position: Int32] = [:]
    private var rowOfPriors: [Key: Int32] = [:]
    private let precision: Precision
    private let length: LengthPrior?
    private var floats = [Float](repeating: 0, count: PriorTable.rest)
    private var doubles = [Double](repeating: 0, count: PriorTable.rest)

    /// Values that kernels may read behind the last row.
    private static let rest = 16

    init(_ precision: Precision, length: LengthPrior? = nil) {
        self.precision = precision
        self.length = length
    }

    /// The row of the open decision of a derivation, which stands at `place` and has made `step` choices.
    mutating func row(of derivation: inout Derivation, at place: Derivation.Place, step: Int) -> Int {
        if length != nil { return rowByPosition(of: &derivation, at: place, step: step) }
        if let node = place.node, node < rowOfNode.count, rowOfNode[node] >= 0 { return Int(rowOfNode[node]) }
        guard let decision = derivation.decision else { return 0 }
        let row = self.row(of: decision, in: &derivation, step: step)
        guard let node = place.node else { return row }
        if node >= rowOfNode.count { rowOfNode += repeatElement(-1, count: node + 1 - rowOfNode.count) }
        rowOfNode[node] = Int32(row)
        return row
    }

    private mutating func rowByPosition(of derivation: inout Derivation, at place: Derivation.Place, step: Int) -> Int {
        let isLast = derivation.isAtLastDraw(), position = place.node.map { Position(node: $0, step: step, isLast: isLast) }
        if let position, let known = rowOfPosition[position] { return Int(known) }
        guard let decision = derivation.decision else { return 0 }
        let row = self.row(of: decision, in: &derivation, step: step)
        if let position { rowOfPosition[position] = Int32(row) }
        return row
    }

    /// The row of a decision that a derivation has open.
    mutating func row(of decision: Decision, in derivation: inout Derivation, step: Int) -> Int {
        var logarithms = decision.priors.map { log($0) }
        if let length { logarithms = length.applied(to: logarithms, at: step, isLast: derivation.isAtLastDraw(), endings: derivation.endings) }
        let key = Key(site: decision.site, logarithms: logarithms, numbers: decision.numbers)
        if let known = rowOfPriors[key] { return Int(known) }
        let row = Row(site: decision.site, logarithms: logarithms, numbers: decision.numbers, start: Int32((precision == .float ? floats.count : doubles.count) - PriorTable.rest))
        switch precision {
        case .float: floats.replaceSubrange(Int(row.start)..., with: logarithms.map(Float.init) + Array(repeating: 0, count: PriorTable.rest))
        case .double: doubles.replaceSubrange(Int(row.start)..., with: logarithms + Array(repeating: 0, count: PriorTable.rest))
        }
        rowOfPriors[key] = Int32(rows.count)
        rows.append(row)
        return rows.count - 1
    }

    /// The site of a row, how many alternatives it has, and where it begins in the table of the kernels.
    func place(_ row: Int) -> (site: Int, count: Int32, start: Int32) {
        rows.withUnsafeBufferPointer { rows in (rows[row].site, Int32(rows[row].logarithms.count), rows[row].start) }
    }

    /// The rows one after the other, in the table's precision.
    func withValues<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result {
        switch precision {
        case .float: floats.withUnsafeBytes { body($0.baseAddress!) }
        case .double: doubles.withUnsafeBytes { body($0.baseAddress!) }
        }
    }
}
