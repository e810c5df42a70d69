import Foundation
import NaslExport
import NaslExpr
import Testing

/// The columns of the table of primitives that exports print from.
struct SpellingTests {
    @Test func everyPrimitiveHasASpellingForEveryTarget() {
        for row in Primitive.table {
            for target in Primitive.Target.allCases {
                let spelling = row.primitive.spelling(in: target)
                if !row.primitive.isRandom { #expect(spelling != nil, "\(row.name) in \(target)") }
                if spelling == "", target != .latex { #expect(row.primitive.definition != nil, "\(row.name) in \(target) has neither a spelling nor a definition") }
            }
        }
    }

    static let points: [Double] = [-3, -1.5, -1, -0.5, -1e-3, -0.0, 0, 1e-3, 0.25, 1, 1.5, 2, 2.5, 7, .infinity, -.infinity, .nan]

    @Test func definitionsHaveTheValuesOfTheTable() throws {
        for row in Primitive.table {
            guard let definition = row.primitive.definition else { continue }
            let term = FunctionTerm(parameters: ["a", "b"], body: definition)
            for a in Self.points {
                for b in row.arity == 1 ? [1] : Self.points {
                    // At infinity the exact definition of gelu gives NaN where erfc gives 0.
                    if row.primitive == .gelu, a == -.infinity { continue }
                    if row.primitive == .sinc, a.isInfinite { continue }
                    let (found, expected) = (try term.value(at: [a, b]), row.evaluate(a, b, 0))
                    let isSame = found == expected || (found.isNaN && expected.isNaN) || abs(found - expected) < 1e-14 * max(1, abs(expected))
                    #expect(isSame, "\(row.name)(\(a), \(b)) is \(expected), its definition gives \(found)")
                }
            }
        }
    }

    /// Also where the slope jumps: at ties of max, min, clip and relu.
    @Test func definitionsHaveTheSlopesOfTheTable() throws {
        for row in Primitive.table where row.primitive != .sign {
            guard let definition = row.primitive.definition else { continue }
            let names: [Symbol] = Array(["a", "b"].prefix(row.arity))
            let own = FunctionTerm(parameters: names, body: .apply(row.primitive, names.map { .variable($0) }))
            let other = FunctionTerm(parameters: names, body: definition)
            for slot in names.indices {
                let (slope, expected) = (try other.derivative(by: slot), try own.derivative(by: slot))
                for a in Self.points where a.isFinite && !(row.primitive == .sinc && a == 0) {
                    for b in row.arity == 1 ? [1] : Self.points where b.isFinite && !(row.primitive == .mod && b == 0) {
                        let point = Array([a, b].prefix(row.arity))
                        let (x, y) = (try slope.value(at: point), try expected.value(at: point))
                        // Below 0.01 sinc's own slope is a series.
                        #expect(abs(x - y) < 1e-9 * max(1, abs(y)), "the slope of \(row.name) at \(point) by \(names[slot]) is \(y), its definition's \(x)")
                    }
                }
            }
        }
    }
}
