import GRDB

/// A column that does not hold what belongs there.
struct MisreadColumn: Error, CustomStringConvertible {
    let column: String
    var description: String { "the column `\(column)` holds a value of the wrong kind" }
}

extension Row {
    /// What a column holds. GRDB's own subscripts end the process where that is of another type, which a damaged file may bring about.
    func value<Value: DatabaseValueConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let found: DatabaseValue = self[column], let value = Value.fromDatabaseValue(found) else { throw MisreadColumn(column: column) }
        return value
    }

    /// The same where a column may hold nothing.
    func optional<Value: DatabaseValueConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        guard let found: DatabaseValue = self[column] else { throw MisreadColumn(column: column) }
        return found.isNull ? nil : try value(column)
    }
}
