import NaslTensor

/// A net recorded for training and for measuring, with its weights.
struct Child: ~Copyable {
    private let net: any Layer
    private let data: DataSet
    private let settings: TrainingSettings
    private let watch: InputWatch?
    private(set) var plan: Plan
    private(set) var training: ChildSection
    private(set) var feeder: Feeder
    private var validating: ChildSection
    private var code: Plan.Section

    private static func limit(_ data: DataSet) -> Int? { data.isText ? Evaluation.textPlaces : nil }

    /// The net with its starting weights.
    init(_ net: any Layer, _ data: DataSet, _ settings: TrainingSettings, batch: Int, watch: InputWatch? = nil) throws {
        let tracer = NetTracer(precision: settings.precision, classes: data.classes, seed: settings.seed, repeat: settings.repeat, watch: watch)
        let training = try ChildSection("train", batch: batch, net: net, data: data, loss: settings.loss, in: tracer) { loss in
            tracer.tracer.gradient(of: loss)
            tracer.tracer.update(settings.optimizer.rule)
        }
        let measured = Evaluation.batch(for: data.validation, limit: Child.limit(data), net: net)
        let validating = try ChildSection("evaluate", batch: measured, net: net, data: data, loss: settings.loss, in: tracer)
        var plan = tracer.tracer.finish()
        tracer.initialize(&plan)
        guard let code = plan.section(training.name) else { throw TrainingError("a net that records nothing cannot be trained") }
        self.net = net
        self.data = data
        self.settings = settings
        self.watch = watch
        self.training = training
        self.validating = validating
        self.code = code
        feeder = Feeder(data.train, training, classes: data.classes)
        self.plan = plan
    }

    /// Goes on with steps of another size: recorded anew, with the weights and what the update rule keeps.
    mutating func record(batch: Int) throws {
        let (weights, state) = (plan.snapshot(), plan.updateState())
        self = try Child(net, data, settings, batch: batch, watch: watch)
        plan.restore(weights)
        plan.restoreUpdateState(state)
    }

    /// One step over these examples; its loss.
    mutating func run(_ positions: [Int], step: Int, progress: Double) -> Double {
        positions.withUnsafeBufferPointer { feeder.fill(plan, $0) }
        let factor = settings.schedule?(progress) ?? 1
        plan.prepareUpdate(step: step + 1, learningRate: settings.optimizer.learningRate * factor, progress: progress)
        plan.run(code)
        return plan.value(of: training.mean)
    }

    /// On the validation part; infinite where training diverged or ended far above guessing.
    mutating func validation(_ progress: TrainingProgress, _ interrupt: () -> Bool) throws -> Metrics {
        if progress.diverged { return Metrics(loss: .infinity, accuracy: data.classes > 0 ? 0 : nil, count: 0, of: settings.loss) }
        let evaluation = Evaluation(Feeder(data.validation, validating, classes: data.classes), limit: Child.limit(data))
        let measured = try evaluation.run(&plan, loss: settings.loss, step: progress.step, watch: watch, interrupt: interrupt)
        let isHopeless = measured.loss > settings.loss.hopeless(classes: data.classes)
        return isHopeless ? Metrics(loss: .infinity, accuracy: measured.accuracy, count: measured.count, of: settings.loss) : measured
    }
}
