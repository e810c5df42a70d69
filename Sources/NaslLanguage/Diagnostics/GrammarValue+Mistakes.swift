import NaslExpr
import NaslSpace

extension GrammarValue {
    /// A grammar's value where it has one, and everything there is to say about its declaration: an evaluation stops at the first
    /// mistake, this finds those of all alternatives and constraints.
    public static func judged(_ declaration: GrammarDeclaration, in environment: Environment) -> (value: GrammarValue?, diagnostics: [Diagnostic]) {
        do {
            let value = try GrammarValue(declaration, in: environment)
            return (value, value.warnings + value.notes)
        } catch {
            let builder = GrammarBuilder(declaration, environment)
            let notation = builder.faults
            let faults = notation.isEmpty ? KindChecker.judgement(of: declaration, environment).faults : notation
            if !faults.isEmpty { return (nil, faults.map(\.diagnostic)) }
            let judged = judgement(of: builder)
            return (nil, judged.isEmpty ? [((error as? Fault) ?? .value("\(error)", at: declaration.nameRange)).diagnostic] : judged)
        }
    }

    private static func judgement(of builder: GrammarBuilder) -> [Diagnostic] {
        do {
            _ = try Space(try builder.grammar())
            return []
        } catch let error as GrammarError {
            return error.issues.map(\.diagnostic)
        } catch {
            return []
        }
    }
}

extension GrammarBuilder {
    /// What is wrong with each alternative and each constraint by itself.
    fileprivate var faults: [Fault] {
        var found: [Fault] = []
        func collect(_ body: () throws -> Void) {
            do { try body() } catch let fault as Fault { found.append(fault) } catch { found.append(.value("\(error)", at: declaration.nameRange)) }
        }
        for rule in declaration.rules {
            let lowering = lowering(in: rule)
            for alternative in rule.alternatives { collect { _ = try lowering.lower(alternative.value) } }
        }
        for line in declaration.constraints { collect { _ = try constraint(line) } }
        return found
    }
}

extension Fault {
    /// As data for the renderer.
    public var diagnostic: Diagnostic { Diagnostic(code: code, severity: .error, title: title, labels: labels, help: help) }
}
