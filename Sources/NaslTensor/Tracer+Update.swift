import CKernels

extension Tracer {
    /// Records one step of a rule over all parameters, after ``gradient(of:by:)`` in the same section. Before each run the host sets
    /// the rule's numbers: `plan.prepareUpdate(step:learningRate:)`.
    public func update(_ rule: UpdateRule) {
        var inputs = [
            Variable(id: block(of: Tracer.parameterStorage), shape: []), Variable(id: block(of: Tracer.gradientStorage), shape: []),
        ]
        for _ in 0..<rule.stateCount {
            storages.append(Storage(count: nil, width: precision.width))
            stateStorages.append(storages.count - 1)
            inputs.append(Variable(id: block(of: storages.count - 1), shape: []))
        }
        let scalars = rule.scalars.map { _ in scalar() }
        updates.append((rule, scalars))
        let firstScalar = inputs.count
        // The outputs are stored over the weights and the states.
        let aliases = Dictionary(uniqueKeysWithValues: rule.outputs.indices.map { ($0, $0 == 0 ? 0 : $0 + 1) })
        let program = Program(
            rule.graph, outputs: rule.outputs, scalars: Set(firstScalar..<firstScalar + scalars.count), aliases: aliases)
        var places: [nasl_operand] = []
        for (slot, input) in (inputs + scalars).enumerated() {
            let kind = !program.code.isUsed[slot] ? NASL_UNUSED : slot < firstScalar ? NASL_FULL : NASL_SCALAR
            places.append(nasl_operand(at: Int64(input.id), period: 1, kind: Int32(kind), accumulate: 0))
        }
        for slot in rule.outputs.indices {
            let kind = program.code.isDirect[slot] ? NASL_FULL : NASL_COPIED
            places.append(nasl_operand(at: Int64(inputs[aliases[slot] ?? 0].id), period: 1, kind: Int32(kind), accumulate: 0))
        }
        record(program, places, count: nil)
    }

    /// A variable that is a whole storage of parameters, gradients or state.
    private func block(of storage: Int) -> Int32 {
        places.append(Place(storage: storage, offset: 0, count: 0))
        return Int32(places.count - 1)
    }
}
