/// How many canonical forms a stream of programs has.
///
///     var forms = DistinctForms(table)
///     for program in programs { forms.insert(program) }
///     forms.count
public struct DistinctForms {
    private let table: LawTable
    private var normal: NormalForms
    private var elementwise: Set<Int32> = []
    /// Of programs with draws of their own or with more than elementwise parts.
    private var others: Set<Expr> = []

    public init(_ table: LawTable) {
        self.table = table
        normal = NormalForms(table)
    }

    public var count: Int { elementwise.count + others.count }

    public mutating func insert(_ program: Expr) {
        if program.isRewritableInPlace {
            elementwise.insert(normal.form(of: program))
            return
        }
        let form = table.canonical(program)
        if form.isRewritableInPlace { elementwise.insert(normal.form(of: form)) } else { others.insert(form) }
    }
}

extension Expr {
    /// Whether its parts may be rewritten as they stand.
    package var isRewritableInPlace: Bool { isElementwise && isRepeatable && !nodes.contains { $0.kind == .binding } && nodes.count <= LawTable.largestTerm }
}
