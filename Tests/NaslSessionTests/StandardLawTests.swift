import NaslExpr
import NaslLanguage
import NaslRandom
import NaslSession
import NaslSpace
import Testing

/// The laws of `stdlib/laws.nasl`, one by one and together.
@Suite struct StandardLawTests {
    static func table() throws -> LawTable { try StandardLaws.table.get() }

    /// Each holds at every point of its domain that is tried.
    @Test func eachIsTrue() throws {
        let laws = try StandardLaws.laws(isKnown: false)
        #expect(laws.count > 200)
        #expect(Set(laws.map(\.description)).count == laws.count, "none stands twice")
        let known = try StandardLaws.laws(isKnown: true)
        for (law, quick) in zip(laws, known) { #expect(law.needsProof == quick.needsProof, "\(law)") }
    }

    /// Commutativity is stated for exactly those primitives that `sortedBySwaps` swaps.
    @Test func swapsAreThoseOfThePrimitives() throws {
        let swaps = try Self.table().laws.filter { law in
            let arguments = law.left.arguments
            return arguments.count == 2 && arguments.allSatisfy { $0.nodes.count == 1 && $0.nodes[0].kind == .hole } && law.right.arguments == arguments.reversed()
        }
        let stated = swaps.map { $0.left.nodes[$0.left.root].primitive.name }
        #expect(stated.sorted() == Primitive.table.map(\.primitive).filter(\.isCommutative).map(\.name).sorted())
    }

    /// Both sides of a law have one canonical form, whatever stands for the placeholders.
    @Test func eachIsUsed() throws {
        let table = try Self.table()
        var unused: [String] = []
        for law in table.laws {
            let numbers = law.conditions.compactMap { if case .number(let name) = $0 { name } else { nil } }
            var replacements: [Symbol: Expr] = [:]
            for (slot, name) in ["?a", "?b", "?c"].enumerated() { replacements[Symbol(name)] = .variable(Symbol("x\(slot)")) }
            for (slot, name) in numbers.enumerated() { replacements[name] = .number([6, 4][slot]) }
            let left = law.left.filling(replacements), right = law.right.filling(replacements)
            if law.needsProof || table.canonical(left) == table.canonical(right) { continue }
            unused.append("\(law): \(table.canonical(left)) and \(table.canonical(right))")
        }
        #expect(unused == [])
    }

    /// Laws whose domain has to be shown are used where it can be.
    @Test(arguments: [
        ("abs(exp(x))", "exp(x)"), ("abs(square(x) + 1)", "square(x) + 1"), ("relu(sigmoid(x))", "sigmoid(x)"), ("relu(-softplus(x))", "0"),
        ("sign(exp(x))", "1"), ("sign(-cosh(x))", "-1"), ("max(exp(x), -1)", "exp(x)"), ("min(sin(x), 2)", "sin(x)"), ("clip(tanh(x), 1)", "tanh(x)"),
        ("sqrt(square(x))", "abs(x)"), ("(exp(x)^2)^0.5", "exp(x)"), ("tanh(x) < 1", "1"), ("exp(x) == 0", "0"), ("x^0.5", "sqrt(x)"), ("exp(x)^0.5", "sqrt(exp(x))"),
        ("exp(log(x)) + abs(x)", "2 * x"), ("abs(x)", "abs(x)"), ("relu(tanh(x))", "relu(tanh(x))"), ("clip(tanh(x), 0.5)", "clip(tanh(x), 0.5)"), ("sign(square(x))", "sign(square(x))"),
    ])
    func domains(_ source: String, _ expected: String) {
        #expect(transcript("print(simplify(x -> \(source)))") == "x -> \(expected)")
    }

    /// What no law does alone.
    @Test(arguments: [
        ("x * (x + 1) - x", "square(x)"), ("(x + x * x) / x", "x + 1"), ("sin(x) * sin(x) + 1 + cos(x) * cos(x)", "2"), ("8 * (x + 1) - 3", "8 * x + 5"),
        ("exp(x + log(2)) / exp(x)", "2"), ("max(x, 0) - max(-x, 0) + 2 * 3", "x + 6"),
    ])
    func saturation(_ source: String, _ expected: String) {
        #expect(transcript("print(simplify(x -> \(source)))") == "x -> \(expected)")
    }

    /// The budget counts steps, not seconds: the same at every call.
    @Test func saturationIsDeterministic() throws {
        let table = try Self.table()
        var stream = RandomStream(seed: 8, "laws", .number(0))
        for _ in 0..<50 {
            let program = try ProgramSpace.all[1].sample(&stream)
            #expect(program.simplified(under: table) == program.simplified(under: table))
        }
    }

    /// The 781 programs of the library's Activation: counted with their parts shared as one by one, and never fewer than their values tell
    /// apart, since laws only join what is equal.
    @Test func countUpToLaws() throws {
        let table = try Self.table()
        let space = ProgramSpace(name: "Library", grammar: """
            grammar Activation(x: Tensor) -> Tensor {
                E = x @4 | -E | abs(E) | square(E) | sin(E) | exp(E) | tanh(E) | sigmoid(E) | relu(E)
                  | E + E | E * E | max(E, E) | min(E, E)
                limit depth <= 3
            }
            """)
        let programs = try space.compiled().programs.map(\.program)
        #expect(programs.count == 781)
        let forms = Set(programs.map(table.canonical))
        #expect(transcript("import \"nasl/activation.nasl\"\ncount(Activation, upto: laws)") == "\(forms.count)")
        var apart: [Fingerprint] = []
        for form in forms {
            let values = try Fingerprint(of: FunctionTerm(parameters: ["x"], body: form))
            if apart.allSatisfy({ if case .different = $0.comparison(with: values, axes: 1) { true } else { false } }) { apart.append(values) }
        }
        // 781 derivations, 469 up to swaps.
        #expect(forms.count < 240)
        #expect(apart.count <= forms.count && apart.count > 190, "\(apart.count) are told apart by their values")
        #expect(transcript("grammar Noisy { E = noise(1) + 2 | 2 + noise(1) | noise(1) - noise(1) | 1 + 1 | 2 }\ncount(Noisy, upto: laws)") == "3")
        #expect(transcript("grammar Huge(x: Tensor) -> Tensor { E = x | sin(E) | E + E; limit depth <= 9 }\ncount(Huge, upto: laws)").hasPrefix("error[N0313]: the list of the programs of `Huge` would hold "))
    }

    /// For 5,000 programs of several spaces: a second time changes nothing, nothing becomes larger, swapped arguments lead to the same
    /// form, and values stay.
    @Test(arguments: ProgramSpace.all) func randomPrograms(_ space: ProgramSpace) throws {
        let table = try Self.table()
        var stream = RandomStream(seed: 7, "laws", .number(ProgramSpace.all.firstIndex { $0.name == space.name } ?? 0))
        var points = (compared: 0, apart: 0)
        var (unseen, smaller) = (0, 0)
        for _ in 0..<(5_000 / ProgramSpace.all.count) {
            let program = try space.sample(&stream)
            let form = table.canonical(program.body)
            #expect(table.canonical(form) == form, "\(program)")
            #expect(form.size <= program.body.size || program.body.nodes.contains { $0.kind == .binding }, "\(program) became \(form)")
            #expect(table.canonical(program.body.swapped(&stream)) == form, "\(program)")
            let simplified = program.simplified(under: table)
            #expect(simplified.body.size <= program.body.size, "\(program) became \(simplified)")
            guard !program.body.isRandom else { continue }
            let after = FunctionTerm(parameters: program.parameters, body: form)
            if case .different(let point, let a, let b) = try Fingerprint(of: program).comparison(with: Fingerprint(of: after), axes: program.parameters.count) {
                Issue.record("\(program) is \(a) at \(point), \(form) is \(b)")
            }
            // More than the laws show one by one.
            if program.equality(with: simplified, under: table) != .equal { unseen += 1 }
            smaller += simplified.body.size < form.size ? 1 : 0
            for index in 0..<Fingerprint.pointCount {
                let point = Fingerprint.point(index, axes: program.parameters.count)
                guard program.isDefined(at: point) else { continue }
                #expect(simplified.isDefined(at: point), "\(program) became \(simplified), which is not defined at \(point)")
                let (a, b) = (try program.value(at: point), try simplified.value(at: point))
                points.compared += 1
                if abs(a - b) > 1e-9 * max(abs(a), abs(b)) { points.apart += 1 }
            }
        }
        // Without any estimate of rounding; the few that are left cancel.
        #expect(points.compared > 10_000)
        #expect(points.apart * 200 < points.compared, "\(points.apart) of \(points.compared)")
        // Numbers that are rounded, or more steps than the budget has.
        #expect(unseen < 50, "\(unseen) are not seen to be equal")
        #expect(smaller > 0, "saturation finds more than the canonical form")
    }
}

/// A grammar whose programs are functions of a few arguments.
struct ProgramSpace: Sendable, CustomTestStringConvertible {
    let name: String
    let grammar: String
    var testDescription: String { name }

