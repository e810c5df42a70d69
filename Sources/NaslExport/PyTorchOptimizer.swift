import NaslExpr

/// An update rule as a `torch.optim.Optimizer`.
enum PyTorchOptimizer {
    static func text(_ export: OptimizerExport) throws(ExportError) -> String {
        let made = try OptimizerCode(export.rule, in: PyTorchFile.dialect)
        let name = PythonSource.className(PyTorchFile.dialect.identifier(export.name))
        let rate = plainNumber(export.learningRate, point: true, infinity: "torch.inf", nan: "torch.nan")
        let defaults = made.needsProgress ? "{\"lr\": lr, \"steps\": steps}" : "{\"lr\": lr}"
        var parameters = ["self", "params", "lr: float = \(rate)"]
        if made.needsProgress { parameters.insert("steps: int", at: 2) }
        var lines: [String] = []
        lines.append("class \(name)(torch.optim.Optimizer):")
        lines.append(PythonSource.docstring(made.needsProgress ? "The rule depends on how far training is: steps are all steps that it will take." : "An optimizer for every step of any training.", indent: 4))
        lines.append("")
        lines.append(PythonSource.call("def __init__", parameters, " -> None:", indent: 4))
        lines.append("        super().__init__(params, \(defaults))")
        lines.append("")
        lines.append("    @torch.no_grad()")
        lines.append("    def step(self, closure=None):")
        lines.append("        loss = None")
        lines.append("        if closure is not None:")
        lines.append("            with torch.enable_grad():")
        lines.append("                loss = closure()")
        lines.append("        for group in self.param_groups:")
        lines.append("            for w in group[\"params\"]:")
        lines.append("                if w.grad is None:")
        lines.append("                    continue")
        lines.append("                state = self.state[w]")
        lines.append("                if not state:")
        lines.append("                    state[\"step\"] = 0")
        for state in made.states { lines.append("                    state[\"\(state)\"] = torch.zeros_like(w)") }
        lines.append("                state[\"step\"] += 1")
        let numbers = made.scalarText(step: "state[\"step\"]", rate: "group[\"lr\"]", steps: "group[\"steps\"]") { "1 - \(numberText($0)) ** state[\"step\"]" }
        for (name, number) in zip(made.scalarNames, numbers) { lines.append("                \(name) = w.new_tensor(\(number))") }
        let kept = made.states.map { "state[\"\($0)\"]" }
        let arguments = ["w", "w.grad"] + kept + made.scalarNames
        let named = zip(["w", "g"] + made.states + made.scalarNames, arguments).filter { made.code.parameters.contains($0.0) }.map(\.1)
        lines.append(PythonSource.call("\((["new"] + kept).joined(separator: ", ")) = _update", named, "", indent: 16))
        lines.append("                w.copy_(new)")
        lines.append("        return loss")
        return PyTorchFile.file(export.origin, made.code.definitions + [made.update("Tensor"), lines.joined(separator: "\n")])
    }
}
