import NaslExpr
import NaslRandom
import NaslSpace

/// Small random grammars with random constraints; the same for the same number.
func randomGrammar(_ number: Int) -> Grammar {
    var stream = RandomStream(seed: 2026, "grammar", .number(number))
    func below(_ bound: Int) -> Int { stream.below(bound) }
    func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

    let ruleCount = 1 + below(3)
    let names = (0..<ruleCount).map { Expr.hole(Symbol("R\($0)")) }
    let hasUnary = below(2) == 0, hasBinary = below(4) == 0
    func leaf() -> Expr { pick([x, x, .variable("y"), .number(1), .fitted, .parameter(1)]) }
    func mention() -> Expr {
        let plain = pick(names)
        switch below(6) {
        case 0 where hasUnary: return .hole("Unary", [plain])
        case 1 where hasUnary: return .hole("Unary", [pick([x, .number(1), one(.sin, plain), .hole("Unary", [plain])])])
        case 2 where hasBinary: return .hole("Binary", [plain, pick(names)])
        default: return plain
        }
    }
    func template(_ rule: Int) -> Expr {
        switch below(11) {
        case 0: return leaf()
        case 1, 2: return one(pick([.sin, .neg, .exp]), mention())
        case 3, 4: return one(pick([.add, .mul, .sub]), mention(), mention())
        case 5: return one(.sin, one(pick([Primitive.neg, .exp]), mention()))
        case 6: return .binding("e", mention(), in: one(.add, .variable("e"), one(.exp, .variable("e"))))
        case 7: return one(.select, mention(), x, mention())
        case 8: return .call(.variable("f"), [mention()])
        case 9 where rule + 1 < ruleCount: return .hole(Symbol("R\(rule + 1)"))  // a mention alone, never back
        default: return one(.mul, leaf(), mention())
        }
    }
    func weight() -> Double { pick([1, 1, 2, 0.5]) }

    var rules: [(String, [(Expr, Double)])] = []
    for rule in 0..<ruleCount {
        var alternatives: [(Expr, Double)] = [(leaf(), weight())]
        for _ in 0..<(1 + below(4)) { alternatives.append((template(rule), weight())) }
        if below(2) == 0 { alternatives.reverse() }
        rules.append(("R\(rule)", alternatives))
    }
    if hasUnary || hasBinary {
        let v = Expr.variable("v"), u = Expr.variable("u")
        let all: [Expr] = [
            .variable("id"), .variable("neg"), .variable("sin"), .lambda(["v"], one(.pow, v, 3)), .lambda(["v"], one(.mul, v, v)),
            .lambda(["v"], one(.add, one(.sin, v), v)), .lambda(["v"], one(.add, v, names[0])), .lambda(["v"], one(.mul, one(.exp, v), one(.mul, names[0], v))),
        ]
        rules.append(("Unary", (0..<(1 + below(4))).map { _ in (pick(all), weight()) }))
        let binary: [Expr] = [
            .variable("add"), .variable("left"), .variable("max"), .lambda(["u", "v"], one(.div, v, u)),
            .lambda(["u", "v"], one(.sub, one(.mul, u, v), u)), .lambda(["u", "v"], one(.add, one(.mul, u, v), one(.sin, one(.mul, v, u)))),
        ]
        rules.append(("Binary", (0..<(2 + below(2))).map { _ in (pick(binary), weight()) }))
    }

    let heads: [Head] = [
        .primitive(.sin), .primitive(.neg), .primitive(.mul), .primitive(.add), .name("x"), .name("y"), .name("f"), .constant, .parameter, .number(1),
    ]
    // Half of the time one that most grammars have.
    func head() -> Head { below(2) == 0 ? pick(heads) : pick([.primitive(.sin), .primitive(.mul), .name("x")]) }
    func pattern(_ depth: Int = 0) -> Expr {
        func part() -> Expr { below(depth == 0 ? 3 : 2) == 0 ? .hole("_") : below(2) == 0 ? pick([x, .variable("y"), .number(1)]) : depth < 2 ? pattern(depth + 1) : .hole("_") }
        return below(2) == 0 ? one(pick([.sin, .neg, .exp]), part()) : one(pick([.add, .mul, .sub]), part(), part())
    }
    var constraints: [Constraint.Kind] = []
    let shape = below(3)
    if shape != 0 { constraints.append(.size(pick([1...4, 1...6, 3...7, 5...8, 2...9]))) }
    if shape != 1 { constraints.append(.depth(atMost: 1 + below(3))) }
    for _ in 0..<below(4) {
        switch below(9) {
        case 0: constraints.append(.require(head()))
        case 1: constraints.append(.count(head(), pick([0...1, 0...1, 0...2, 1...2, 1...Int.max, 2...2, 0...0])))
        case 2, 3: constraints.append(.forbidWithin(inner: head(), outer: head()))
        case 4: constraints.append(.depth(atMost: 1 + below(2), of: Symbol("R\(below(ruleCount))")))
        case 5: constraints.append(.size(pick([1...2, 1...4, 2...4, 3...Int.max]), of: Symbol("R\(below(ruleCount))")))
        case 6: constraints.append(.count(head(), pick([0...1, 1...2, 1...Int.max, 0...0]), of: Symbol("R\(below(ruleCount))")))
        case 7 where below(2) == 0: constraints.append(.forbid(one(pick([.add, .mul, .sub]), .hole("?a"), .hole("?a"))))
        case 7: constraints.append(.forbid(pattern()))
        default: constraints.append(.size(1...(3 + below(5))))
        }
    }
    return weighted(rules, constraints, parameters: ["x", "y"])
}
