import NaslExpr
import NaslRandom
import NaslTensor
import NaslTraining
import Synchronization

/// Steps of training, as `train` does them: batches drawn and copied, forward, backward, update.
enum Children {
    static var figures: [String: () throws -> NaslBenchmarks.Measurement] {
        [
            "mlp": { let child = try child("mlp"); return { try step(child, 2000) } },
            "mlp_searched_rule": { let child = try child("mlp"), rule = try searchedAdam(); return { try step(child, 2000, rule) } },
            "cnn": { let child = try child("cnn"); return { try step(child, 100) } },
            "resnet20": { let child = try child("resnet20"); return { try step(child, 2) } },
            "char_rnn": { let child = try child("char_rnn"); return { try step(child, 50) } },
            "two_children": { let child = try child("mlp"); return { try together(2, child) } },
            "one_child": { let child = try child("mlp"); return { try together(1, child) } },
        ]
    }

    private static let x = Expr.variable("x")
    private static let relu = FunctionTerm(parameters: ["x"], body: .apply(.relu, x))
    private static let swish = FunctionTerm(parameters: ["x"], body: .apply(.mul, x, .apply(.sigmoid, x)))

    private typealias Child = (net: any Layer, data: DataSet)

    private static func child(_ name: String) throws -> Child {
        switch name {
        case "cnn": (cnn(), try .digits())
        case "resnet20": (Nets.resnet20(classes: 10, activation: relu), try images())
        case "char_rnn": (CharRNN(cell: LSTM(), width: 64), try letters())
        default: (Nets.mlp([64, 64, 10], activation: swish), try .digits())
        }
    }

    /// Prints the instructions of a step that take longest.
    static func profile(_ name: String) throws {
        let child = try child(name)
        let instructions = try TrainingProfile(child.net, on: child.data, settings(.steps(1)), runs: 20).instructions
        var sums: [String: (count: Int, seconds: Double)] = [:]
        for one in instructions {
            let key = "\(one.kernel) \(one.sizes)"
            sums[key, default: (0, 0)].count += 1
            sums[key, default: (0, 0)].seconds += one.seconds
        }
        print("microseconds, instructions, kernel and first sizes; \(1e6 * instructions.reduce(0) { $0 + $1.seconds }) in all")
        for (key, sum) in sums.sorted(by: { $0.value.seconds > $1.value.seconds }).prefix(25) { print(1e6 * sum.seconds, sum.count, key, separator: "\t") }
    }

    private static func cnn() -> any Layer {
        LayerSequence([
            Convolution(16), Activation(swish), Convolution(32), Activation(swish), Pool(.max, size: [2, 2], stride: 2), Flatten(), Dense(10),
        ])
    }

    /// Adam as a user would write it.
    private static func searchedAdam() throws -> UpdateRule {
        let root = Expr.apply(.add, .apply(.sqrt, .variable("v")), 1e-8)
        return try UpdateRule(FunctionTerm(parameters: ["w", "g", "m", "v", "t"], body: .apply(.div, .variable("m"), root)))
    }

    private static func settings(_ length: TrainingSettings.Length, _ rule: UpdateRule = .adam()) -> TrainingSettings {
        TrainingSettings(optimizer: Optimizer(rule, learningRate: 1e-3), batch: 64, length: length)
    }

    /// Without tracing and validation, which one step has as well as many.
    private static func step(_ child: Child, _ steps: Int, _ rule: UpdateRule = .adam()) throws -> Double {
        let times = try [steps + 1, 1].map { steps in
            try NaslBenchmarks.seconds { _ = try train(child.net, on: child.data, settings(.steps(steps), rule)) }
        }
        return (times[0] - times[1]) / Double(steps)
    }

    /// Seconds on the clock until so many workers have trained a child each.
    private static func together(_ workers: Int, _ child: Child) throws -> Double {
        let failures = Mutex(0), clock = ContinuousClock(), begin = clock.now
        let threads = (0..<workers).map { _ in
            Worker { do { _ = try train(child.net, on: child.data, settings(.steps(4000))) } catch { failures.withLock { $0 += 1 } } }
        }
        for thread in threads { thread.join() }
        guard failures.withLock({ $0 }) == 0 else { throw TrainingError("a child failed") }
        let (whole, atto) = (clock.now - begin).components
        return Double(whole) + Double(atto) * 1e-18
    }

    /// Pictures as CIFAR-10 has them, of random numbers.
    private static func images() throws -> DataSet {
        var stream = RandomStream(seed: 1, "images")
        func rows(_ count: Int) -> Rows {
            Rows(width: 3072, features: (0..<count * 3072).map { _ in Float(stream.normal()) }, labels: (0..<count).map { _ in Int32(stream.below(10)) })
        }
        return try DataSet(name: "images", shape: [32, 32, 3], classes: 10, train: rows(64), validation: rows(1), test: rows(1))
    }

    /// 35 letters in random order.
    private static func letters() throws -> DataSet {
        var stream = RandomStream(seed: 1, "letters")
        return try DataSet(name: "letters", text: (0..<100_000).map { _ in UInt8(65 + stream.below(35)) }, fractions: (0.97, 0.01))
    }
}
