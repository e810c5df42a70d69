/// The programs of the language's documentation, as they stand there.
enum LanguagePage {
    /// What is typed in the first session, one entry each.
    static let session = [
        """
        grammar Activation(x: Tensor) -> Tensor {
            E = x @4 | -E | abs(E) | square(E) | sin(E) | exp(E) | tanh(E) | sigmoid(E) | relu(E)
              | E + E | E * E | max(E, E) | min(E, E)
            limit depth <= 3
        }
        """,
        #"let f = sample(Activation)"#,
        #"f(1.5)"#,
        #"grad(f)(-0.5)"#,
        #"plot(f, grad(f), over: -4..4)"#,
        #"let swish = x -> x * sigmoid(x)"#,
        #"swish in Activation"#,
        #"trace(Activation, swish)                                    # each choice: what was possible, what was taken, p"#,
        """
        task reads_austen(f: Activation) {
            let net = char_mlp(austen, context: 6, hidden: [64], activation: f)
            let fit = train(net, austen, loss: cross_entropy, optimizer: adam(lr: 3e-3), batch: 64, steps: 1500)
            reward -fit.validation.loss
        }
        """,
        #"reads_austen(swish)                                         # one trial by hand"#,
        #"let run = search(reads_austen, trials: 500, seed: 1)"#,
        #"run.top(5)"#,
        #"compare(reads_austen, [relu, swish, run.best], repeats: 10)"#,
        #"explain(run)"#,
        #"export(run.best, to: "best.py", as: pytorch)"#,
    ]

    static let programs = """
        ## Update rules in the space of Neural Optimizer Search (Bello et al., ICML 2017).
        grammar UpdateRule(w: Tensor, g: Tensor, m: Tensor, v: Tensor, t: Scalar) -> Tensor {
            Update           = last(chain([], int(1..3), earlier -> Unit(earlier))) * Decay
            Unit(earlier)    = Binary(Unary(Operand(earlier)), Unary(Operand(earlier)))
            Operand(earlier) = g | g^2 | g^3 | m | v | sign(g) | sign(m) | 1 | 2 | noise(0.1)
                             | 1e-4 * w | 1e-3 * w | 1e-2 * w | 1e-1 * w
                             | m / (sqrt(v) + 1e-8) | g / (sqrt(v) + 1e-8) | pick(earlier)
            Unary            = id | neg | exp | sign | u -> log(abs(u)) | u -> sqrt(abs(u)) | u -> clip(u, 1e-4) | u -> drop(u, 0.1)
            Binary           = add | sub | mul | pow | left | (a, b) -> a / (b + 1e-8)
            Decay            = 1 | linear_decay(t) | cosine_decay(t) | restart_decay(t)
        }

        task trains_a_convnet(rule: UpdateRule) {
            fn fit(lr, epochs) = train(convnet([8, 16], classes: 10), fashion, optimizer: optimizer(rule, lr), batch: 100, epochs: epochs)
            let lr = argmin([1e-4, 1e-3, 1e-2, 1e-1, 1], lr -> fit(lr, 1).validation.loss)
            reward -fit(lr, 5).validation.loss
        }

        ## Convolutional nets with skip connections (Zoph & Le, ICLR 2017).
        grammar ConvNet(image: Tensor) -> Tensor {
            Net            = let maps = chain([image], int(4..8), earlier -> Layer(earlier)) in classify(concat(unused(maps)))
            Layer(earlier) = conv(Filters, size: [Side, Side], stride: Stride)(concat(subset(earlier))) >> relu >> batch_norm
            Filters = 24 | 36 | 48 | 64
            Side    = 1 | 3 | 5 | 7
            Stride  = 1 @3 | 2
        }

        ## Recurrent cells: a tree over 4 leaves (Zoph & Le use 8).
        grammar Cell(x: Tensor, h: Tensor, c: Tensor) -> (h: Tensor, c: Tensor) {
            Start      = let l = Leaf{4} in
                         let a = Act(Combine(Node(l[0], l[1]), c)) in
                         let b = Node(l[2], l[3]) in
                         let top = Node(a, b) in
                         (h: top, c: pick([a, b, top]))
            Leaf       = Act(Combine(linear(x), linear(h)))
            Node(p, q) = Act(Combine(p, q))
            Combine    = add | mul
            Act        = id | tanh | sigmoid | relu
        }

        grammar Loss(p: Tensor, y: Tensor) -> Tensor {            # p: predicted probabilities, y: one-hot
            E = p | y | 1 | -E | log(E) | E + E | E - E | E * E | E / E
            limit depth <= 5
            require p
            require y
        }
        grammar BatchSize { Size = 8 | 16 | 32 | 64 | 128 | 256 | 512 }
        grammar BatchSchedule(t: Scalar, noise_scale: Scalar) -> Scalar {   # t: progress 0..1; noise_scale: of the gradient
            B = 16 | 64 | 256 | 512 * t | noise_scale | 2 * B | max(B, B)
            limit depth <= 4
        }
        grammar Schedule(t: Scalar) -> Scalar {                   # learning-rate factor
            E = t | 1 | 0.5 | E + E | E * E | 1 - E | cos(pi * E) | exp(-E)
            limit depth <= 5
        }
        grammar Recipe {                                          # a record of settings; grammars nest by name
            R     = (lr: log_real(1e-5..1e-1), batch: BatchSize, width: Width, optimizer: Opt)
            Width = 32 | 64 | 128
            Opt   = sgd | adam | lion
        }
        grammar Equation(x: Tensor) -> Tensor {
            E = x | E + E | E - E | E * E | E / E | sin(E) | cos(E) | exp(E) | log(E)
            limit size in 4..30
            forbid sin within sin
        }
        task nguyen5(f: Equation) {
            let x = uniform(-1, 1, count: 20)
            reward 1 / (1 + nrmse(f(x), sin(x^2) * cos(x) - 1))
        }
        """

