import CKernels

extension Tracer {
    /// What `body` makes, each frame of the plan has for itself: ``Plan/run(_:frame:)`` runs a step of a recurrent network on one frame after
    /// another, and forgets none of them.
    ///
    ///     let before = tracer.carried([rows, width])
    ///     tracer.section("step") {
    ///         let h = tracer.inFrames { step(before) }
    ///         tracer.carry(h, to: before)
    ///     }
    ///     var plan = tracer.finish()
    ///     plan.reserve(frames: 11)
    ///     for frame in 1...10 { plan.run(step, frame: frame) }   // frame 0 has the state before the first step
    package func inFrames<Result>(_ body: () throws -> Result) rethrows -> Result {
        let outer = isFraming
        isFraming = true
        defer { isFraming = outer }
        return try body()
    }

    /// A variable of the frame before, named by ``carry(_:to:)`` once it is recorded.
    package func carried(_ shape: [Int]) -> Variable {
        places.append(Place(storage: Tracer.previousStorage, offset: 0, count: shape.reduce(1, *)))
        return Variable(id: Int32(places.count - 1), shape: shape)
    }

    package func carry(_ variable: Variable, to carried: Variable) {
        precondition(places[Int(variable.id)].storage == Tracer.frameStorage && variable.shape == carried.shape, "only what is kept in frames is carried on")
        places[Int(carried.id)].offset = places[Int(variable.id)].offset
    }

    static func isFramed(_ storage: Int) -> Bool { storage == frameStorage || storage == previousStorage }

    /// The bytes of a frame: whole lines of the cache.
    var frameBytes: Int { ((storages[Tracer.frameStorage].count ?? 0) * precision.width + 63) & ~63 }

    /// The addresses that change from frame to frame, by section.
    func frameSlots(_ memory: PlanMemory) -> [[FrameSlot]] {
        func slot(_ id: Int64, _ address: UnsafeMutablePointer<Int64>) -> FrameSlot? {
            guard id >= 0, case let place = places[Int(id)], Tracer.isFramed(place.storage) else { return nil }
            return FrameSlot(address: address, offset: place.offset * precision.width - (place.storage == Tracer.previousStorage ? frameBytes : 0))
        }
        var first = 0
        return sections.map { section in
            defer { first += section.instructions.count }
            return section.instructions.enumerated().flatMap { number, instruction in
                let slots = memory.addresses(of: first + number)
                var found = withUnsafeBytes(of: instruction.at) { ids in
                    zip(ids.bindMemory(to: Int64.self), slots).compactMap { slot($0, $1) }
                }
                if instruction.kernel == Int32(NASL_ELEMENTWISE.rawValue) {
                    let form = programs[Int(instruction.size.1)].form.pointee, start = Int(instruction.size.2)
                    for operand in start..<start + Int(form.input_count + form.output_count) {
                        if let known = slot(operands[operand].at, memory.address(ofOperand: operand)) { found.append(known) }
                    }
                }
                return found
            }
        }
    }
}

/// An address in the code of a plan that depends on the frame.
struct FrameSlot {
    let address: UnsafeMutablePointer<Int64>
    /// From the beginning of the frame.
    let offset: Int
}
