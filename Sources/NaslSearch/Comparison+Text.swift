extension Comparison: CustomStringConvertible {
    /// The table as lines for a terminal; columns that hold nothing are left out.
    ///
    ///     name     mean  deviation  difference      p  seeds
    ///     relu   -2.050    0.07071                         2
    ///     swish  -1.900          0      0.1500  0.205      2
    public var description: String {
        let corrected = rows.count { $0.p != nil } > 1
        var columns: [[String]] = [["name"] + rows.map(\.name)]
        columns.append(["mean"] + rows.map { Comparison.shown($0.mean) })
        columns.append(["deviation"] + rows.map { Comparison.shown($0.deviation) })
        columns.append(["difference"] + rows.map { Comparison.shown($0.difference) })
        columns.append(["p"] + rows.map { Comparison.shown($0.p, 3) })
        if corrected { columns.append(["p (Holm)"] + rows.map { Comparison.shown($0.corrected, 3) }) }
        columns.append(["seeds"] + rows.map { "\($0.count)" })
        if rows.contains(where: { $0.failures > 0 }) { columns.append(["failed"] + rows.map { "\($0.failures)" }) }
        let widths = columns.map { $0.map(\.count).max() ?? 0 }
        return (0...rows.count).map { line in
            columns.indices.map { column in
                let text = columns[column][line]
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + space : space + text
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func shown(_ value: Double?, _ digits: Int = 4) -> String {
        value.map { significant($0, digits) } ?? ""
    }
}
