import NaslRandom

/// What the fuzz tests read.
enum FuzzTexts {
    static let words = [
        "let", "fn", "grammar", "task", "for", "in", "if", "then", "else", "reward", "minimize", "import", "law", "limit", "forbid", "require", "within",
        "x", "y", "f", "E", "A", "(", ")", "[", "]", "{", "}", ",", ":", "=", "->", ">>", "|", "@", "..", "by", "+", "-", "*", "/", "%", "^", "==", "<", ".",
        "1", "0", "2.5", "1e308", "1e9", "nan", "inf", "\"t\"", "20s", "true", "none", "\n", ";", "#", "?", "_", "depth <= 3", "size in 1..4",
        "sin", "map", "fold", "filter", "sum", "sort", "zeros", "uniform", "sample", "count", "search", "train", "mlp", "grad", "check_grad", "step", "derive",
        "len", "argmin", "zip", "first", "print", "help", "size", "tensor", "append", "seed: 1", "trials: 3", "Tensor", "digits",
    ]

    private static let leaves = [
        "1", "0", "-1", "2.5", "1e300", "nan", "inf", "1..3", "1..1e8", "3..1", "0..1 by 0.1", "[]", "[1, 2]", "[[1], [2]]", "\"text\"", "true", "none", "20s",
        "(a: 1, b: [2])", "sin", "max", "x -> x", "(x, y) -> x * y", "x -> f(x)", "zeros(2, 3)", "ones(3)", "tensor([[1, 2], [3, 4]])", "canary_7", "digits",
        "adam", "relu", "mlp([3, 10])", "nothing_here", "cross_entropy", "pi",
    ]
    private static let binary = ["+", "-", "*", "/", "%", "^", "==", "!=", "<", ">=", "and", "or", "in", ">>", "..", "by"]
    private static let callees = [
        "sin", "max", "map", "filter", "fold", "zip", "all", "any", "len", "sum", "mean", "sort", "first", "last", "append", "argmin", "argmax", "zeros", "ones",
        "tensor", "uniform", "normal", "grad", "size", "depth", "check_grad", "print", "help", "sample", "count", "log_prob", "search", "compare", "train", "dense",
        "mlp", "adam", "optimizer", "nrmse", "leaky_relu", "select", "square", "step", "derive", "plot", "csv", "show", "equal", "simplify",
    ]
    private static let labels = ["seed", "count", "at", "by", "over", "activation", "lr", "steps", "to", "slope", "function", "list"]

    /// An expression that can be read; what it means is another matter.
    static func expression(_ stream: inout RandomStream, depth: Int) -> String {
        guard depth > 0, stream.below(6) > 0 else { return leaves[stream.below(leaves.count)] }
        func inner() -> String { expression(&stream, depth: depth - 1) }
        switch stream.below(12) {
        case 0, 1: return "(\(inner()) \(binary[stream.below(binary.count)]) \(inner()))"
        case 2: return "[\((0..<stream.below(4)).map { _ in inner() }.joined(separator: ", "))]"
        case 3: return "(-\(inner()))"
        case 4: return "(if \(inner()) then \(inner()) else \(inner()))"
        case 5: return "(let y = \(inner()) in [y, y])"
        case 6: return "(\(inner()))[\(inner())]"
        case 7: return "(x -> \(inner()))"
        case 8: return "(\(inner()))(\(inner()))"
        case 9: return "fold(1..40, \(inner()), (s, i) -> \(["[s, s]", "s + s", "x -> s(s(x))", "s >> s", "(a: s, b: s)", "append(s, s)"][stream.below(6)]))"
        default:
            var parts = (0...stream.below(3)).map { _ in inner() }
            if stream.below(3) == 0 { parts.append("\(labels[stream.below(labels.count)]): \(inner())") }
            return "\(callees[stream.below(callees.count)])(\(parts.joined(separator: ", ")))"
        }
    }

