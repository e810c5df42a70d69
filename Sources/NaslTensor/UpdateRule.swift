import Glibc
import NaslExpr

/// How parameters follow from their gradients: an elementwise graph over weight, gradient, state and some numbers that the host sets
/// before each step. Built-in and searched rules have this one form and run as one pass over all parameters.
///
///     let plain = UpdateRule(name: "sgd", states: 0, scalars: [.learningRate]) { w, g, _, scalars in [w - scalars[0] * g] }
public struct UpdateRule: Sendable {
    public let name: String
    /// Values kept for each weight between steps, all zero at first.
    public let stateCount: Int
    public let scalars: [Scalar]
    /// Inputs: w, g, the states, the scalars. Outputs: w', the states'.
    package let graph: Graph
    package let outputs: [Graph.Ref]

    /// A number that depends on the step only.
    public struct Scalar: Sendable {
        public let name: String
        public let form: Form

        public enum Form: Sendable, Hashable {
            case learningRate, progress
            /// `1 - decay^step`: what an exponential average that starts at 0 is divided by (Kingma & Ba 2015, section 3).
            case correction(decay: Double)
        }

        public func value(_ moment: Moment) -> Double {
            switch form {
            case .learningRate: moment.learningRate
            case .progress: moment.progress
            case .correction(let decay): 1 - pow(decay, Double(moment.step))
            }
        }

        public static let learningRate = Scalar(name: "learning rate", form: .learningRate)
        public static let progress = Scalar(name: "progress", form: .progress)
        public static func correction(_ name: String, decay: Double) -> Scalar { Scalar(name: "1 - \(name)^t", form: .correction(decay: decay)) }
    }

    /// A step of training.
    public struct Moment: Sendable {
        /// Counted from 1.
        public let step: Int
        public let learningRate: Double
        /// From 0 at the first step to 1.
        public let progress: Double

        public init(step: Int, learningRate: Double, progress: Double = 0) {
            self.step = step
            self.learningRate = learningRate
            self.progress = progress
        }
    }

    /// Inputs and outputs as for ``init(name:states:scalars:_:)``, given as a graph: inputs w, g, states, scalars; outputs w', states'.
    public init(name: String, states: Int, scalars: [Scalar], graph: Graph, outputs: [Graph.Ref]) {
        precondition(graph.inputCount == 2 + states + scalars.count && outputs.count == 1 + states, "an update rule's graph does not fit")
        self.name = name
        stateCount = states
        self.scalars = scalars
        self.graph = graph
        self.outputs = outputs
    }

    /// A rule written as formulas: `body` gets w, g, the states and the scalars and returns w' and the states'.
    public init(
        name: String, states: Int, scalars: [Scalar],
        _ body: (_ w: GraphTerm, _ g: GraphTerm, _ states: [GraphTerm], _ scalars: [GraphTerm]) -> [GraphTerm]
    ) {
        let builder = GraphBuilder(Graph(inputs: 2 + states + scalars.count))
        let inputs = (0..<2 + states + scalars.count).map { GraphTerm(ref: builder.graph.input($0), builder: builder) }
        let results = body(inputs[0], inputs[1], Array(inputs[2..<2 + states]), Array(inputs[(2 + states)...]))
        self.init(name: name, states: states, scalars: scalars, graph: builder.graph, outputs: results.map(\.ref))
    }
}
