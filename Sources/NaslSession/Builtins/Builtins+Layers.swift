import NaslExpr
import NaslLanguage
import NaslTensor
import NaslTraining

extension Builtins {
    /// Layers. Each mention owns its weights.
    static let layers: [Builtin] = [
        Builtin("conv", "filters, size?, stride?, padding?", "Filters over a picture; with `padding: same`, the default, as many results as places.",
                example: "conv(16, size: [3, 3]) >> relu >> flatten >> dense(10)", words: ["padding": ["same", "valid"]]) { arguments, _ in
            .object(NetValue(Convolution(
                try arguments.count("filters", in: 1...100_000), size: try side(arguments, "size", default: 3), stride: try arguments.count("stride", in: 1...1000, default: 1),
                padding: try padding(arguments, default: .same))))
        },
        Builtin("max_pool", "size, stride?, padding?", "The largest value of each window of each channel.", example: "max_pool(2)", words: ["padding": ["same", "valid"]]) { arguments, _ in
            .object(NetValue(try pool(.max, arguments)))
        },
        Builtin("average_pool", "size, stride?, padding?", "The mean of each window of each channel.", example: "average_pool(2)", words: ["padding": ["same", "valid"]]) { arguments, _ in
            .object(NetValue(try pool(.average, arguments)))
        },
        Builtin("dropout", "rate", "While training, each value is 0 with this probability.", example: "dense(64) >> relu >> dropout(0.1) >> dense(10)") { arguments, _ in
            let rate = try arguments.number("rate")
            guard rate >= 0, rate < 1 else { throw Fault.number("`rate` of `dropout`", expected: "at least 0 and below 1", found: rate, at: arguments.range(of: "rate")) }
            return .object(NetValue(Dropout(rate)))
        },
        Builtin("linear", "units?", "A dense layer along the last axis, as wide as its input (in a cell, as the cell) unless `units` says otherwise.",
                example: "linear(32)") { arguments, _ in
            if case .object(let object) = arguments.value("units"), object is TracedValue { return try applied(Linear(), arguments.value("units"), arguments) }
            return .object(NetValue(Linear(arguments.given("units") ? try arguments.count("units", in: 1...1_000_000) : nil)))
        },
        Builtin("residual", "layer", "Its input plus what the layer makes of it.", example: "residual(dense(64) >> relu)") { arguments, interpreter in
            .object(NetValue(Residual(try NetValue.layer(of: arguments.value("layer"), interpreter, at: arguments.range(of: "layer")))))
        },
        Builtin("concat", "tensors...", "Tensors of a net side by side along the channels; smaller pictures are filled up with zeros.", example: "x -> concat([x, relu(x)])") { arguments, _ in
            let given = arguments.rest.count == 1 ? (arguments.rest[0].value.elements ?? [arguments.rest[0].value]) : arguments.rest.map(\.value)
            let tensors = try given.map { value in
                guard case .object(let object) = value, let traced = object as? TracedValue else {
                    throw Fault.type("an argument of `concat`", expected: "a tensor inside a net", found: value, at: arguments.range)
                }
                return traced.tensor
            }
            return try tracing { .object(TracedValue(try TracedTensor.concat(tensors))) }
        },
        plain("batch_norm", "Normalises each channel over the batch; by running averages in evaluation.", example: "dense(64) >> batch_norm >> relu >> dense(10)") { BatchNorm() },
        plain("layer_norm", "Normalises each example along the last axis.", example: "dense(64) >> layer_norm >> relu >> dense(10)") { LayerNorm() },
        plain("flatten", "All axes of an example as one.", example: "flatten >> dense(10)") { Flatten() },
        plain("classify", "The last layer of a classifier: the mean of each channel of a picture, then as many units as the data has classes.", example: "dense(64) >> relu >> classify") { Classify() },
        plain("global_pool", "The mean of each channel over the whole picture.", example: "conv(16) >> relu >> global_pool >> classify") { GlobalPool(.average) },
        plain("global_max_pool", "The largest value of each channel over the whole picture.", example: "conv(16) >> relu >> global_max_pool >> classify") { GlobalPool(.max) },
    ]

    /// What makes a program a net.
    static let layerNames = Set(layers.map(\.name) + ["dense", "embedding", "mlp", "convnet", "resnet20", "char_mlp", "char_rnn"])

    /// A layer without settings: its name is the layer, `batch_norm` and `batch_norm()` alike, and may be applied, `batch_norm(x)`.
    private static func plain(_ name: String, _ summary: String, example: String, _ make: @escaping @Sendable () -> any Layer) -> Builtin {
        Builtin(name, "x?", summary, example: example) { arguments, _ in
            arguments.given("x") ? try applied(make(), arguments.value("x"), arguments) : .object(NetValue(make()))
        }
    }

    private static func applied(_ layer: any Layer, _ value: Value, _ arguments: Arguments) throws -> Value {
        guard case .object(let object) = value, let traced = object as? TracedValue else {
            throw Fault.type("what `\(arguments.callee)` is applied to", expected: "a tensor inside a net", found: value, at: arguments.range)
        }
        return try tracing { .object(TracedValue(try layer.apply(to: traced.tensor))) }
    }

    private static func pool(_ kind: Tracer.Pooling, _ arguments: Arguments) throws -> Pool {
        let size = try side(arguments, "size", default: 2)
        return Pool(kind, size: size, stride: try arguments.count("stride", in: 1...1000, default: size[0]), padding: try padding(arguments, default: .valid))
    }

    /// `3` or `[3, 5]`.
    private static func side(_ arguments: Arguments, _ name: String, default fallback: Int) throws -> [Int] {
        guard arguments.given(name) else { return [fallback, fallback] }
        if case .number = arguments.value(name) {
            let side = try arguments.count(name, in: 1...1000)
            return [side, side]
        }
        let sides = try arguments.list(name).compactMap { value -> Int? in
            if case .number(let number) = value, let side = Int(exactly: number), (1...1000).contains(side) { side } else { nil }
        }
        guard sides.count == 2, try arguments.list(name).count == 2 else {
            throw Fault.type("`\(name)` of `\(arguments.callee)`", expected: "a whole number from 1 to 1000 or two, such as [3, 5]", found: arguments.value(name), at: arguments.range(of: name))
        }
        return sides
    }

    private static func padding(_ arguments: Arguments, default fallback: ConvolutionWindow.Padding) throws -> ConvolutionWindow.Padding {
        guard arguments.given("padding") else { return fallback }
        switch arguments.value("padding") {
        case .text("same"): return .same
        case .text("valid"): return .valid
        default: throw arguments.wrongType("padding", expected: "`same` or `valid`")
        }
    }
}
