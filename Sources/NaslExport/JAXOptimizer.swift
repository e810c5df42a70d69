import NaslExpr

/// An update rule as `init` and `update` in the manner of Optax: what `update` gives is added to the weights.
enum JAXOptimizer {
    static func text(_ export: OptimizerExport) throws(ExportError) -> String {
        let made = try OptimizerCode(export.rule, in: JAXFile.dialect)
        let name = JAXFile.dialect.identifier(export.name)
        let rate = plainNumber(export.learningRate, point: true, infinity: "jnp.inf", nan: "jnp.nan")
        let isRandom = made.code.draws > 0
        let kept = made.states
        let stateFields = ["    step: jax.Array"] + kept.map { "    \($0): Any" } + (isRandom ? ["    key: jax.Array"] : [])
        var settings = ["lr: float = \(rate)"]
        if made.needsProgress { settings.insert("steps: int", at: 0) }
        if isRandom { settings.append("seed: int = 0") }

        var lines: [String] = []
        lines.append(PythonSource.call("def \(name)", settings, " -> Transformation:", indent: 0))
        lines.append(PythonSource.docstring(
            made.needsProgress ? "As Optax has it; steps are all steps that training will take." : "As Optax has it, and usable in its chains.", indent: 4))
        lines.append("")
        lines.append("    def init(params) -> State:")
        var fields = ["step=jnp.zeros((), jnp.int32)"] + kept.map { "\($0)=jax.tree.map(jnp.zeros_like, params)" }
        if isRandom { fields.append("key=jax.random.key(seed)") }
        lines.append(PythonSource.call("return State", fields, "", indent: 8))
        lines.append("")
        lines.append("    def update(grads, state: State, params):")
        lines.append("        step = state.step + 1")
        // In single precision `1 - decay^step` would keep few digits.
        let numbers = made.scalarText(step: "step", rate: "lr", steps: "steps") {
            "-jnp.expm1(\(JAXFile.dialect.number(logarithm($0))) * step)"
        }
        for (scalar, number) in zip(made.scalarNames, numbers) where scalar != number {
            lines.append("        \(scalar) = \(number)")
        }
        if isRandom { lines.append("        key, now = jax.random.split(state.key)") }
        lines.append("        leaves, tree = jax.tree.flatten(params)")
        let trees = tuple(["grads"] + kept.map { "state.\($0)" })
        lines.append("        old = [tree.flatten_up_to(part) for part in \(trees)]")
        lines.append("        new = []")
        let places = ["w", "g"] + kept
        let leaf = places.joined(separator: ", ")
        lines.append(isRandom ? "        for place, (\(leaf)) in enumerate(zip(leaves, *old)):" : "        for \(leaf) in zip(leaves, *old):")
        let arguments = (places + made.scalarNames).filter { made.code.parameters.contains($0) } + (isRandom ? ["jax.random.fold_in(now, place)"] : [])
        lines.append(PythonSource.call("\((["changed"] + kept).joined(separator: ", ")) = _update", arguments, "", indent: 12))
        lines.append("            new.append(\(tuple(["changed - w"] + kept)))")
        let columns = ["updates"] + kept
        let targets = columns.count == 1 ? tuple(columns) : columns.joined(separator: ", ")
        lines.append("        \(targets) = (tree.unflatten(part) for part in zip(*new))")
        let fieldNames = ["step"] + kept + (isRandom ? ["key"] : [])
        lines.append("        return updates, State(\(fieldNames.joined(separator: ", ")))")
        lines.append("")
        lines.append("    return Transformation(init, update)")
        let state = "class State(NamedTuple):\n" + stateFields.joined(separator: "\n")
        let transformation = "class Transformation(NamedTuple):\n    init: Callable\n    update: Callable"
        let imports = ["from typing import \(kept.isEmpty ? "" : "Any, ")Callable, NamedTuple", ""]
        return JAXFile.file(
            export.origin, made.code.definitions + [state, transformation, made.update("jax.Array", extra: isRandom ? ["key"] : []), lines.joined(separator: "\n")],
            imports: imports)
    }

    private static func logarithm(_ x: Double) -> Double { Primitive.log.row.evaluate(x, 0, 0) }

    private static func tuple(_ items: [String]) -> String { "(\(items.joined(separator: ", "))\(items.count == 1 ? "," : ""))" }
}