    /// Single lines and calls that the text mentions.
    static let lines = [
        "grammar G(x: Tensor) -> Tensor { E = x | -E\n limit depth <= 3\n limit depth(E) <= 2\n limit size in 4..15\n limit count(const) <= 3\n forbid sin within sin\n forbid -(-_)\n forbid ?a - ?a\n require x }",
        "law ?a + ?b == ?b + ?a",
        "let f = x -> e",
        "let f = (a, b) -> e",
        "fn f(a, b: 2) = e",
        "fn f(a) { let b = a; b }",
        "grammar G(v: Tensor) -> Tensor { Unary = id | neg | v -> v^3 }",
        "grammar G { Size = 16 | 32 | 64 }",
        "grammar G { N = int(1..9) | real(0..1) | log_real(1e-5..1e-1) | const | param(1.0) }",
        "grammar G { L = Layer{3..6}\n Layer = 1 }",
        "let x = x + 1",
        "reads_austen(swish, seed: 3)",
        "task both(f: Activation, u: UpdateRule) { minimize size(f); reward 1 }",
        "task t(f: Activation, width: 64) { reward 1 }",
        "sample(G, 10, seed: 1, uniform: true)",
        "count(G, distinct: true)",
        "count(G, upto: swaps)",
        "count(G, depth: 4)",
        "for f in programs(G) { print(f) }",
        "derive(G, [3, 0, 7])",
        "log_prob(run, f)",
        "plot(f, g, over: -5..5)",
        "plot(run, to: \"file.svg\")",
        "check_grad(f, at: -3..3)",
        "search(task_, with: ppo(), trials: 2000, seed: 1, repeats: 3, workers: 2, timeout: 20s, save: \"name\")",
        "resume(\"name\")",
        "runs()",
        "report(run, to: \"run.html\")",
        "csv(\"file.csv\", label: last, split: [0.6, 0.2, 0.2], seed: 1)",
        "idx(images, labels)",
        "import \"functions.nasl\"",
        "dense(64) >> conv(16, size: [3, 3]) >> batch_norm >> dropout(0.1)",
        "mlp([64, 64, 10], activation: f)",
        "index(G, G[i]) == i",
        "let l = 20s; let m = 5min",
    ]
}
