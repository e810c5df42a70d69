import NaslExpr
import NaslLanguage
import NaslRandom
import NaslSearch
import NaslSession
import NaslSpace
import Testing

/// Rewards that are compiled have the bits of those that the task's text gives.
@Suite struct CompiledRewardTests {
    private static let head = """
        import "nasl/equations.nasl"
        grammar G(x: Tensor, y: Tensor) -> Tensor {
            E = x @3 | y @2 | 0.5 | E + E | E - E | E * E | E / E | sin(E) | exp(E) | log(E) | sqrt(E) | max(E, E) | E^2 | tanh(E)
            limit size in 1..15
        }
        let data = [0.1, 0.7, -1.3, 2]
        let p = nguyen(11)
        fn loss(a, b) = mean(square(a - b)) / (1 + mean(abs(b)))

        """

    private static let compiled = [
        "reward score(f, p)",
        "reward -loss(f(data, 1), [1, 2, 3, 4])",
        "reward f(0.3, -2)",
        "reward f(1, 2) - f(2, 1) * f(3, 3)",
        "let x = normal(0, 1, count: 17); let y = uniform(-1, 1, count: 17); reward 1 / (1 + nrmse(f(x, y), x * y + normal(0, 0.1, count: 17)))",
        "let x = uniform(0, 1, count: 9); reward sum(f(x, 1)^2) - 3 * mean(f(1, x) * x) + f(0, 0)",
        "reward mean(f(data, data) > 0.5)",
        "let h = f >> sin; reward h(1, 2)",
        "reward max(-10, min(10, sum(f(data, 2)))) + len(f(data, 2))",
    ]

    /// What is not compiled: where the text decides by values, reports, rejects, trains or reads how a program is written.
    private static let notCompiled = [
        "reward if f(1, 2) > 0 then 1 else 2", "report(\"a\", f(1, 2)); reward 1", "minimize f(1, 1); reward f(1, 2)", "reject(when: f(1, 2) == f(2, 1), \"no\"); reward f(1, 2)",
        "reward size(f)", "reward f(f(1, 2), 3)", "reward sort(f(data, 1))[0]", "reward f(1, 2) > 0", "reward f(data, 1)", "reward f(1)",
        "reward grad(f)(1, 2)", "reward f(data, 2)[0]",
    ]

    @Test(arguments: compiled) func sameBitsAsTheText(_ body: String) throws {
        let (task, host) = try Self.task(body)
        let compiler = RewardCompiler(task, seed: 5, latest: [:], host: host)
        var finite = 0
        for number in 0..<300 {
            var stream = RandomStream(seed: 7, .number(number))
            let sample = task.grammar.space.sample(&stream)
            for repetition in [0, 3] {
                let found = compiler.evaluation(of: Self.candidate(sample, number, repetition))
                let interpreter = Interpreter(host: host, seed: 5, repetition: repetition, isTrial: true)
                let outcome = try interpreter.outcome(of: task, task.grammar.value(of: sample), settings: [], at: .none)
                let expected = outcome.reward.isFinite ? (outcome.reward + 0).bitPattern : nil
                #expect(found != nil && found?.reward?.bitPattern == expected, "\(sample.program.text): \(found.debugDescription), \(outcome.reward)")
                if expected != nil { finite += 1 }
            }
        }
        #expect(finite > 100)
    }

    @Test(arguments: notCompiled) func leftToTheText(_ body: String) throws {
        let (task, host) = try Self.task(body)
        var stream = RandomStream(seed: 1)
        let sample = task.grammar.space.sample(&stream)
        #expect(RewardCompiler(task, seed: 5, latest: [:], host: host).evaluation(of: Self.candidate(sample, 0, 0)) == nil)
    }

    private static func candidate(_ sample: Sample, _ number: Int, _ repetition: Int) -> Search.Candidate {
        Search.Candidate(sample: sample, text: "", trial: number, seed: 5, repetition: repetition, stop: StopFlag())
    }

    private static func task(_ body: String) throws -> (TaskValue, any Host) {
        nonisolated(unsafe) var result: (TaskValue, any Host)?
        onLargeStack {
            let script = head + "task t(f: G) { \(body.replacing("; ", with: "\n")) }"
            guard let session = try? Session(SessionOptions(), SessionFaces { print($0) }), session.evaluate(script, name: "test.nasl", echo: .nothing),
                case .task(let task)? = session.environment["t"] else { return }
            result = (task, session.host)
        }
        return try #require(result)
    }
}
