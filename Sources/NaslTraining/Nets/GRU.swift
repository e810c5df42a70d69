import NaslExpr
import NaslTensor

/// A gated recurrent unit (Cho et al. 2014; the reset gate after the product, as in PyTorch and cuDNN):
///
///     r = sigmoid(x W_r + b_r + h U_r),  z = sigmoid(x W_z + b_z + h U_z),  n = tanh(x W_n + b_n + r * (h U_n + c_n)),  h' = (1 - z) * n + z * h
///
/// Input weights start by Glorot's rule, recurrent ones orthogonal.
public final class GRU: RecurrentCell {
    public init() {}

    public let summary = "gru"

    public func unroll(_ x: CellInputs, steps: Int, width: Int, in net: NetTracer) throws -> Tracer.Variable {
        let batch = x.count / steps, tracer = net.tracer
        try net.reserve([x.count, 8 * width], summary)
        var sums: [[Tracer.Variable]] = [], recurrent: [Tracer.Variable] = []
        for gate in ["reset", "update", "new"] {
            let weight = try net.parameter("\(gate) input", [x.columns, width], .glorot(inputs: x.columns, outputs: width), of: self, summary)
            let bias = try net.parameter("\(gate) bias", [width], .constant(0), of: self, summary)
            sums.append(tracer.unstack(x.dense(weight: weight, bias: bias), rows: batch))
            recurrent.append(try net.parameter("\(gate) recurrent", [width, width], .orthogonal(rows: width, columns: width), of: self, summary))
        }
        let bias = try net.parameter("new recurrent bias", [width], .constant(0), of: self, summary)
        let first = net.state([batch, width])
        var h = first
        var outputs: [Tracer.Variable] = []
        for step in 0..<steps {
            let own = sums.map { $0[step] }
            let r = tracer.matmul(h, recurrent[0], plus: own[0]), z = tracer.matmul(h, recurrent[1], plus: own[1])
            let n = tracer.dense(h, weight: recurrent[2], bias: bias)
            h = try tracer.elementwise(GRU.step, [r, z, own[2], n, h])
            outputs.append(h)
        }
        net.carry(from: h, to: first)
        return tracer.stack(outputs)
    }

    /// The next state, from the sums of the three gates and the state.
    private static let step: FunctionTerm = {
        let update = Expr.apply(.sigmoid, .variable("z"))
        let inner = Expr.apply(.add, .variable("x"), .apply(.mul, .apply(.sigmoid, .variable("r")), .variable("n")))
        let fresh = Expr.apply(.mul, .apply(.sub, 1, update), .apply(.tanh, inner))
        return FunctionTerm(parameters: ["r", "z", "x", "n", "h"], body: .apply(.add, fresh, .apply(.mul, update, .variable("h"))))
    }()
}
