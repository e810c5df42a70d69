import NaslTensor

extension TracedTensor {
    /// Side by side along the channels. Pictures of different sizes are filled up with zeros below and to the right (Zoph & Le, ICLR 2017).
    public static func concat(_ tensors: [TracedTensor], summary: String = "concat") throws -> TracedTensor {
        guard let first = tensors.first else { throw NetError(summary, "there is nothing to put side by side") }
        guard tensors.allSatisfy({ $0.net === first.net }) else { throw NetError(summary, "its tensors belong to different nets") }
        if tensors.count == 1 { return first }
        let variables = try tensors.map { try $0.variable(for: summary) }
        for (tensor, variable) in zip(tensors, variables) where variable.shape.count != variables[0].shape.count {
            throw NetError(summary, "shapes \(shapeText(first.shape)) and \(shapeText(tensor.shape)) do not fit; all must be pictures, or all rows")
        }
        let columns = variables.reduce(0) { $0 + $1.columns }
        let rows = variables.map(\.rows).max() ?? 0
        try first.net.reserve([rows, columns], summary)
        switch variables[0].shape.count {
        case 4: return TracedTensor(first.net.tracer.concatenateImages(variables), in: first.net)
        default:
            for (tensor, variable) in zip(tensors, variables) where variable.shape.dropLast() != variables[0].shape.dropLast() {
                throw NetError(summary, "shapes \(shapeText(first.shape)) and \(shapeText(tensor.shape)) do not fit; only the last axis may differ")
            }
            return TracedTensor(first.net.tracer.concatenate(variables), in: first.net)
        }
    }
}
