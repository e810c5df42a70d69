extension Plan {
    /// The values of a variable, as doubles.
    public func values(of variable: Tracer.Variable) -> [Double] {
        switch precision {
        case .float: withFloats(of: variable) { $0.map(Double.init) }
        case .double: withDoubles(of: variable) { Array($0) }
        }
    }

    /// The one value of a variable of shape [1].
    public func value(of variable: Tracer.Variable) -> Double {
        let at = memory.arena + places[Int(variable.id)].at
        return precision == .float ? Double(at.load(as: Float.self)) : at.load(as: Double.self)
    }

    /// Sets a variable of shape [1].
    public mutating func set(_ variable: Tracer.Variable, to value: Double) {
        let at = memory.arena + places[Int(variable.id)].at
        if precision == .float { at.storeBytes(of: Float(value), as: Float.self) } else { at.storeBytes(of: value, as: Double.self) }
    }

    /// Sets all values of a variable to 0.
    public mutating func clear(_ variable: Tracer.Variable) { clear(variable, frame: 0) }

    /// The same in a frame.
    package mutating func clear(_ variable: Tracer.Variable, frame: Int) {
        let place = places[Int(variable.id)]
        address(of: variable.id, frame: frame).initializeMemory(as: UInt8.self, repeating: 0, count: place.count * place.width)
    }

    /// Sets a variable; as many values as it has.
    public mutating func write(_ values: [Double], to variable: Tracer.Variable) {
        precondition(values.count == variable.count, "\(values.count) values for a variable of \(variable.count)")
        switch precision {
        case .float: withFloats(of: variable) { for (slot, value) in values.enumerated() { $0[slot] = Float(value) } }
        case .double: withDoubles(of: variable) { _ = $0.update(from: values) }
        }
    }

    /// Sets a variable; as many values as it has.
    @_disfavoredOverload
    public mutating func write(_ values: [Float], to variable: Tracer.Variable) {
        precondition(values.count == variable.count, "\(values.count) values for a variable of \(variable.count)")
        switch precision {
        case .float: withFloats(of: variable) { _ = $0.update(from: values) }
        case .double: withDoubles(of: variable) { for (slot, value) in values.enumerated() { $0[slot] = Double(value) } }
        }
    }

    /// Sets indices; as many as there are.
    public mutating func write(_ values: [Int32], to tokens: Tracer.Tokens) {
        precondition(values.count == tokens.count, "\(values.count) indices for \(tokens.count)")
        withTokens(tokens) { _ = $0.update(from: values) }
    }

    /// The memory of a variable in a plan of precision float, for reading and writing.
    public func withFloats<Result>(of variable: Tracer.Variable, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result) rethrows -> Result {
        precondition(precision == .float, "a plan in double precision holds no floats")
        return try body(buffer(variable.id, Float.self))
    }

    /// The memory of a variable in a plan of precision double, for reading and writing.
    public func withDoubles<Result>(of variable: Tracer.Variable, _ body: (UnsafeMutableBufferPointer<Double>) throws -> Result) rethrows -> Result {
        precondition(precision == .double, "a plan in float precision holds no doubles")
        return try body(buffer(variable.id, Double.self))
    }

    /// The memory of indices, for reading and writing.
    public func withTokens<Result>(_ tokens: Tracer.Tokens, _ body: (UnsafeMutableBufferPointer<Int32>) throws -> Result) rethrows -> Result {
        try body(buffer(tokens.id, Int32.self))
    }

    private func buffer<Element>(_ id: Int32, _: Element.Type, frame: Int = 0) -> UnsafeMutableBufferPointer<Element> {
        let start = address(of: id, frame: frame).assumingMemoryBound(to: Element.self)
        return UnsafeMutableBufferPointer(start: start, count: places[Int(id)].count)
    }

    /// One value of a variable in a frame.
    package func value(_ slot: Int, of variable: Tracer.Variable, frame: Int) -> Double {
        switch precision {
        case .float: Double(buffer(variable.id, Float.self, frame: frame)[slot])
        case .double: buffer(variable.id, Double.self, frame: frame)[slot]
        }
    }

    /// Sets one value of a variable in a frame.
    package mutating func set(_ slot: Int, of variable: Tracer.Variable, frame: Int, to value: Double) {
        switch precision {
        case .float: buffer(variable.id, Float.self, frame: frame)[slot] = Float(value)
        case .double: buffer(variable.id, Double.self, frame: frame)[slot] = value
        }
    }
}
