/// NumPy array files.
///
///     let array = try NPY.array(bytes, file: "x.npy")
///     array.shape   // [3, 4]
package enum NPY {
    /// The array, row-major whatever its order in the file.
    ///
    /// - Parameter file: the name for errors.
    package static func array(_ bytes: [UInt8], file: String, watch: LoadingWatch = .none) throws(DataError) -> NumberArray {
        let header = try NPYHeader(bytes, file: file)
        // An axis without length must not hide others that are beyond all measure.
        guard let most = LoadingOptions.product(header.shape.map { max(1, $0) }), most <= Numbers.limit else {
            throw DataError(file: file, found: "the shape \(header.shape)", expected: "one with at most \(Numbers.limit) numbers")
        }
        let count = header.shape.contains(0) ? 0 : most
        guard bytes.count - header.end == count * header.type.width else {
            throw DataError(
                file: file, found: "\(bytes.count - header.end) bytes of numbers",
                expected: "\(count * header.type.width), for the shape \(header.shape) of '\(header.type.rawValue)'")
        }
        let order = header.isFortran && header.shape.count > 1 ? header.shape : []
        let numbers: Numbers
        if header.type.fitsFloat {
            numbers = .floats(try read(bytes, header, order, count, file, watch) { Float($0) })
        } else {
            numbers = .doubles(try read(bytes, header, order, count, file, watch) { $0 })
        }
        return NumberArray(file: file, shape: header.shape, numbers: numbers, isInteger: header.type.isInteger)
    }

    /// - Parameter order: the shape of an array in Fortran's order, first axis fastest; empty: as it is.
    private static func read<Number>(
        _ bytes: [UInt8], _ header: NPYHeader, _ order: [Int], _ count: Int, _ file: String, _ watch: LoadingWatch, _ convert: (Double) -> Number
    ) throws(DataError) -> [Number] {
        var result: [Number] = []
        result.reserveCapacity(count)
        let (type, width, start) = (header.type, header.type.width, header.end)
        // Steps in the file from one number to the next along each axis, and where the next number of the result is.
        let strides = order.indices.map { order[..<$0].reduce(1, *) }
        var index = [Int](repeating: 0, count: order.count)
        var place = 0
        let block = 1 << 16
        while result.count < count {
            try watch.look(file, done: result.count, of: count)
            let end = min(count, result.count + block)
            bytes.withUnsafeBytes { bytes in
                while result.count < end {
                    if order.isEmpty {
                        result.append(convert(type.value(bytes, at: start + result.count * width)))
                        continue
                    }
                    result.append(convert(type.value(bytes, at: start + place * width)))
                    // Row-major: the last axis moves first.
                    var axis = order.count - 1
                    while axis >= 0 {
                        index[axis] += 1
                        place += strides[axis]
                        if index[axis] < order[axis] { break }
                        place -= strides[axis] * order[axis]
                        index[axis] = 0
                        axis -= 1
                    }
                }
            }
        }
        return result
    }
}
