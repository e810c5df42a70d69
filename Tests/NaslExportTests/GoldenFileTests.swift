import Foundation
import NaslExport
import NaslExpr
import NaslTensor
import NaslTraining
import Testing

/// Whole files, as they stand in Tests/export/golden.
struct GoldenFileTests {
    private static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/export/golden"

    private func expect(_ file: String, _ text: String) throws {
        // To be looked at before it is committed.
        if ProcessInfo.processInfo.environment["NASL_WRITE_GOLDEN"] != nil { try text.write(toFile: "\(Self.folder)/\(file)", atomically: true, encoding: .utf8) }
        let golden = try String(contentsOfFile: "\(Self.folder)/\(file)", encoding: .utf8)
        #expect(text == golden, "\(file) is now\n\(text)")
    }

    static let rule: FunctionTerm = {
        let (g, m, t) = (Expr.variable("g"), Expr.variable("m"), Expr.variable("t"))
        let agreement = call(.mul, call(.sign, g), call(.sign, m))
        return function(["w", "g", "m", "v", "t"], call(.mul, call(.mul, call(.exp, agreement), g), call(.sub, 1, t)))
    }()

    @Test(arguments: [(ExportFormat.pytorch, "optimizer_torch.py"), (.jax, "optimizer_jax.py")])
    func optimizer(_ format: ExportFormat, _ file: String) throws {
        let export = OptimizerExport(try UpdateRule(Self.rule), learningRate: 0.01, name: "sign_rule", origin: Provenance(program: Self.rule.text))
        try expect(file, try export.text(as: format))
    }

    @Test func aRuleWithOneState() throws {
        let export = OptimizerExport(.momentum(), learningRate: 0.01, name: "heavy_ball", origin: Provenance(program: "momentum(lr: 0.01)"))
        try expect("momentum_jax.py", try export.text(as: .jax))
    }

    @Test func aRuleThatDraws() throws {
        let body = call(.add, .variable("g"), call(.noise, 0.1))
        let rule = function(["w", "g", "m", "v", "t"], body)
        let export = OptimizerExport(try UpdateRule(rule), learningRate: 0.01, name: "noisy", origin: Provenance(program: rule.text))
        try expect("noisy_jax.py", try export.text(as: .jax))
        try expect("noisy_torch.py", try export.text(as: .pytorch))
    }

    @Test func lossesAndSchedules() throws {
        let loss = function(["p", "y"], call(.neg, call(.mul, .variable("y"), call(.log, .variable("p")))))
        try expect("loss_torch.py", try exported(loss, .pytorch, name: "found_loss"))
        try expect("loss_jax.py", try exported(loss, .jax, name: "found_loss"))
        let schedule = function(["t"], call(.mul, 0.5, call(.add, 1, call(.cos, call(.mul, .variable("pi"), .variable("t"))))))
        try expect("schedule_torch.py", try exported(schedule, .pytorch, name: "half_cosine"))
        try expect("schedule_jax.py", try exported(schedule, .jax, name: "half_cosine"))
    }

    @Test(arguments: [(ExportFormat.pytorch, "net_torch.py"), (.jax, "net_jax.py")])
    func net(_ format: ExportFormat, _ file: String) throws {
        let swish = function(["x"], call(.mul, x, call(.sigmoid, call(.mul, .parameter(1), x))))
        let layers: [any Layer] = [
            Convolution(4, size: [3, 3], stride: 2), BatchNorm(), Activation(swish), Pool(.max, size: [2, 2], stride: 2), Flatten(), Dense(8),
            Activation(function(["x"], call(.tanh, x))), Classify(),
        ]
        let fit = try train(LayerSequence(layers), on: .digits(), TrainingSettings(batch: 8, length: .steps(2)))
        let files = try NetExport(fit, name: "small_net", origin: Provenance(program: fit.summary)).files(as: format)
        try expect(file, files.source)
        // The length of the header, the header, then four bytes for each weight and each running number, eight for the count.
        let length = files.weights.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let numbers = fit.parameterCount + 8
        #expect(files.weights.count == 8 + length + 4 * numbers + (format == .pytorch ? 8 : 0))
    }

    @Test func aRecurrentNet() throws {
        let fit = try train(CharRNN(cell: GRU(), width: 5, window: 4), on: .austen(), TrainingSettings(batch: 2, length: .steps(1)))
        try expect("step_torch.py", try NetExport(fit, name: "step", origin: Provenance(program: fit.summary)).files(as: .pytorch).source)
    }

    @Test func whatHasNoMeaning() throws {
        let export = OptimizerExport(.adam(), learningRate: 0.01, name: "adam", origin: Provenance(program: "adam()"))
        #expect(throws: ExportError.self) { try export.text(as: .c) }
        let fit = try train(Nets.mlp([4, 10], activation: Programs.bent), on: .digits(), TrainingSettings(batch: 8, length: .steps(1)))
        #expect(throws: ExportError.self) { try NetExport(fit, name: "net", origin: Provenance(program: "net")).files(as: .latex) }
        #expect(throws: ExportError.self) { try exported(function(["x"], call(.noise, 0.1)), .c) }
    }

    /// That the files are Python at all.
    @Test func compiled() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "for file in '\(Self.folder)'/*.py; do /usr/bin/python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' \"$file\" || exit 1; done"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
