/// How many trainable numbers `net` has on `data`, without training it.
///
///     try weightCount(of: Nets.mlp([32, 10]), on: .digits())    // 64 * 32 + 32 + 32 * 10 + 10 = 2,410
///
/// - Throws: ``NetError`` where the net does not fit the data.
public func weightCount(of net: any Layer, on data: DataSet) throws -> Int {
    let tracer = NetTracer(precision: .float, classes: data.classes, seed: 0, repeat: 0)
    _ = try ChildSection("evaluate", batch: 1, net: net, data: data, loss: data.classes > 0 ? .crossEntropy : .squaredError, in: tracer)
    return tracer.weightCount
}
