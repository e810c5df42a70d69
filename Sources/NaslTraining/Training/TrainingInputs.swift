import NaslTensor

/// What a training starts from and sees, so that another implementation can repeat it.
package struct TrainingInputs {
    package let parameters: [(name: String, shape: [Int], values: [Double])]
    /// Of each step, row-major; characters as numbers.
    package let batches: [(inputs: [Double], labels: [Int32])]

    package init(_ net: any Layer, on data: DataSet, _ settings: TrainingSettings, steps: Int) throws {
        let tracer = NetTracer(precision: .double, classes: data.classes, seed: settings.seed, repeat: settings.repeat)
        let section = try ChildSection("train", batch: settings.batch, net: net, data: data, loss: settings.loss, in: tracer)
        var plan = tracer.tracer.finish()
        tracer.initialize(&plan)
        var parameters: [(name: String, shape: [Int], values: [Double])] = []
        for (name, variable) in plan.parameters { parameters.append((name, variable.shape, plan.values(of: variable))) }
        self.parameters = parameters

        let feeder = Feeder(data.train, section, classes: data.classes)
        var drawn = Batches(
            count: feeder.count, batch: settings.batch, order: Batches.Order(net, data), seed: settings.seed, repeat: settings.repeat)
        var batches: [(inputs: [Double], labels: [Int32])] = []
        for _ in 0..<steps {
            drawn.draw()
            drawn.positions.withUnsafeBufferPointer { feeder.fill(plan, $0) }
            let inputs: [Double]
            switch section.input {
            case .values(let variable): inputs = plan.values(of: variable)
            case .tokens(let tokens), .streams(let tokens): inputs = plan.withTokens(tokens) { $0.map(Double.init) }
            }
            batches.append((inputs, section.labels.map { plan.withTokens($0) { Array($0) } } ?? []))
        }
        self.batches = batches
    }
}