    /// Bytes changed, left out, doubled, and pieces swapped; digits become other digits more often than anything else.
    static func mutated(_ original: [UInt8], _ stream: inout RandomStream) -> [UInt8] {
        var bytes = original
        for _ in 0...stream.below(4) {
            guard !bytes.isEmpty else { break }
            let place = stream.below(bytes.count)
            switch stream.below(7) {
            case 0: bytes[place] = UInt8(stream.below(256))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(Array("()[]{}|,=\n\"#@".utf8)[stream.below(13)], at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + stream.below(30)))
            case 4:
                let from = stream.below(bytes.count)
                bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + stream.below(30))], at: place)
            default:
                let digits = bytes.indices.filter { bytes[$0] >= 0x30 && bytes[$0] <= 0x39 }
                guard !digits.isEmpty else { break }
                bytes[digits[stream.below(digits.count)]] = UInt8(0x30 + stream.below(10))
                if stream.below(4) == 0 { bytes.insert(UInt8(0x30 + stream.below(10)), at: digits[stream.below(digits.count)]) }
            }
        }
        return bytes
    }

    /// The programs of the documentation with few steps and trials.
    static let scripts = [
        """
        grammar Activation(x: Tensor) -> Tensor {
            E = x @4 | -E | abs(E) | square(E) | sin(E) | exp(E) | tanh(E) | sigmoid(E) | relu(E)
              | E + E | E * E | max(E, E) | min(E, E)
            limit depth <= 3
        }
        let f = sample(Activation)
        f(1.5)
        let swish = x -> x * sigmoid(x)
        swish in Activation
        log_prob(Activation, swish)
        sample(Activation, 5, seed: 1)
        """,
        """
        grammar A(x: Tensor) -> Tensor { E = x @4 | tanh(E) | E + E ; limit depth <= 2 }
        task reads_digits(f: A) {
            let fit = train(mlp([4, 10], activation: f), digits, loss: cross_entropy, optimizer: adam(lr: 3e-3), batch: 8, steps: 2)
            reward -fit.validation.loss
        }
        reads_digits(tanh)
        """,
        """
        grammar A(x: Tensor) -> Tensor { E = x @4 | tanh(E) | E + E ; limit depth <= 3 }
        task t(f: A, at: 2) { let y = f(at) ; reward if y > 0 then -abs(y - 1) else -9 }
        t(tanh, at: 3)
        let run = search(t, with: random(), trials: 8, seed: 1)
        run.top(3)
        run.best.reward
        compare(t, [tanh, run.best], repeats: 2)
        """,
        """
        fn f(n) = if n <= 1 then 1 else n * f(n - 1)
        f(20)
        fn game(xs) {
            let total = sum(xs)
            total / len(xs)
        }
        game([1, 2, 3])
        map(1..9, n -> fold(1..n, 0, (a, b) -> a + b))
        for n in 1..3 { print(n, n^2) }
        let a = (lr: 0.1, beta: [0.9, 0.99])
        a.beta[1] * zeros(2, 3)
        """,
        """
        grammar Equation(x: Tensor) -> Tensor {
            E = x | E + E | E - E | E * E | E / E | sin(E) | cos(E) | exp(E) | log(E)
            limit size in 4..8
            limit count(exp) <= 1
            forbid sin within sin
            require x
        }
        task nguyen5(f: Equation) {
            let x = uniform(-1, 1, count: 20)
            reward 1 / (1 + nrmse(f(x), sin(x^2) * cos(x) - 1))
        }
        search(nguyen5, with: random(), trials: 6, seed: 2)
        check_grad(x -> x * sin(x), at: -3..3)
        """,
        """
        grammar Recipe {
            R     = (lr: Rate, width: Width, optimizer: Opt)
            Rate  = 1e-3 | 1e-2 | 1e-1
            Width = 32 | 64 | 128
            Opt   = "sgd" | "adam"
        }
        sample(Recipe, 3, seed: 4)
        count(Recipe)
        task r(recipe: Recipe) { reward -abs(recipe.lr - 0.01) - recipe.width }
        search(r, with: random(), trials: 5)
        """,
    ]
}
