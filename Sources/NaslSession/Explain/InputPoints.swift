/// Points at which functions are looked at where nothing says what inputs they get.
enum InputPoints {
    static let range = Limits(-4, 4)

    /// Along an additive sequence with irrational steps (Weyl), so that no two parameters run together: 101 points of the cube -4..4.
    static func spread(parameters: Int) -> [[Double]] {
        guard parameters > 0 else { return [[]] }
        return (0..<101).map { index in
            (0..<parameters).map { axis in
                if axis == 0 { return range.lower + (range.upper - range.lower) * Double(index) / 100 }
                let step = (2 + Double(axis) * 3).squareRoot()
                let share = (Double(index) * step).truncatingRemainder(dividingBy: 1)
                return range.lower + (range.upper - range.lower) * share
            }
        }
    }
}
