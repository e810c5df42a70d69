/// An object of which a list is shown as a table, a row each.
public protocol RowObject: LanguageObject {
    var columns: [String] { get }
    var cells: [String] { get }
}

/// Rows of texts in columns: numbers to the right, the last column as it is.
public func tableText(_ header: [String], _ rows: [[String]]) -> String {
    let all = [header] + rows
    let count = all.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in all.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
    return all.map { row in
        let cells = row.enumerated().map { column, cell in
            let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
            return column == row.count - 1 ? cell : padding + cell
        }
        return "  " + cells.joined(separator: "   ")
    }.joined(separator: "\n")
}

extension Value {
    /// A list of rows as a table, of a long one both ends; nil for everything else.
    var tableShown: String? {
        guard case .list(let values) = self, !values.isEmpty else { return nil }
        var rows: [any RowObject] = []
        let isLong = values.count > 60
        for value in isLong ? values.prefix(20) + values.suffix(20) : values[...] {
            guard case .object(let object) = value, let row = object as? any RowObject else { return nil }
            rows.append(row)
        }
        let header = rows.map(\.columns).max { $0.count < $1.count } ?? []
        let table = tableText(header, rows.map { row in
            // A failed trial has fewer cells: its program still belongs in the last column.
            let missing = header.count - row.cells.count
            return missing <= 0 ? row.cells : row.cells.dropLast() + Array(repeating: "-", count: missing) + row.cells.suffix(1)
        })
        guard isLong else { return table }
        let lines = table.split(separator: "\n")
        return (lines.prefix(21) + ["  ... \(values.count) in all"] + lines.dropFirst(21)).joined(separator: "\n")
    }
}
