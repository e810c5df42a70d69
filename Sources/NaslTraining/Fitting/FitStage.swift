import NaslExpr
import NaslTensor

/// The part of an objective between two sums: an elementwise program over arrays, which gives its values and their derivatives by the constants
/// and by the sums below it; then perhaps the sum of these.
package final class FitStage {
    /// How the values become one number.
    enum Reduction { case none, sum, mean }

    let reduction: Reduction
    let count: Int
    /// The constants that it reads itself, and the stages whose totals it reads.
    let constants: [Int]
    let below: [Int]
    /// The calls of a candidate whose values it reads.
    let calls: [Int]
    private let evaluator: Evaluator<Double>
    private var graph: Graph
    private let output: Graph.Ref
    /// What the values are the squares of, where they are squares and stand below a sum.
    private let root: Graph.Ref?
    // Each is compiled when it is first asked for: one is enough for most.
    private lazy var program = compiled(output)
    private lazy var residuals = root.map(compiled)
    private lazy var valueProgram = Program(graph, outputs: [output])

    /// - Parameters:
    ///   - value: what stands below the sum, or at the top.
    ///   - stages: the numbers of the stages that compute the sums in it.
    init(_ value: Quantity, _ reduction: Reduction, stages: [ObjectIdentifier: Int]) throws(NotElementwise) {
        self.reduction = reduction
        count = value.count
        var leaves = Leaves()
        leaves.collect(value)
        constants = leaves.constants
        below = leaves.totals.compactMap { stages[ObjectIdentifier($0)] }
        calls = leaves.given.compactMap { if case .given(let call) = $0.content { call } else { nil } }
        let arrays = leaves.arrays + leaves.given
        var graph = Graph(inputs: constants.count + below.count + arrays.count)
        var refs: [ObjectIdentifier: Graph.Ref] = [:]
        for (slot, total) in leaves.totals.enumerated() { refs[ObjectIdentifier(total)] = graph.input(constants.count + slot) }
        for (slot, array) in arrays.enumerated() { refs[ObjectIdentifier(array)] = graph.input(constants.count + below.count + slot) }
        output = try FitStage.insert(value, &graph, &refs, constants)
        root = below.isEmpty && reduction != .none ? graph.squared(output) : nil
        guard graph.nodes.count < FitStage.mostNodes else { throw NotElementwise(found: "more than \(FitStage.mostNodes) operations, which are too many to compile") }
        self.graph = graph
        let columns = [[Double]](repeating: [0], count: constants.count + below.count) + arrays.map { array in if case .numbers(let numbers) = array.content { numbers } else { [Double](repeating: 0, count: max(1, array.count)) } }
        evaluator = Evaluator(columns, count: max(1, count))
    }

    /// A program has at most 65,536 registers, and the derivatives are a small multiple of this.
    private static let mostNodes = 8_000

    /// The values at `ref`, and their derivatives by what varies.
    private func compiled(_ ref: Graph.Ref) -> Program {
        let slopes = graph.gradient(of: ref, seed: graph.number(1), by: (0..<constants.count + below.count).map { graph.input($0) })
        return Program(graph, outputs: [ref] + slopes)
    }

    /// The leaves of a value, each once.
    private struct Leaves {
        var constants: [Int] = []
        var totals: [Quantity] = []
        var arrays: [Quantity] = []
        var given: [Quantity] = []
        private var seen: Set<ObjectIdentifier> = []

        mutating func collect(_ value: Quantity) {
            guard seen.insert(ObjectIdentifier(value)).inserted else { return }
            switch value.content {
            case .numbers(let numbers): if numbers.count > 1 { arrays.append(value) }
            case .constant(let number): if !constants.contains(number) { constants.append(number) }
            case .given: given.append(value)
            case .total: totals.append(value)
            case .applied(_, let operands): for operand in operands { collect(operand) }
            }
        }
    }

    private static func insert(
        _ value: Quantity, _ graph: inout Graph, _ refs: inout [ObjectIdentifier: Graph.Ref], _ constants: [Int]
    ) throws(NotElementwise) -> Graph.Ref {
        if let known = refs[ObjectIdentifier(value)] { return known }
        let ref: Graph.Ref
        switch value.content {
        case .numbers(let numbers): ref = graph.number(numbers.first ?? .nan)
        case .constant(let number): ref = graph.input(constants.firstIndex(of: number) ?? 0)
        case .total, .given: throw NotElementwise(found: "a sum")
        case .applied(let function, let operands):
            var names: [Symbol: Graph.Ref] = [:]
            for (name, operand) in zip(function.parameters, operands) { names[name] = try insert(operand, &graph, &refs, constants) }
            ref = try graph.insert(function.body, names)
        }
        refs[ObjectIdentifier(value)] = ref
        return ref
    }

    /// The value and its derivatives by `constants` and then by `below`: all of them summed.
    func value(at constants: [Double], totals: [Double]) -> (value: Double, slopes: [Double]) {
        set(constants, totals)
        return evaluator.withOutputs(of: program) { column in
            let scale = reduction == .mean ? 1 / Double(count) : 1
            let number = reduction == .none ? min(1, count) : count
            func total(_ slot: Int) -> Double {
                let values = column(slot)
                var sum = 0.0
                for element in 0..<number { sum += values[element] }
                return sum * scale
            }
            return (total(0), (0..<self.constants.count + below.count).map { total($0 + 1) })
        }
    }

    /// The value alone, for the values of a candidate that it was last told: as `sum` and `mean` give it.
    func value(totals: [Double]) -> Double {
        for (slot, stage) in below.enumerated() { evaluator.set(constants.count + slot, to: totals[stage]) }
        return evaluator.withFirstOutput(of: valueProgram) { values in
            if reduction == .none { return values[0] }
            let sum = values.reduce(0, +)
            return reduction == .mean ? sum / Double(count) : sum
        }
    }

    /// Tells it what a candidate has given at a call.
    func take(_ values: UnsafeBufferPointer<Double>, ofCall call: Int) {
        for (slot, own) in calls.enumerated() where own == call {
            evaluator.set(evaluator.inputCount - calls.count + slot, to: values)
        }
    }

    /// Whether its values are squares, so that their sum can be made small by least squares.
    var hasResiduals: Bool { root != nil && count > 0 }

    /// What a sum of squares is to the stages that read it.
    func total(ofSquares sum: Double) -> Double { reduction == .mean ? sum / Double(count) : sum }

    /// The sum of the squared residuals, half its gradient and the product of their derivatives' matrix with itself, by `constants`.
    package func normalEquations(at constants: [Double]) -> LeastSquaresPoint {
        set(constants, [])
        let width = self.constants.count
        var point = LeastSquaresPoint(width: width)
        guard let residuals else { return point }
        evaluator.withOutputs(of: residuals) { column in
            let errors = column(0)
            for element in 0..<count { point.sum += errors[element] * errors[element] }
            for row in 0..<width {
                let slopes = column(row + 1)
                for element in 0..<count { point.gradient[row] += slopes[element] * errors[element] }
                for other in 0...row {
                    let others = column(other + 1)
                    var sum = 0.0
                    for element in 0..<count { sum += slopes[element] * others[element] }
                    point.normal[row * width + other] = sum
                    point.normal[other * width + row] = sum
                }
            }
        }
        return point
    }

    /// The stages of a quantity: sums before those that read them; the quantity itself is last.
    static func stages(of quantity: Quantity) throws(NotElementwise) -> [FitStage] {
        var stages: [FitStage] = []
        var numbers: [ObjectIdentifier: Int] = [:]
        var seen: Set<ObjectIdentifier> = []
        func visit(_ value: Quantity) throws(NotElementwise) {
            guard seen.insert(ObjectIdentifier(value)).inserted else { return }
            for operand in value.operands { try visit(operand) }
            guard case .total(let inner, let isMean) = value.content else { return }
            stages.append(try FitStage(inner, isMean ? .mean : .sum, stages: numbers))
            numbers[ObjectIdentifier(value)] = stages.count - 1
        }
        try visit(quantity)
        stages.append(try FitStage(quantity, .none, stages: numbers))
        return stages
    }

    private func set(_ values: [Double], _ totals: [Double]) {
        for (slot, constant) in constants.enumerated() { evaluator.set(slot, to: values[constant]) }
        for (slot, stage) in below.enumerated() { evaluator.set(constants.count + slot, to: totals[stage]) }
    }
}

extension Graph {
    /// What is squared at `ref`, if something is.
    fileprivate func squared(_ ref: Ref) -> Ref? {
        guard case .apply(let primitive, let a, let b, _) = nodes[Int(ref.position)] else { return nil }
        switch primitive {
        case .square: return a
        case .mul: return a == b ? a : nil
        case .pow: return constant(at: b) == 2 ? a : nil
        default: return nil
        }
    }
}
