import NaslExpr

/// A function as a module of Python for PyTorch: a function of tensors; where it holds trained numbers, a class.
enum PyTorchFile {
    static let dialect = Dialect(
        target: .pytorch, width: 60, reserved: PythonSource.reserved.union(Dialect.called(in: .pytorch)),
        number: { plainNumber($0, point: false, infinity: "torch.inf", nan: "torch.nan") },
        conditional: { "torch.where(\($0), \($1), \($2))" }, isConditionalOperator: false,
        truth: { "(\($0)).to(\($1).dtype)" },
        helper: { "_\($0)" }, definition: PythonSource.definition)

    static func text(_ function: FunctionTerm, named name: String, _ origin: Provenance) throws(ExportError) -> String {
        let name = dialect.identifier(name)
        let code = try FunctionCode(function, in: dialect) { "self.param_\($0 + 1)" }
        let main = code.weights.isEmpty ? functionText(code, name) : moduleText(code, PythonSource.className(name))
        return file(origin, code.definitions + [main] + companions(function, name, hasWeights: !code.weights.isEmpty))
    }

    static func file(_ origin: Provenance, _ blocks: [String], imports extra: [String] = []) -> String {
        let text = blocks.joined()
        var imports = ["import torch"] + extra
        if text.contains("F.") { imports.append("import torch.nn.functional as F") }
        var names: [String] = []
        if text.contains("Tensor") { names.append("Tensor") }
        if text.contains("nn.") { names.append("nn") }
        if !names.isEmpty { imports.append("from torch import \(names.joined(separator: ", "))") }
        if text.contains("LambdaLR") { imports.append("from torch.optim.lr_scheduler import LambdaLR") }
        return PythonSource.file(origin.comment("#"), imports: imports.joined(separator: "\n"), blocks)
    }

    static func functionText(_ code: FunctionCode, _ name: String) -> String {
        PythonSource.call("def \(name)", code.parameters.map { "\($0): Tensor" }, " -> Tensor:", indent: 0) + "\n" + PythonSource.body(code, indent: 4, result: result(code))
    }

    /// A number has the shape of what it is asked for.
    static func result(_ code: FunctionCode) -> String {
        guard code.isConstant, let like = code.parameters.first else { return code.result }
        return "torch.full_like(\(like), \(code.result))"
    }

    private static func moduleText(_ code: FunctionCode, _ name: String) -> String {
        let weights = code.weights.enumerated().map { slot, start in
            "        self.param_\(slot + 1) = nn.Parameter(torch.full((channels,), \(plainNumber(start, point: true, infinity: "torch.inf", nan: "torch.nan"))))"
        }
        let parameters = code.parameters.map { "\($0): Tensor" }
        return """
            class \(name)(nn.Module):
                \"\"\"One of each trained number for each channel, the last axis.\"\"\"

                def __init__(self, channels: int) -> None:
                    super().__init__()
            \(weights.joined(separator: "\n"))

            \(PythonSource.call("def forward", ["self"] + parameters, " -> Tensor:", indent: 4))
            \(PythonSource.body(code, indent: 8))
            """
    }

    /// What is wanted beside a loss, a function of p and y, and beside a schedule, a function of t.
    private static func companions(_ function: FunctionTerm, _ name: String, hasWeights: Bool) -> [String] {
        switch function.parameters.map(\.text) {
        case ["p", "y"] where !hasWeights:
            return ["""
                def \(name)_of_logits(logits: Tensor, labels: Tensor) -> Tensor:
                    \"\"\"A classifier's loss: the sum over the classes, the mean over the examples.\"\"\"
                    p = torch.softmax(logits, dim=-1).clamp(min=1e-7)
                    y = F.one_hot(labels, logits.shape[-1]).to(p.dtype)
                    return \(name)(p, y).sum(dim=-1).mean()
                """]
        case ["t"] where !hasWeights:
            return ["""
                def \(name)_scheduler(optimizer: torch.optim.Optimizer, steps: int) -> LambdaLR:
                    \"\"\"A factor on the learning rate, by progress from 0 to 1.\"\"\"

                    def factor(step: int) -> float:
                        return \(name)(torch.tensor(step / steps, dtype=torch.float64)).item()

                    return LambdaLR(optimizer, factor)
                """]
        default: return []
        }
    }
}