    static let all = [
        ProgramSpace(name: "Activation", grammar: """
            grammar Activation(x: Tensor) -> Tensor {
                E = x @3 | 1 | 0 | 2 | 0.5 | -E | abs(E) | square(E) | sin(E) | cos(E) | exp(E) | log(E) | tanh(E) | sigmoid(E) | relu(E) | sign(E) | sqrt(E)
                  | E + E | E - E | E * E | E / E | max(E, E) | min(E, E)
                limit depth <= 5
                limit size <= 25
            }
            """),
        ProgramSpace(name: "Equation", grammar: """
            grammar Equation(x: Tensor, y: Tensor) -> Tensor {
                E = x @2 | y @2 | 1 | 2 | 3 | E + E | E - E | E * E | E / E | E ^ N | sin(E) | cos(E) | exp(E) | log(E)
                N = 2 | 3 | 0.5 | -1
                limit size in 4..30
            }
            """),
        ProgramSpace(name: "Update", grammar: """
            grammar Update(w: Tensor, g: Tensor, m: Tensor, v: Tensor) -> Tensor {
                Start   = Binary(Unary(Operand), Unary(Operand)) | Binary(Binary(Unary(Operand), Unary(Operand)), Unary(Operand))
                Operand = g | g^2 | g^3 | m | v | sign(g) | sign(m) | 1 | 2 | noise(0.1) | 1e-4 * w | 1e-1 * w | m / (sqrt(v) + 1e-8) | g / (sqrt(v) + 1e-8)
                Unary   = id | neg | exp | sign | u -> log(abs(u)) | u -> sqrt(abs(u)) | u -> clip(u, 1e-4) | u -> drop(u, 0.1)
                Binary  = add | sub | mul | pow | left | (a, b) -> a / (b + 1e-8) | (a, b) -> a * b + b
            }
            """),
        ProgramSpace(name: "Loss", grammar: """
            grammar Loss(p: Tensor, y: Tensor) -> Tensor {
                E = p | y | 1 | -E | log(E) | E + E | E - E | E * E | E / E | let e = E in e * e + e
                limit depth <= 5
                limit size <= 25
            }
            """),
    ]

