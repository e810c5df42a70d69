import CKernels

/// How filters move over an image.
///
///     let window = ConvolutionWindow(image: [8, 8], size: [3, 3], stride: 1, padding: .same)
///     window?.output    // [8, 8]
public struct ConvolutionWindow: Hashable, Sendable {
    public enum Padding: Sendable {
        /// Zeros around the image, so that a stride of 1 keeps its size; of an odd number more below and to the right (as in TensorFlow).
        case same
        /// Windows lie inside the image.
        case valid
    }

    /// Rows and columns.
    public let image: [Int], size: [Int], output: [Int]
    public let stride: Int
    /// Rows above the image and columns to its left that are zero.
    public let before: [Int]
    /// Rows and columns of the image with its border.
    public let bordered: [Int]

    /// Nil where no window fits.
    public init?(image: [Int], size: [Int], stride: Int, padding: Padding) {
        guard image.count == 2, size.count == 2, stride >= 1, (image + size).allSatisfy({ $0 >= 1 }) else { return nil }
        self.image = image
        self.size = size
        self.stride = stride
        var output: [Int] = [], before: [Int] = [], bordered: [Int] = []
        for (length, side) in zip(image, size) {
            switch padding {
            case .same:
                let count = (length + stride - 1) / stride
                let missing = max((count - 1) * stride + side - length, 0)
                output.append(count)
                before.append(missing / 2)
                bordered.append(length + missing)
            case .valid:
                guard side <= length else { return nil }
                output.append((length - side) / stride + 1)
                before.append(0)
                bordered.append(length)
            }
        }
        self.output = output
        self.before = before
        self.bordered = bordered
    }

    var needsBorder: Bool { bordered != image }
}

extension Tracer {
    /// Filters over an image (LeCun et al. 1989): [B, H, W, C] and [h, w, C, F] -> [B, H', W', F].
    ///
    /// The derivative by the image is a convolution with turned filters over the adjoint, spread out where the stride is above 1.
    public func convolution(_ x: Variable, filters: Variable, bias: Variable?, window: ConvolutionWindow) -> Variable {
        let (batch, channels, count) = (x.shape[0], x.columns, filters.columns)
        precondition(
            x.shape.count == 4 && [x.shape[1], x.shape[2]] == window.image && filters.shape == window.size + [channels, count],
            "\(ShapeMismatch(operation: "convolution", shapes: [x.shape, filters.shape]))")
        let output = variable([batch] + window.output + [count])
        note(.convolution(window), [x, filters] + (bias.map { [$0] } ?? []), [output])
        var image = x
        if window.needsBorder {
            image = bordered([batch] + window.bordered + [channels])
            record(
                NASL_PAD, [image.id, x.id],
                sizes: [batch, window.image[0], window.image[1], channels, window.bordered[0], window.bordered[1], window.before[0], window.before[1], 1])
        }
        let sizes = [batch] + window.bordered + [channels] + window.output + [count] + window.size + [window.stride]
        record(NASL_CONVOLUTION, [output.id, image.id, filters.id, bias?.id], sizes: sizes)
        addToTape([x, filters] + (bias.map { [$0] } ?? []), [output]) { tracer in
            guard let adjoint = tracer.adjoint(of: output) else { return }
            if let bias, let (target, accumulate) = tracer.contribution(to: bias) {
                tracer.record(NASL_COLUMN_SUM, [target.id, adjoint.id], sizes: [adjoint.rows, count], flags: accumulate ? 1 : 0)
            }
            if let (target, accumulate) = tracer.contribution(to: filters) {
                tracer.record(NASL_FILTER_GRADIENT, [target.id, image.id, adjoint.id], sizes: sizes, flags: accumulate ? 1 : 0)
            }
            if let (target, accumulate) = tracer.contribution(to: x) {
                tracer.imageGradient(adjoint, filters, into: target, window, accumulate: accumulate)
            }
        }
        return output
    }

    private func imageGradient(
        _ adjoint: Variable, _ filters: Variable, into target: Variable, _ window: ConvolutionWindow, accumulate: Bool
    ) {
        let (batch, channels, count) = (target.shape[0], target.columns, filters.columns)
        let turned = variable(window.size + [count, channels])
        record(NASL_FLIP_FILTERS, [turned.id, filters.id], sizes: window.size + [channels, count])
        let tall = window.image[0] + window.size[0] - 1, wide = window.image[1] + window.size[1] - 1
        let spread = bordered([batch, tall, wide, count])
        record(
            NASL_PAD, [spread.id, adjoint.id],
            sizes: [
                batch, window.output[0], window.output[1], count, tall, wide, window.size[0] - 1 - window.before[0],
                window.size[1] - 1 - window.before[1], window.stride,
            ])
        record(
            NASL_CONVOLUTION, [target.id, spread.id, turned.id, nil],
            sizes: [batch, tall, wide, count] + window.image + [channels] + window.size + [1], flags: accumulate ? 1 : 0)
    }

    /// A buffer of whose values some are never written and stay zero.
    private func bordered(_ shape: [Int]) -> Variable { variable(shape) }
}
