/// Examples from a comma-separated file: a label and numbers in each row.
///
///     let table = try CSVTable(bytes, CSVOptions(), file: "iris.csv")
///
/// A million rows of ten numbers take about a second.
struct CSVTable {
    let layout: CSVLayout
    /// Row-major, without the label.
    private(set) var features: [Double] = []
    private(set) var labels: RawLabels

    /// - Parameters:
    ///   - classes: true: labels are read as texts; false: they must be numbers; nil: as the first row has them.
    ///   - file: the name for errors.
    init(_ bytes: [UInt8], _ options: CSVOptions, classes: Bool?, file: String, watch: LoadingWatch = .none) throws(DataError) {
        try CSVTable.checkIsText(bytes, file)
        var reader: CSVReader?
        // The closure cannot throw a typed error.
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<CSVLayout, DataError> in
            do throws(DataError) {
                let layout = try CSVLayout(buffer, options, file: file)
                var rows = CSVReader(buffer, layout, classes: classes, file: file)
                try rows.read(watch)
                reader = rows
                return .success(layout)
            } catch { return .failure(error) }
        }
        layout = try result.get()
        features = reader?.features ?? []
        labels = reader?.rawLabels ?? .numbers([])
    }

    /// Refuses what is no text: other kinds of files come here by mistake.
    private static func checkIsText(_ bytes: [UInt8], _ file: String) throws(DataError) {
        if bytes.isEmpty { throw DataError(file: file, found: "an empty file", expected: "rows of numbers") }
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            throw DataError(file: file, found: "UTF-16 text", expected: "UTF-8 text")
        }
        guard let offset = bytes.prefix(1 << 16).firstIndex(of: 0) else { return }
        let start = bytes.prefix(4).map { hexadecimal($0) }.joined(separator: " ")
        throw DataError(file: file, offset: offset, found: "the byte 00 in a file that begins with \(start)", expected: "text: rows of numbers")
    }

    /// What people write where a value is not known. Among labels only what can hardly be a class.
    static func isMissing(_ content: some Collection<UInt8>, isLabel: Bool = false) -> Bool {
        guard content.count <= 4 else { return false }
        let letters = content.map { (65...90).contains($0) ? $0 | 0x20 : $0 }
        return (isLabel ? missingLabels : missing).contains(letters)
    }

    private static let missingLabels = Set(["", "na", "n/a", "nan", "null", "?"].map { Array($0.utf8) })
    private static let missing = missingLabels.union(["none", "nil", "-", "."].map { Array($0.utf8) })
}
