import CKernels

extension Tracer {
    /// Lays out all buffers and makes the plan; the tracer may be dropped. All memory is zero at first.
    public func finish() -> Plan { finish(choice: Engine.choice) }

    package func finish(instructionSet: String) -> Plan { finish(choice: Engine.choice(named: instructionSet)) }

    private func finish(choice: Engine.Choice) -> Plan {
        let parameterCount = storages[Tracer.parameterStorage].count ?? 0
        var starts: [Int] = []
        var end = 0
        for (number, storage) in storages.enumerated() {
            starts.append(Tracer.isFramed(number) ? 0 : end)
            if Tracer.isFramed(number) { continue }
            end += Tracer.padded(storage.count ?? parameterCount) * storage.width
        }
        let resolved = places.map { place in
            let width = storages[place.storage].width
            return Plan.Place(
                at: starts[place.storage] + place.offset * width, count: place.count, width: width, isFramed: Tracer.isFramed(place.storage))
        }
        func address(_ id: Int64) -> Int64 { id < 0 ? -1 : Int64(resolved[Int(id)].at) }

        var instructions: [nasl_instruction] = []
        var ranges: [Plan.SectionRange] = []
        for section in sections {
            ranges.append(Plan.SectionRange(name: section.name, first: instructions.count, count: section.instructions.count))
            for var instruction in section.instructions {
                withUnsafeMutableBytes(of: &instruction.at) { bytes in
                    let slots = bytes.bindMemory(to: Int64.self)
                    for slot in slots.indices { slots[slot] = address(slots[slot]) }
                }
                if instruction.kernel == Int32(NASL_ELEMENTWISE.rawValue), instruction.size.0 < 0 { instruction.size.0 = Int64(parameterCount) }
                instructions.append(instruction)
            }
        }
        let operands = operands.map { operand in
            var operand = operand
            operand.at = address(operand.at)
            return operand
        }
        let memory = PlanMemory(
            instructions: instructions, operands: operands, programs: programs, arenaBytes: end, frameBytes: frameBytes,
            rowScratch: rowScratch + 1024, width: precision.width)
        func bytes(_ storage: Int) -> Range<Int> { starts[storage]..<starts[storage] + (storages[storage].count ?? parameterCount) * storages[storage].width }
        return Plan(
            precision: precision, parameters: parameters.map { ($0.name, $0.variable) }, memory: memory, places: resolved, sections: ranges,
            updates: updates, parameterBytes: bytes(Tracer.parameterStorage), bufferBytes: bytes(Tracer.bufferStorage), stateBytes: stateStorages.map(bytes),
            gradientBytes: bytes(Tracer.gradientStorage), frameSlots: frameSlots(memory), choice: choice)
    }
}
