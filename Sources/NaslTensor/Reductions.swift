import CKernels

extension Tracer {
    /// The mean of all values, of shape [1].
    public func mean(_ x: Variable) -> Variable { reduce(x, factor: 1 / Double(max(x.count, 1))) }

    /// The sum of all values, of shape [1].
    public func sum(_ x: Variable) -> Variable { reduce(x, factor: 1) }

    private func reduce(_ x: Variable, factor: Double) -> Variable {
        let output = variable([1])
        record(NASL_SUM, [output.id, x.id], sizes: [x.count], values: [factor])
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: x) else { return }
            tracer.record(NASL_SUM_GRADIENT, [target.id, adjoint.id], sizes: [x.count], values: [factor], flags: accumulate ? 1 : 0)
        }
        return output
    }
}
