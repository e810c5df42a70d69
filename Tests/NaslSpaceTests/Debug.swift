import NaslExpr
import NaslSpace
import Testing
@Test func debug229() throws {
    let g = randomGrammar(229)
    for r in g.rules { print(r.name, "=", r.alternatives.map { "\($0.template) @\($0.weight)" }.joined(separator: " | ")) }
    print(g.constraints.map(\.kind))
    let space = try Space(g)
    let w = walk(space)!
    let b = BruteForce(g, most: 3000)!
    let have = Set(w.map(\.choices))
    for p in b.programs where !have.contains(p.choices) { print(p.choices, p.term, p.term.depth, p.term.size) }
}
