/// The loop over the rows of a comma-separated file.
struct CSVReader {
    private var scanner: CSVScanner
    private let layout: CSVLayout
    private let file: String
    /// Row-major.
    private(set) var features: [Double] = []
    /// Of labels that are numbers.
    private var numbers: [Double] = []
    /// Of labels that are texts: their places in `names`.
    private var places: [Int32] = []
    private var names: [String] = []
    private var known: [String: Int32] = [:]
    /// Nil until the first row has been seen.
    private var hasTexts: Bool?
    private let isTold: Bool

    var rawLabels: RawLabels { hasTexts == true ? .texts(places, names: names) : .numbers(numbers) }

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ layout: CSVLayout, classes: Bool?, file: String) {
        scanner = CSVScanner(bytes, separator: layout.separator, file: file)
        self.layout = layout
        self.file = file
        hasTexts = classes
        isTold = classes != nil
    }

    /// Takes in all rows.
    mutating func read(_ watch: LoadingWatch) throws(DataError) {
        if layout.hasHeader { try skipHeader() }
        let start = scanner.position
        let total = scanner.bytes.count
        let width = layout.features
        var rows = 0
        while scanner.beginRecord() {
            try readRow()
            rows += 1
            if rows == 64 { reserve(rows: 64 * (total - start) / max(1, scanner.position - start), width) }
            if rows & 0xfff == 0 {
                try watch.look(file, done: scanner.position, of: total, rows: rows)
                guard features.count <= Numbers.limit else {
                    throw DataError(file: file, row: scanner.line, found: "more than \(Numbers.limit) numbers", expected: "at most that")
                }
            }
        }
        guard rows > 0 else { throw DataError(file: file, found: "no rows after the header line", expected: "rows of numbers") }
    }

    /// Makes room for so many rows, and some more; a wrong guess costs only time.
    private mutating func reserve(rows: Int, _ width: Int) {
        let (count, overflow) = (rows + rows / 8).multipliedReportingOverflow(by: width)
        features.reserveCapacity(overflow ? Numbers.limit : min(count, Numbers.limit))
    }

    private mutating func skipHeader() throws(DataError) {
        guard scanner.beginRecord() else { return }
        repeat { _ = try scanner.field() } while scanner.nextField()
    }

    private mutating func readRow() throws(DataError) {
        let row = scanner.line
        let columns = layout.roles.count
        var column = 0
        repeat {
            guard column < columns else {
                repeat {
                    _ = try scanner.field()
                    column += 1
                } while scanner.nextField()
                throw unequal(column, row)
            }
            switch layout.roles[column] {
            case .feature:
                let value: Double
                if let number = scanner.number() { value = number } else { value = try slowNumber(column, row) }
                // False for NaN, too.
                guard value.magnitude <= Numbers.largest else { throw tooLarge(value, column, row) }
                features.append(value)
            case .label: try readLabel(column, row)
            case .dropped: _ = try scanner.field()
            }
            column += 1
        } while scanner.nextField()
        guard column == columns else { throw unequal(column, row) }
    }

    /// A number in quotes; everything else is a fault.
    private mutating func slowNumber(_ column: Int, _ row: Int) throws(DataError) -> Double {
        let field = try scanner.field()
        if field.isQuoted, let value = DecimalNumber.value(Array(scanner.bytes[field.content])) { return value }
        let content = scanner.bytes[field.content]
        let title = layout.title(column)
        if CSVTable.isMissing(content) {
            let found = content.isEmpty ? "an empty field" : "a missing value, \(scanner.shown(field.content))"
            throw DataError(file: file, row: row, found: found, expected: "a number in \(title)")
        }
        throw DataError(file: file, row: row, found: scanner.shown(field.content), expected: "a number in \(title)\(help(row))")
    }

    /// In the first row the line may be a header that was not taken for one; elsewhere columns of texts are the usual cause.
    private func help(_ row: Int) -> String {
        if row == 1, !layout.hasHeader { return "; `header: true` says that the first line holds names" }
        return "; `drop:` leaves a column out"
    }

    private mutating func readLabel(_ column: Int, _ row: Int) throws(DataError) {
        if hasTexts != true, let value = scanner.number() {
            guard value.magnitude <= Numbers.largest else { throw tooLarge(value, column, row) }
            hasTexts = false
            numbers.append(value)
            return
        }
        let field = try scanner.field()
        let title = layout.title(column)
        if CSVTable.isMissing(scanner.bytes[field.content], isLabel: true) {
            let found = field.content.isEmpty ? "an empty field" : "a missing value, \(scanner.shown(field.content))"
            throw DataError(file: file, row: row, found: found, expected: "a label in \(title)")
        }
        if hasTexts == false {
            if field.isQuoted, let value = DecimalNumber.value(Array(scanner.bytes[field.content])), value.magnitude <= Numbers.largest {
                numbers.append(value)
                return
            }
            let reason = isTold ? "the label" : "the label, as in the rows before; `classes: true` takes texts"
            throw DataError(file: file, row: row, found: scanner.shown(field.content), expected: "a number in \(title), \(reason)")
        }
        hasTexts = true
        let text = scanner.text(field)
        if let place = known[text] {
            places.append(place)
            return
        }
        guard names.count < Labels.mostClasses else {
            throw DataError(file: file, row: row, found: "more than 10,000 different labels", expected: "at most that many classes")
        }
        let place = Int32(truncatingIfNeeded: names.count)
        known[text] = place
        names.append(text)
        places.append(place)
    }

    private func unequal(_ count: Int, _ row: Int) -> DataError {
        let columns = layout.roles.count
        return DataError(
            file: file, row: row, found: "\(count) \(count == 1 ? "column" : "columns")",
            expected: "\(columns), as in the \(layout.hasHeader ? "header line" : "first row")")
    }

    private func tooLarge(_ value: Double, _ column: Int, _ row: Int) -> DataError {
        DataError(file: file, row: row, found: "\(value)", expected: "a number of at most 3.4e38 in \(layout.title(column))")
    }
}
