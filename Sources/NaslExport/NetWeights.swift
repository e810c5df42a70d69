/// Weights as other libraries lay them out.
package enum NetWeights {
    /// [h, w, C, F] -> [F, C, h, w].
    package static func channelsFirst(_ values: [Double], _ shape: [Int]) -> [Double] {
        let (height, width, channels, filters) = (shape[0], shape[1], shape[2], shape[3])
        var turned = [Double](repeating: 0, count: values.count)
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<channels {
                    for filter in 0..<filters {
                        turned[((filter * channels + channel) * height + y) * width + x] = values[((y * width + x) * channels + channel) * filters + filter]
                    }
                }
            }
        }
        return turned
    }
}
