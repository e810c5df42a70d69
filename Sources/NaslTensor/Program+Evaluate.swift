import CKernels

extension Program {
    /// The outputs in double precision, by the C library's functions: for the prompt, equation rewards and tests.
    ///
    /// - Parameters:
    ///   - inputs: as many as the graph has, each of length 1 (the same for all) or `count`.
    ///   - count: the number of elements.
    public func evaluate(_ inputs: [[Double]], count: Int) -> [[Double]] {
        evaluate(inputs, count: count, kernels: nasl_double_kernels(), as: Double.self)
    }

    /// The same by the kernels of one table, in its own precision.
    package func evaluate<Element: BinaryFloatingPoint>(
        _ inputs: [[Element]], count: Int, kernels: UnsafePointer<nasl_kernels>, as: Element.Type
    ) -> [[Element]] {
        guard count > 0 else { return outputs.map { _ in [] } }
        return Evaluator(inputs, count: count, kernels: kernels).evaluate(self)
    }
}
