/// How the primitives are written where programs are exported to: a column for each target beside the table of primitives.
///
/// A cell is
/// - a name, called with the arguments: `torch.tanh`, `Tanh`;
/// - an operator, without letters: `+`, `**`;
/// - an expression in `a` and `b` (it has a bracket), which becomes a small function of the exported file: `jnp.sinc(a / jnp.pi)`;
/// - empty: such a function, too, made from the primitive's definition by others;
/// - nil: the primitive has no meaning there.
extension Primitive {
    /// What a program is exported to, as far as primitives are spelled differently.
    package enum Target: Int, CaseIterable, Sendable {
        case pytorch, jax, sympy, c, swift, onnx, latex
    }

    package func spelling(in target: Target) -> String? {
        Primitive.spellings[opcode].flatMap { $0[target.rawValue] }
    }

    /// The same by other primitives, as a term in `a` and `b`, with the same values and slopes; nil for those that all targets know.
    package var definition: Expr? { Primitive.definitions[self] }

    private static let spellings: [UInt8: [String?]] = {
        var rows: [UInt8: [String?]] = [:]
        func row(
            _ primitive: Primitive, _ pytorch: String?, _ jax: String?, _ sympy: String?, _ c: String?, _ swift: String?, _ onnx: String?, _ latex: String?
        ) {
            rows[primitive.opcode] = [pytorch, jax, sympy, c, swift, onnx, latex]
        }
        // Ties of max and min: the libraries' own halve the slope there. At 0 the slope of JAX's abs is 1. PyTorch's sign forgets NaN.
        let larger = "where((a >= b) | (a != a), a, b)", smaller = "where((a <= b) | (a != a), a, b)"
        let sign = "torch.where(a != a, a, torch.sign(a))"
        let softplus = ["sp.log(1 + sp.exp(a))", "fmax(a, 0) + log1p(exp(-fabs(a)))", "Swift.max(a, 0) + log1p(exp(-abs(a)))"]
        let gelu = ["jax.nn.gelu(a, approximate=False)", "0.5 * a * erfc(-a / sqrt(2.0))", "0.5 * a * erfc(-a / 2.squareRoot())"]
        let even = [
            "sp.floor(a + sp.Rational(1, 2)) - sp.Piecewise((1, sp.Eq(sp.Mod(a - sp.Rational(1, 2), 2), 0)), (0, True))", "a.rounded(.toNearestOrEven)",
        ]
        // They also get a tensor to be like, and in JAX a key.
        let noise = ["a * torch.randn_like(like)", "a * jax.random.normal(key, jnp.shape(like))"]
        let drop = ["torch.where(torch.rand_like(like) < b, 0.0, a)", "jnp.where(jax.random.uniform(key, jnp.shape(like)) < b, 0.0, a)"]
        func op(_ name: String) -> String { "\\operatorname{\(name)}" }

        //  primitive        PyTorch                     JAX                      SymPy           C            Swift        ONNX              LaTeX
        row(.neg,            "-",                        "-",                     "-",            "-",         "-",         "Neg",            "-")
        row(.abs,            "torch.abs",                "a * jnp.sign(a)",       "sp.Abs",       "fabs",      "abs",       "Abs",            "")
        row(.sign,           sign,                       "jnp.sign",              "sp.sign",      "",          "",          "Sign",           op("sgn"))
        row(.square,         "**2",                      "**2",                   "**2",          "",          "",          "",               "")
        row(.cube,           "**3",                      "**3",                   "**3",          "",          "",          "",               "")
        row(.sqrt,           "torch.sqrt",               "jnp.sqrt",              "sp.sqrt",      "sqrt",      "sqrt",      "Sqrt",           "")
        row(.exp,            "torch.exp",                "jnp.exp",               "sp.exp",       "exp",       "exp",       "Exp",            "")
        row(.log,            "torch.log",                "jnp.log",               "sp.log",       "log",       "log",       "Log",            "\\log")
        row(.sin,            "torch.sin",                "jnp.sin",               "sp.sin",       "sin",       "sin",       "Sin",            "\\sin")
        row(.cos,            "torch.cos",                "jnp.cos",               "sp.cos",       "cos",       "cos",       "Cos",            "\\cos")
        row(.tan,            "torch.tan",                "jnp.tan",               "sp.tan",       "tan",       "tan",       "Tan",            "\\tan")
        row(.sinh,           "torch.sinh",               "jnp.sinh",              "sp.sinh",      "sinh",      "sinh",      "Sinh",           "\\sinh")
        row(.cosh,           "torch.cosh",               "jnp.cosh",              "sp.cosh",      "cosh",      "cosh",      "Cosh",           "\\cosh")
        row(.tanh,           "torch.tanh",               "jnp.tanh",              "sp.tanh",      "tanh",      "tanh",      "Tanh",           "\\tanh")
        row(.asinh,          "torch.asinh",              "jnp.arcsinh",           "sp.asinh",     "asinh",     "asinh",     "Asinh",          op("arsinh"))
        row(.atan,           "torch.atan",               "jnp.arctan",            "sp.atan",      "atan",      "atan",      "Atan",           "\\arctan")
        row(.sinc,           "torch.sinc(a / torch.pi)", "jnp.sinc(a / jnp.pi)",  "sp.sinc",      "",          "",          "",               op("sinc"))
        row(.sigmoid,        "torch.sigmoid",            "jax.nn.sigmoid",        "",             "",          "",          "Sigmoid",        "\\sigma")
        row(.relu,           "torch.relu",               "jax.nn.relu",           "",             "",          "",          "Relu",           op("relu"))
        row(.softplus,       "F.softplus",               "jax.nn.softplus",       softplus[0],    softplus[1], softplus[2], "Softplus",       op("softplus"))
        row(.erf,            "torch.erf",                "jax.scipy.special.erf", "sp.erf",       "erf",       "erf",       "Erf",            op("erf"))
        row(.gelu,           "F.gelu",                   gelu[0],                 "",             gelu[1],     gelu[2],     "Gelu",           op("gelu"))
        row(.floor,          "torch.floor",              "jnp.floor",             "sp.floor",     "floor",     "floor",     "Floor",          "")
        row(.round,          "torch.round",              "jnp.round",             even[0],        "rint",      even[1],     "Round",          op("round"))
        row(.id,             "+",                        "+",                     "+",            "+",         "+",         "Identity",       op("id"))

        row(.add,            "+",                        "+",                     "+",            "+",         "+",         "Add",            "+")
        row(.sub,            "-",                        "-",                     "-",            "-",         "-",         "Sub",            "-")
        row(.mul,            "*",                        "*",                     "*",            "*",         "*",         "Mul",            "\\cdot")
        row(.div,            "/",                        "/",                     "/",            "/",         "/",         "Div",            "")
        row(.pow,            "**",                       "**",                    "**",           "pow",       "pow",       "Pow",            "")
        row(.max,            "torch.\(larger)",          "jnp.\(larger)",         "sp.Max",       "",          "",          "Max",            "\\max")
        row(.min,            "torch.\(smaller)",         "jnp.\(smaller)",        "sp.Min",       "",          "",          "Min",            "\\min")
        row(.mod,            "",                         "",                      "sp.Mod",       "",          "",          "",               "\\bmod")
        row(.clip,           "",                         "",                      "",             "",          "",          "",               op("clip"))
        row(.left,           "",                         "",                      "",             "",          "",          "",               op("left"))
        row(.less,           "<",                        "<",                     "<",            "<",         "<",         "Less",           "<")
        row(.lessOrEqual,    "<=",                       "<=",                    "<=",           "<=",        "<=",        "LessOrEqual",    "\\le")
        row(.greater,        ">",                        ">",                     ">",            ">",         ">",         "Greater",        ">")
        row(.greaterOrEqual, ">=",                       ">=",                    ">=",           ">=",        ">=",        "GreaterOrEqual", "\\ge")
        row(.equal,          "==",                       "==",                    "sp.Eq",        "==",        "==",        "Equal",          "=")
        row(.notEqual,       "!=",                       "!=",                    "sp.Ne",        "!=",        "!=",        "",               "\\ne")
        row(.select,         "torch.where",              "jnp.where",             "sp.Piecewise", "?:",        "?:",        "Where",          "")
        row(.noise,          noise[0],                   noise[1],                nil,            nil,         nil,         nil,              op("noise"))
        row(.drop,           drop[0],                    drop[1],                 nil,            nil,         nil,         nil,              op("drop"))
        return rows
    }()

    private static let definitions: [Primitive: Expr] = {
        let a = Expr.variable("a"), b = Expr.variable("b")
        func select(_ condition: Expr, _ then: Expr, _ otherwise: Expr) -> Expr { .apply(.select, condition, then, otherwise) }
        func pick(_ comparison: Primitive) -> Expr { select(.apply(.notEqual, a, a), a, select(.apply(comparison, a, b), a, b)) }
        return [
            .sign: select(.apply(.greater, a, 0), 1, select(.apply(.less, a, 0), -1, a)),
            .square: a * a,
            .cube: a * a * a,
            .sinc: select(.apply(.equal, a, 0), 1, .apply(.sin, a) / a),
            .sigmoid: 1 / (1 + .apply(.exp, -a)),
            // At 0 the slope goes to the first, which is a number.
            .relu: .apply(.max, 0, a),
            .gelu: 0.5 * a * (1 + .apply(.erf, a / .apply(.sqrt, 2))),
            .max: pick(.greaterOrEqual),
            .min: pick(.lessOrEqual),
            .mod: a - b * .apply(.floor, a / b),
            .clip: .apply(.min, .apply(.max, a, -b), b),
            .left: a,
            .notEqual: 1 - .apply(.equal, a, b),
        ]
    }()
}
