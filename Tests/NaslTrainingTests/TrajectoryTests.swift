import Foundation
import NaslExpr
import NaslTraining
import Testing

/// 50 steps of training from the same starting weights on the same batches as PyTorch, whose losses are recorded in `Tests/reference/training.csv`
/// (`make test-long` makes them anew).
@Suite struct TrajectoryTests {
    static let steps = 50
    static let names = ["mlp", "convnet", "resnet20", "char_rnn", "char_gru"]

    private static func child(_ name: String) throws -> (net: any Layer, data: DataSet, settings: TrainingSettings) {
        func settings(_ batch: Int, _ rate: Double, _ optimizer: (Double) -> Optimizer = { .adam(learningRate: $0) }) -> TrainingSettings {
            TrainingSettings(optimizer: optimizer(rate), batch: batch, length: .steps(steps), seed: 5)
        }
        return switch name {
        case "mlp": (Nets.mlp([64, 64, 10], activation: .swish), try .digits(), settings(64, 3e-3))
        case "convnet": (Nets.convnet([16, 32], classes: 10, activation: .relu), try .digits(), settings(32, 3e-3))
        case "resnet20": (Nets.resnet20(classes: 10, activation: .relu), try .fashion(), settings(16, 0.01) { .sgd(learningRate: $0) })
        case "char_rnn": (CharRNN(cell: LSTM(), width: 32, window: 16), try .austen(), settings(16, 3e-3))
        default: (CharRNN(cell: GRU(), width: 24, window: 12, dimension: 8), try .austen(), settings(8, 3e-3))
        }
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("reference")

    /// PyTorch's losses by net.
    private static let recorded: [String: [Double]] = {
        let lines = (try? String(contentsOf: folder.appendingPathComponent("training.csv"), encoding: .utf8))?.split(separator: "\n") ?? []
        var losses: [String: [Double]] = [:]
        for line in lines {
            let cells = line.split(separator: ",")
            if cells.count == 3, let loss = Double(cells[2]) { losses[String(cells[0]), default: []].append(loss) }
        }
        return losses
    }()

    @Test(arguments: names, [1e-4, 1e-8])
    func lossesFollowPyTorch(_ name: String, _ tolerance: Double) throws {
        var (net, data, settings) = try Self.child(name)
        settings.precision = tolerance < 1e-5 ? .double : .float
        var steps = Self.steps
        if name == "resnet20" {
            // Rounding grows in a deep net: PyTorch's own single precision leaves its double precision by 7e-2 within 50 steps of this one. And
            // double precision is slow.
            steps = settings.precision == .float ? 2 : ProcessInfo.processInfo.environment["NASL_LONG_TESTS"] == nil ? 5 : Self.steps
            settings.length = .steps(steps)
        }
        let losses = try train(net, on: data, settings).history.map(\.loss)
        let expected = try #require(Self.recorded[name]).prefix(steps)
        #expect(losses.count == steps && expected.count == steps)
        for (step, pair) in zip(losses, expected).enumerated() { #expect(abs(pair.0 - pair.1) <= tolerance * max(1, pair.1), "step \(step + 1)") }
    }

    /// For `Tests/reference/training.py`: the starting weights and the batches of each net, written to the folder that the environment names.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["NASL_TRAINING_INPUTS"] != nil), arguments: names)
    func writeInputs(_ name: String) throws {
        struct File: Encodable {
            struct Parameter: Encodable {
                let name: String, shape: [Int], values: [Double]
            }

            let net: String, shape: [Int], batch: Int, optimizer: String, rate: Double
            let parameters: [Parameter]
            let inputs: [[Double]], labels: [[Int32]]
        }
        let (net, data, settings) = try Self.child(name)
        let inputs = try TrainingInputs(net, on: data, settings, steps: Self.steps)
        let file = File(
            net: name, shape: data.shape, batch: settings.batch, optimizer: settings.optimizer.rule.name, rate: settings.optimizer.learningRate,
            parameters: inputs.parameters.map { .init(name: $0.name, shape: $0.shape, values: $0.values) }, inputs: inputs.batches.map(\.inputs),
            labels: inputs.batches.map(\.labels))
        let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["NASL_TRAINING_INPUTS"] ?? "")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try JSONEncoder().encode(file).write(to: folder.appendingPathComponent("\(name).json"))
    }
}