    func sample(_ stream: inout RandomStream) throws -> FunctionTerm {
        let space = try ProgramSpace.spaces[name] ?? compiled()
        return FunctionTerm(parameters: space.grammar.parameters.map(\.name), body: space.sample(&stream).program)
    }

    private static let spaces: [String: Space] = Dictionary(uniqueKeysWithValues: all.compactMap { space in (try? space.compiled()).map { (space.name, $0) } })

    func compiled() throws -> Space {
        var globals: [String: Value] = [:]
        for row in Primitive.table { globals[row.name] = .function(Function(name: row.name, .primitive(row.primitive))) }
        let (program, _) = Parser.parse(SourceFile(id: 0, name: "spaces.nasl", text: grammar))
        guard case .grammar(let declaration)? = program.first?.kind else { throw SessionError.lawsFailed }
        return try GrammarValue(declaration, in: Environment(globals: globals), isGivenUp: { false }).space
    }
}

extension Expr {
    /// With terms in place of holes.
    fileprivate func filling(_ replacements: [Symbol: Expr]) -> Expr {
        let node = nodes[root]
        if node.kind == .hole { return replacements[node.symbol] ?? .variable("any") }
        return nodes.count == 1 ? self : Expr(node, arguments.map { $0.filling(replacements) })
    }

    /// The same with some arguments swapped.
    fileprivate func swapped(_ stream: inout RandomStream) -> Expr {
        if nodes.count == 1 { return self }
        let node = nodes[root]
        var parts = arguments
        for slot in parts.indices { parts[slot] = parts[slot].swapped(&stream) }
        if node.kind == .primitive, node.primitive.isCommutative, stream.below(2) == 0 { parts.reverse() }
        return Expr(node, parts)
    }
}

extension FunctionTerm {
    /// Whether every part of it is finite there.
    fileprivate func isDefined(at point: [Double]) -> Bool {
        let body = body.inlined()
        return body.nodes.indices.allSatisfy { (try? FunctionTerm(parameters: parameters, body: body.subterm(at: $0)).value(at: point).isFinite) ?? false }
    }
}
