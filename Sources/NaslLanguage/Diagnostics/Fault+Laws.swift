import NaslExpr

/// Mistakes in laws.
extension Fault {
    static func lawOutside(_ found: String, at range: SourceRange) -> Fault {
        Fault("N0325", "a law is about numbers, placeholders and elementwise functions", at: range, label: found)
    }

    static func lawDomain(at range: SourceRange) -> Fault {
        Fault("N0325", "the domain of a law is made of comparisons", at: range,
              help: ["as in `where ?a > 0 and ?b != 0`; `number(?n)` stands for a literal number"])
    }

    /// Why an equation is no law, at its place.
    static func law(_ mistake: LawMistake, _ declaration: LawDeclaration, sizes: (left: Int, right: Int)) -> Fault {
        let (left, right) = (declaration.left.range, declaration.right.range)
        let whole = left.union(right)
        switch mistake {
        case .notElementwise(let found): return lawOutside("`\(found)` is none of these", at: whole)
        case .nothingToFind: return Fault("N0322", "the left side of a law is an operation", at: left, label: "this would be found everywhere", help: ["as in `law -(-?a) == ?a`"])
        case .tooLarge: return Fault("N0322", "this law is too large", at: left, label: "more than \(Law.mostCommutative) operations whose arguments may be swapped")
        case .grows, .neither:
            var fault = Fault("N0322", "this law neither swaps nor makes a program smaller")
            fault.labels = [(left, sizeText(sizes.left)), (right, sizeText(sizes.right))]
            fault.help = [sizes.right > sizes.left ? "laws go from left to right: would it do the other way round?" :
                "both sides must have the same parts, or the right one fewer, whatever the placeholders are"]
            return fault
        case .unknownPlaceholder(let name):
            return Fault("N0323", "`\(name)` is not on the left side of this law", at: declaration.range(of: name) ?? whole, label: "nothing says what it is",
                         help: ["the left side has \(list(declaration.left.placeholderNames))"])
        case .isFalse(let point, let first, let second):
            var fault = Fault("N0324", "this law is not true\(point.isEmpty ? "" : " for \(point.map { "`\($0.name.text.hasPrefix("_") ? "_" : $0.name.text)` = \(numberText($0.value))" }.joined(separator: ", "))")")
            fault.labels = [(left, valueText(first)), (right, valueText(second))]
            if declaration.conditions.isEmpty { fault.help = ["where does it hold? As in `law exp(log(?a)) == ?a where ?a > 0`"] }
            return fault
        case .neverDefined: return Fault("N0324", "at no point that was tried this law could be checked", at: whole, help: ["is there a point where both sides are defined?"])
        }
    }

    private static func sizeText(_ size: Int) -> String { "\(size) part\(size == 1 ? "" : "s")" }

    private static func valueText(_ value: Double) -> String { value.isNaN ? "this is not defined" : "this is \(numberText(value))" }

    private static func list(_ names: [String]) -> String { names.isEmpty ? "no placeholders" : names.map { "`\($0)`" }.joined(separator: ", ") }
}

extension LawDeclaration {
    /// The first place of a placeholder outside of the left side.
    fileprivate func range(of name: Symbol) -> SourceRange? {
        ([right] + conditions).lazy.compactMap { $0.firstPlaceholder(named: name.text) }.first
    }
}

extension Expression {
    fileprivate var placeholderNames: [String] {
        var names: [String] = []
        forEachPlaceholder { name, _ in if name != "_", !names.contains(name) { names.append(name) } }
        return names
    }

    fileprivate func firstPlaceholder(named wanted: String) -> SourceRange? {
        var range: SourceRange?
        forEachPlaceholder { name, place in if name == wanted, range == nil { range = place } }
        return range
    }

    private func forEachPlaceholder(_ body: (String, SourceRange) -> Void) {
        switch kind {
        case .placeholder(let name): body("?\(name)", range)
        case .wildcard: body("_", range)
        case .unary(_, let operand): operand.forEachPlaceholder(body)
        case .binary(_, _, let left, let right):
            left.forEachPlaceholder(body)
            right.forEachPlaceholder(body)
        case .call(_, let arguments): for argument in arguments { argument.value.forEachPlaceholder(body) }
        default: break
        }
    }
}
