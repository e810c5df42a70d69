import CKernels

extension Tracer {
    /// Images side by side along the channels, smaller ones filled up with zeros below and to the right (Zoph & Le, ICLR 2017, section 3.3):
    /// [B, h, w, c] each -> [B, H, W, C] with the largest h and w and the sum of the c.
    public func concatenateImages(_ xs: [Variable]) -> Variable {
        precondition(xs.allSatisfy { $0.shape.count == 4 && $0.shape[0] == xs[0].shape[0] }, "\(ShapeMismatch(operation: "concatenateImages", shapes: xs.map(\.shape)))")
        let height = xs.map { $0.shape[1] }.max() ?? 0, width = xs.map { $0.shape[2] }.max() ?? 0
        if xs.allSatisfy({ $0.shape[1] == height && $0.shape[2] == width }) { return concatenate(xs) }
        let output = variable([xs[0].shape[0], height, width, xs.reduce(0) { $0 + $1.columns }])
        note(.concatenateImages, xs, [output])
        record(NASL_FILL, [output.id], sizes: [output.count], values: [0])
        var starts: [Int] = [], channels = 0
        for x in xs {
            starts.append(channels)
            copyImage(x, x.shape, to: part(output, from: channels), output.shape)
            channels += x.columns
        }
        addToTape(xs, [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output) else { return }
            for (x, start) in zip(xs, starts) {
                guard let (target, accumulate) = tracer.contribution(to: x) else { continue }
                tracer.copyImage(tracer.part(adjoint, from: start), output.shape, to: target, x.shape, accumulate: accumulate)
            }
        }
        return output
    }

    /// Every `stride`-th pixel, and zeros as further channels: the shortcut without weights of He et al. 2016 (option A).
    public func subsample(_ x: Variable, stride: Int, channels: Int) -> Variable {
        let height = (x.shape[1] + stride - 1) / stride, width = (x.shape[2] + stride - 1) / stride
        let output = variable([x.shape[0], height, width, channels])
        note(.subsample(stride: stride), [x], [output])
        if channels > x.columns { record(NASL_FILL, [output.id], sizes: [output.count], values: [0]) }
        let count = min(channels, x.columns)
        let near = [height * width * channels, width * channels, channels]
        let far = [x.count / max(x.shape[0], 1), stride * x.shape[2] * x.columns, stride * x.columns]
        record(NASL_COPY_BLOCK, [output.id, x.id], sizes: [x.shape[0], height, width, count] + near + far)
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: x) else { return }
            if !accumulate { tracer.record(NASL_FILL, [target.id], sizes: [target.count], values: [0]) }
            tracer.record(NASL_COPY_BLOCK, [target.id, adjoint.id], sizes: [x.shape[0], height, width, count] + far + near, flags: 1)
        }
        return output
    }

    /// Rows as columns: [m, n] -> [n, m].
    public func transpose(_ x: Variable) -> Variable {
        precondition(x.shape.count == 2, "\(ShapeMismatch(operation: "transpose", shapes: [x.shape]))")
        let output = variable([x.shape[1], x.shape[0]])
        record(NASL_TRANSPOSE, [output.id, x.id], sizes: x.shape)
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: x) else { return }
            tracer.record(NASL_TRANSPOSE, [target.id, adjoint.id], sizes: output.shape, flags: accumulate ? 1 : 0)
        }
        return output
    }

    /// One value of each row, the one of that number: [.., C] and as many indices as rows -> [rows]. An index outside gives NaN.
    public func gather(_ x: Variable, _ indices: Tokens) -> Variable {
        precondition(indices.count == x.rows, "\(ShapeMismatch(operation: "gather", shapes: [x.shape, indices.shape]))")
        let output = variable([x.rows])
        record(NASL_GATHER, [output.id, x.id, indices.id], sizes: [x.rows, x.columns])
        addToTape([x], [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output), let (target, accumulate) = tracer.contribution(to: x) else { return }
            if !accumulate { tracer.record(NASL_FILL, [target.id], sizes: [target.count], values: [0]) }
            tracer.record(NASL_GATHER_GRADIENT, [target.id, indices.id, adjoint.id], sizes: [x.rows, x.columns])
        }
        return output
    }

    /// An image, given with the shape of the image that it is, or is a part of, into another.
    private func copyImage(_ source: Variable, _ from: [Int], to target: Variable, _ to: [Int], accumulate: Bool = false) {
        func strides(_ shape: [Int]) -> [Int] { [shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3]] }
        let block = zip(from, to).map { min($0, $1) }
        record(NASL_COPY_BLOCK, [target.id, source.id], sizes: block + strides(to) + strides(from), flags: accumulate ? 1 : 0)
    }

    private func part(_ image: Variable, from channel: Int) -> Variable { view(image, shape: [image.count - channel], offset: channel) }
}
