import NaslTensor

/// How long each instruction of a training step takes.
package struct TrainingProfile {
    /// Of each instruction: its kernel, its sizes, and the seconds of one run, the least of many.
    package let instructions: [(kernel: Int, sizes: [Int], seconds: Double)]

    package init(_ net: any Layer, on data: DataSet, _ settings: TrainingSettings, runs: Int) throws {
        let tracer = NetTracer(precision: settings.precision, classes: data.classes, seed: settings.seed, repeat: settings.repeat)
        let section = try ChildSection("train", batch: settings.batch, net: net, data: data, loss: settings.loss, in: tracer) { loss in
            tracer.tracer.gradient(of: loss)
            tracer.tracer.update(settings.optimizer.rule)
        }
        var plan = tracer.tracer.finish()
        tracer.initialize(&plan)
        let feeder = Feeder(data.train, section, classes: data.classes)
        var batches = Batches(
            count: feeder.count, batch: settings.batch, order: Batches.Order(net, data), seed: settings.seed, repeat: settings.repeat)
        guard let code = plan.section(section.name) else { throw TrainingError("a net that records nothing has no profile") }
        let clock = ContinuousClock()
        var least = [Duration](repeating: .seconds(1000), count: plan.instructionCount(code))
        var kinds = [(kernel: Int, sizes: [Int])](repeating: (0, []), count: least.count)
        for step in 1...max(runs, 1) {
            batches.draw()
            batches.positions.withUnsafeBufferPointer { feeder.fill(plan, $0) }
            plan.prepareUpdate(step: step, learningRate: 1e-3)
            for number in least.indices {
                let begin = clock.now
                kinds[number] = plan.runInstruction(number, of: code)
                least[number] = min(least[number], clock.now - begin)
            }
        }
        instructions = zip(kinds, least).map { kind, time in (kind.kernel, kind.sizes, Double(time.components.attoseconds) * 1e-18) }
    }
}
