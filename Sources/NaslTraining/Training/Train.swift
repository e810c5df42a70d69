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
/// - Parameters:
///   - watch: writes down what the net gives to one of its functions when it is validated.
///   - interrupt: looked at every few steps; true stops with ``TrainingInterrupted``.
/// - Throws: ``NetError`` where shapes do not fit, ``TrainingError`` where the settings make no sense.
public func train(
    _ net: any Layer, on data: DataSet, _ settings: TrainingSettings = TrainingSettings(), watch: InputWatch? = nil, interrupt: () -> Bool = { false }
) throws -> Fit {
    let clock = ContinuousClock()
    let begin = clock.now
    // Checked before anything is built.
    _ = try settings.steps(examples: data.train.count)
    guard data.train.count > 0, data.validation.count > 0 else {
        throw TrainingError("`\(data.name)` has \(data.train.count) training and \(data.validation.count) validation examples; both parts are needed")
    }
    var pace = try Pace(net, data, settings)
    var child = try Child(net, data, settings, batch: pace.batch, watch: watch)
    var progress = TrainingProgress(steps: try pace.begin(examples: child.feeder.count / (net.window ?? 1)))
    var batches = Batches(
        count: child.feeder.count, batch: pace.batch, order: Batches.Order(net, data), seed: settings.seed, repeat: settings.repeat)
    let start = clock.now
    var noise = settings.batches?.usesNoise == true ? NoiseScale(parameters: child.plan.parameterCount) : nil
    training: while pace.step(&noise) {
        if pace.batch != child.training.batch {
            try child.record(batch: pace.batch)
            batches.resize(to: pace.batch)
        }
        while pace.isSteady {
            if progress.step & 15 == 0, interrupt() { throw TrainingInterrupted(step: progress.step) }
            batches.draw()
            let loss = child.run(batches.positions, step: progress.step, progress: pace.progress)
            guard progress.note(loss) else { break training }
            noise?.note({ child.plan.addGradient(to: &$0) }, examples: pace.batch)
            pace.count()
        }
    }
    progress.seconds = seconds(clock.now - start)
    progress.end()
    let validation = try child.validation(progress, interrupt)
    return Fit(
        net: net, data: data, settings: settings, progress: progress, validation: validation, seconds: seconds(clock.now - begin), plan: child.plan)
}

private func seconds(_ duration: Duration) -> Double {
    let (whole, atto) = duration.components
    return Double(whole) + Double(atto) * 1e-18
}
