import CKernels

extension Tracer {
    public enum Pooling: Sendable { case max, average }

    /// The largest value, or the mean, of each window of each channel: [B, H, W, C] -> [B, H', W', C]. What a window has outside the image
    /// does not count.
    public func pool(_ x: Variable, _ kind: Pooling, window: ConvolutionWindow) -> Variable {
        precondition(x.shape.count == 4 && [x.shape[1], x.shape[2]] == window.image, "\(ShapeMismatch(operation: "pool", shapes: [x.shape, window.size]))")
        let output = variable([x.shape[0]] + window.output + [x.columns])
        note(.pool(kind, window), [x], [output])
        let sizes = [x.shape[0]] + window.image + [x.columns] + window.output + window.size + [window.stride] + window.before
        record(kind == .max ? NASL_MAX_POOL : NASL_AVERAGE_POOL, [output.id, x.id], sizes: sizes)
        reserveRows(1, columns: x.columns)
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: x) else { return }
            if !accumulate { tracer.record(NASL_FILL, [target.id], sizes: [target.count], values: [0]) }
            switch kind {
            case .max: tracer.record(NASL_MAX_POOL_GRADIENT, [target.id, x.id, output.id, adjoint.id], sizes: sizes)
            case .average: tracer.record(NASL_AVERAGE_POOL_GRADIENT, [target.id, adjoint.id], sizes: sizes)
            }
        }
        return output
    }
}
