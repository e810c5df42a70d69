import NaslTensor

/// Trains a net from its starting weights and measures it on the validation part.
///
///     let net = Nets.charMLP(context: 6, hidden: [64], activation: relu)
///     let fit = try train(net, on: .austen(), TrainingSettings(optimizer: .adam(learningRate: 3e-3), length: .steps(1500)))
///
/// All random numbers depend on the settings' seed and repeat only, so every candidate of a search starts from the same draws and sees
/// the same batches. Training stops at the first step whose loss is not finite; the fit then says `diverged` and its losses are infinite,
/// as they are where the validation loss ends far above that of guessing (``Loss/hopeless(classes:)``).
///
/// - Parameter interrupt: looked at every few steps; true stops with ``TrainingInterrupted``.
/// - Throws: ``NetError`` where shapes do not fit, ``TrainingError`` where the settings make no sense.
public func train(
    _ net: any Layer, on data: DataSet, _ settings: TrainingSettings = TrainingSettings(), interrupt: () -> Bool = { false }
) throws -> Fit {
    let clock = ContinuousClock()
    let begin = clock.now
    let tracer = NetTracer(precision: settings.precision, classes: data.classes, seed: settings.seed, repeat: settings.repeat)
    // Checked before anything is built.
    _ = try settings.steps(examples: data.train.count)
    guard data.train.count > 0, data.validation.count > 0 else {
        throw TrainingError("`\(data.name)` has \(data.train.count) training and \(data.validation.count) validation examples; both parts are needed")
    }
    let training = try ChildSection("train", batch: settings.batch, net: net, data: data, loss: settings.loss, in: tracer) { loss in
        tracer.tracer.gradient(of: loss)
        tracer.tracer.update(settings.optimizer.rule)
    }
    let limit = data.isText ? Evaluation.textPlaces : nil
    let validating = try ChildSection(
        "evaluate", batch: Evaluation.batch(for: data.validation, limit: limit, net: net), net: net, data: data, loss: settings.loss, in: tracer)
    var plan = tracer.tracer.finish()
    tracer.initialize(&plan)

    let feeder = Feeder(data.train, training, classes: data.classes)
    // An epoch of a recurrent net sees every character once.
    let steps = try settings.steps(examples: feeder.count / (net.window ?? 1))
    var batches = Batches(
        count: feeder.count, batch: settings.batch, order: Batches.Order(net, data), seed: settings.seed, repeat: settings.repeat)
    var progress = TrainingProgress(steps: steps)
    try run(steps, &plan, training, feeder, &batches, settings, &progress, clock, interrupt)

    let validation: Metrics
    if progress.diverged {
        validation = Metrics(loss: .infinity, accuracy: data.classes > 0 ? 0 : nil, count: 0, of: settings.loss)
    } else {
        let evaluation = Evaluation(
            Feeder(data.validation, validating, classes: data.classes), limit: limit)
        let measured = try evaluation.run(&plan, loss: settings.loss, step: steps, interrupt: interrupt)
        let isHopeless = measured.loss > settings.loss.hopeless(classes: data.classes)
        validation = isHopeless ? Metrics(loss: .infinity, accuracy: measured.accuracy, count: measured.count, of: settings.loss) : measured
    }
    return Fit(
        net: net, data: data, settings: settings, progress: progress, validation: validation, seconds: seconds(clock.now - begin), plan: plan)
}

/// The inner loop: draw, copy, run.
private func run(
    _ steps: Int, _ plan: inout Plan, _ section: ChildSection, _ feeder: Feeder, _ batches: inout Batches, _ settings: TrainingSettings,
    _ notes: inout TrainingProgress, _ clock: ContinuousClock, _ interrupt: () -> Bool
) throws {
    guard let code = plan.section(section.name) else { throw TrainingError("a net that records nothing cannot be trained") }
    let begin = clock.now
    for step in 0..<steps {
        if step & 15 == 0, interrupt() { throw TrainingInterrupted(step: step) }
        batches.draw()
        batches.positions.withUnsafeBufferPointer { feeder.fill(plan, $0) }
        let progress = Double(step) / Double(steps)
        let factor = settings.schedule?(progress) ?? 1
        plan.prepareUpdate(step: step + 1, learningRate: settings.optimizer.learningRate * factor, progress: progress)
        plan.run(code)
        guard notes.note(plan.value(of: section.mean)) else { break }
    }
    notes.seconds = seconds(clock.now - begin)
}

private func seconds(_ duration: Duration) -> Double {
    let (whole, atto) = duration.components
    return Double(whole) + Double(atto) * 1e-18
}
