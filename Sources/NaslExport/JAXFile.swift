import NaslExpr

/// A function as a module of Python for JAX: a function of arrays; trained numbers are its first argument, a dictionary that `init` makes.
enum JAXFile {
    static let dialect = Dialect(
        target: .jax, width: 60, reserved: PythonSource.reserved.union(Dialect.called(in: .jax)),
        number: { plainNumber($0, point: false, infinity: "jnp.inf", nan: "jnp.nan") },
        conditional: { "jnp.where(\($0), \($1), \($2))" }, isConditionalOperator: false,
        truth: { condition, _ in "jnp.where(\(condition), 1.0, 0.0)" },
        helper: { "_\($0)" }, definition: PythonSource.definition)

    static func text(_ function: FunctionTerm, named name: String, _ origin: Provenance) throws(ExportError) -> String {
        let name = dialect.identifier(name)
        let code = try FunctionCode(function, in: dialect) { "params[\"param_\($0 + 1)\"]" }
        var blocks = code.definitions
        if !code.weights.isEmpty { blocks.append(initText(code)) }
        blocks.append(functionText(code, name))
        if code.weights.isEmpty, code.draws == 0 { blocks += companions(function, name) }
        return file(origin, blocks)
    }

    static func file(_ origin: Provenance, _ blocks: [String], imports extra: [String] = []) -> String {
        let text = blocks.joined()
        var imports = extra
        if text.contains("jax.") { imports.append("import jax") }
        if text.contains("jnp.") { imports.append("import jax.numpy as jnp") }
        return PythonSource.file(origin.comment("#"), imports: imports.joined(separator: "\n"), blocks)
    }

    /// - Parameter key: whether it takes the key of random draws last.
    static func functionText(_ code: FunctionCode, _ name: String) -> String {
        var parameters = code.parameters.map { "\($0): jax.Array" }
        if !code.weights.isEmpty { parameters.insert("params: dict[str, jax.Array]", at: 0) }
        if code.draws > 0 { parameters.append("key: jax.Array") }
        return PythonSource.call("def \(name)", parameters, " -> jax.Array:", indent: 0) + "\n" + PythonSource.body(code, indent: 4, result: result(code))
    }

    static func result(_ code: FunctionCode) -> String {
        guard code.isConstant, let like = code.parameters.first else { return code.result }
        return "jnp.full_like(\(like), \(code.result))"
    }

    private static func initText(_ code: FunctionCode) -> String {
        let weights = code.weights.enumerated().map { slot, start in
            "        \"param_\(slot + 1)\": jnp.full((channels,), \(plainNumber(start, point: true, infinity: "jnp.inf", nan: "jnp.nan"))),"
        }
        return """
            def init(channels: int) -> dict[str, jax.Array]:
                \"\"\"One of each trained number for each channel, the last axis.\"\"\"
                return {
            \(weights.joined(separator: "\n"))
                }
            """
    }

    /// What is wanted beside a loss, a function of p and y, and beside a schedule, a function of t.
    private static func companions(_ function: FunctionTerm, _ name: String) -> [String] {
        switch function.parameters.map(\.text) {
        case ["p", "y"]:
            return ["""
                def \(name)_of_logits(logits: jax.Array, labels: jax.Array) -> jax.Array:
                    \"\"\"A classifier's loss: the sum over the classes, the mean over the examples.\"\"\"
                    p = jnp.maximum(jax.nn.softmax(logits), 1e-7)
                    y = jax.nn.one_hot(labels, logits.shape[-1], dtype=p.dtype)
                    return \(name)(p, y).sum(axis=-1).mean()
                """]
        case ["t"]:
            return ["""
                def \(name)_schedule(lr: float, steps: int):
                    \"\"\"A learning rate by step, as Optax takes it: lr by a factor of progress.\"\"\"
                    return lambda count: lr * \(name)(count / steps)
                """]
        default: return []
        }
    }
}
