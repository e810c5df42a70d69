import CKernels

extension Tracer {
    /// The same values in another shape; nothing is moved.
    public func reshape(_ x: Variable, _ shape: [Int]) -> Variable {
        precondition(shape.reduce(1, *) == x.count, "\(ShapeMismatch(operation: "reshape", shapes: [x.shape, shape]))")
        let output = view(x, shape: shape)
        note(.reshape, [x], [output])
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), !tracer.adopt(adjoint, asAdjointOf: x) else { return }
            guard let (target, accumulate) = tracer.contribution(to: x) else { return }
            tracer.copy(adjoint, to: target, rows: 1, columns: x.count, accumulate: accumulate)
        }
        return output
    }

    /// Rows `range` of the first axis; nothing is moved.
    public func rows(_ x: Variable, _ range: Range<Int>) -> Variable {
        precondition(range.lowerBound >= 0 && range.upperBound <= x.shape[0], "rows \(range) of \(x.shape)")
        let length = x.count / max(x.shape[0], 1)
        let output = view(x, shape: [range.count] + x.shape.dropFirst(), offset: range.lowerBound * length)
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: x) else { return }
            // Other rows get their share elsewhere, or none.
            if !accumulate { tracer.record(NASL_FILL, [target.id], sizes: [target.count], values: [0]) }
            let part = tracer.view(target, shape: output.shape, offset: range.lowerBound * length)
            tracer.copy(adjoint, to: part, rows: 1, columns: output.count, accumulate: true)
        }
        return output
    }

    /// Blocks of `length` rows of the first axis, all of them; nothing is moved.
    public func unstack(_ x: Variable, rows length: Int) -> [Variable] {
        precondition(length > 0 && x.shape[0] % length == 0, "blocks of \(length) rows of \(x.shape)")
        let size = x.count / max(x.shape[0], 1) * length
        let parts = (0..<x.shape[0] / length).map { view(x, shape: [length] + x.shape.dropFirst(), offset: $0 * size) }
        if parts.count == 1 { note(.same, [x], parts) }
        addToTape([x], parts) { tracer in
            guard let (target, accumulate) = tracer.contribution(to: x) else { return }
            for (number, part) in parts.enumerated() {
                let place = tracer.view(target, shape: part.shape, offset: number * size)
                if let adjoint = tracer.adjoint(of: part) {
                    tracer.copy(adjoint, to: place, rows: 1, columns: size, accumulate: accumulate)
                } else if !accumulate {
                    tracer.record(NASL_FILL, [place.id], sizes: [size], values: [0])
                }
            }
        }
        return parts
    }

    /// Columns `range` of the last axis: [.., C] -> [.., range.count].
    public func columns(_ x: Variable, _ range: Range<Int>) -> Variable {
        precondition(range.lowerBound >= 0 && range.upperBound <= x.columns, "columns \(range) of \(x.shape)")
        let output = variable(x.shape.dropLast() + [range.count])
        copy(x, from: range.lowerBound, to: output, rows: x.rows, columns: range.count)
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: x) else { return }
            if !accumulate { tracer.record(NASL_FILL, [target.id], sizes: [target.count], values: [0]) }
            tracer.copy(adjoint, to: target, at: range.lowerBound, rows: x.rows, columns: range.count, accumulate: true)
        }
        return output
    }

    /// Side by side along the last axis; all other axes must agree.
    public func concatenate(_ xs: [Variable]) -> Variable {
        let columns = xs.map(\.columns)
        precondition(Set(xs.map { $0.shape.dropLast() }).count == 1, "\(ShapeMismatch(operation: "concatenate", shapes: xs.map(\.shape)))")
        let output = variable(xs[0].shape.dropLast() + [columns.reduce(0, +)])
        note(.concatenate, xs, [output])
        var start = 0
        for x in xs {
            copy(x, to: output, at: start, rows: x.rows, columns: x.columns)
            start += x.columns
        }
        addToTape(xs, [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output) else { return }
            var start = 0
            for x in xs {
                if let (target, accumulate) = tracer.contribution(to: x) {
                    tracer.copy(adjoint, from: start, to: target, rows: x.rows, columns: x.columns, accumulate: accumulate)
                }
                start += x.columns
            }
        }
        return output
    }

    /// Rows under rows: [m, C], [n, C], ... -> [m + n + .., C].
    public func stack(_ xs: [Variable]) -> Variable {
        precondition(Set(xs.map(\.columns)).count == 1, "\(ShapeMismatch(operation: "stack", shapes: xs.map(\.shape)))")
        let output = variable([xs.reduce(0) { $0 + $1.rows }, xs[0].columns])
        if xs.count == 1 { note(.same, xs, [output]) }
        var starts: [Int] = [], start = 0
        for x in xs {
            starts.append(start)
            copy(x, to: view(output, shape: x.shape, offset: start), rows: 1, columns: x.count)
            start += x.count
        }
        addToTape(xs, [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output) else { return }
            for (x, start) in zip(xs, starts) {
                let part = tracer.view(adjoint, shape: x.shape, offset: start)
                if tracer.adopt(part, asAdjointOf: x) { continue }
                if let (target, accumulate) = tracer.contribution(to: x) { tracer.copy(part, to: target, rows: 1, columns: x.count, accumulate: accumulate) }
            }
        }
        return output
    }

    /// From now on `target` holds what `source` holds at this moment of a run; no derivative goes through.
    public func assign(_ target: Variable, from source: Variable) {
        precondition(target.count == source.count, "\(ShapeMismatch(operation: "assign", shapes: [target.shape, source.shape]))")
        copy(source, to: target, rows: 1, columns: source.count)
    }

    /// A block of `rows` and `columns` from column `from` of one matrix to column `at` of another, whose rows are as long as their
    /// last axes say.
    func copy(_ source: Variable, from: Int = 0, to target: Variable, at: Int = 0, rows: Int, columns: Int, accumulate: Bool = false) {
        let strides = rows == 1 ? (columns, columns) : (source.columns, target.columns)
        let source = from == 0 ? source : view(source, shape: [source.count - from], offset: from)
        let target = at == 0 ? target : view(target, shape: [target.count - at], offset: at)
        record(NASL_COPY_COLUMNS, [target.id, source.id], sizes: [rows, columns, strides.1, strides.0], flags: accumulate ? 1 : 0)
    }
}
