import NaslExpr
import NaslTensor

/// The engine's form of ``NaiveChild``.
struct Child: ~Copyable {
    static let (words, width, context, hidden, classes, batch) = (11, 4, 3, 12, 7, 16)

    var plan: Plan
    let tokens: Tracer.Tokens
    let labels: Tracer.Tokens
    let loss: Tracer.Variable

    init(_ rule: UpdateRule, precision: Precision = .float, instructionSet: String? = nil) throws {
        let tracer = Tracer(precision: precision)
        let tokens = tracer.tokens([Child.batch, Child.context]), labels = tracer.tokens([Child.batch])
        let inputs = Child.context * Child.width
        let shapes = [[Child.words, Child.width], [inputs, Child.hidden], [Child.hidden], [Child.hidden, Child.classes], [Child.classes]]
        let p = shapes.enumerated().map { tracer.parameter($1, name: "p\($0)") }
        var loss: Tracer.Variable?
        try tracer.section("train") {
            let embedded = tracer.embedding(tokens, table: p[0])
            let activations = try tracer.elementwise(swish, [tracer.dense(embedded, weight: p[1], bias: p[2])])
            let mean = tracer.mean(tracer.softmaxCrossEntropy(tracer.dense(activations, weight: p[3], bias: p[4]), labels: labels))
            tracer.gradient(of: mean)
            tracer.update(rule)
            loss = mean
        }
        (self.tokens, self.labels, self.loss) = (tokens, labels, loss ?? tracer.scalar())
        if let instructionSet { plan = tracer.finish(instructionSet: instructionSet) } else { plan = tracer.finish() }
        for (number, shape) in shapes.enumerated() {
            plan.write(randomValues(shape.reduce(1, *), seed: number, scale: 0.5), to: p[number])
        }
    }

    /// One step on the batch of that number; the loss before it.
    mutating func step(_ number: Int, rate: Double) -> Double {
        let (context, targets) = Child.batchOf(number)
        plan.write(context, to: tokens)
        plan.write(targets, to: labels)
        plan.prepareUpdate(step: number, learningRate: rate)
        plan.run("train")
        return plan.value(of: loss)
    }

    static func batchOf(_ number: Int) -> (tokens: [Int32], labels: [Int32]) {
        (randomTokens(batch * context, below: words, seed: number), randomTokens(batch, below: classes, seed: number + 1000))
    }
}
