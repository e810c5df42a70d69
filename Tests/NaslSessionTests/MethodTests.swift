import Testing

/// What `with:` of `search` takes.
@Suite struct MethodTests {
    private let task = SearchSessionTests.largeTask

    private func trials(_ with: String, workers: Int = 1) -> String {
        transcript(task + "for t in search(near, \(with)trials: 90, seed: 3).trials { print(t.number, t.reward, t.program) }", workers: workers)
    }

    @Test func adaptiveIsTheDefault() {
        let found = trials("")
        #expect(found.split(separator: "\n").count == 90)
        #expect(found == trials("with: adaptive(), ") && found == trials("with: adaptive, "))
        #expect(found != trials("with: reinforce(), ") && found != trials("with: random(), "))
        #expect(transcript(task + "let run = search(near, trials: 20)\nprint(run)").hasPrefix("run of near by adaptive, seed 0: 20 trials"))
    }

    @Test func sameTrialsWithAnyNumberOfWorkers() {
        let one = trials("with: ppo(batch: 8, minibatches: 3), ")
        #expect(one == trials("with: ppo(batch: 8, minibatches: 3), ", workers: 2))
        #expect(one == trials("with: ppo(batch: 8, minibatches: 3), ", workers: 3))
    }

    /// Each setting has an effect.
    @Test(arguments: ["width: 8", "lr: 0.02", "clip: 0.05", "epochs: 9", "minibatches: 1", "entropy: 0.5", "window: 5", "exploration: 0.5", "imitation: 0", "queue: 3", "batch: 15", "layers: 2", "temperature: 4", "tanh_constant: 0.2", "length: 4", "length: 4, length_sd: 1"])
    func settings(_ setting: String) {
        #expect(trials("with: ppo(\(setting)), ") != trials("with: ppo(), "))
    }

    @Test(arguments: ["exhaustive()", "evolution(population: 15, tournament: 4)", "risk_seeking(batch: 20)", "priority_queue()", "neural_guided(batch: 10, generations: 3)", "neural_guided(batch: 10, generations: 3, elite: 2, patience: 1, parsimony: 0.5)", "adaptive()", "adaptive(members: [ppo(), random()], batch: 15)", "growing(evolution(population: 15), depth: 2, patience: 20)"])
    func othersGiveTheSameWithAnyNumberOfWorkers(_ method: String) {
        let one = trials("with: \(method), ")
        #expect(one.split(separator: "\n").count == 90 && !one.contains("error"))
        #expect(one == trials("with: \(method), ", workers: 2) && one == trials("with: \(method), ", workers: 3))
    }

    @Test(arguments: [
        ("evolution", "population: 15"), ("evolution", "tournament: 2"), ("evolution", "crossover: 0.9"), ("evolution", "batch: 15"),
        ("risk_seeking", "quantile: 0.5"), ("risk_seeking", "entropy_decay: 1"), ("risk_seeking", "standardized: false"), ("risk_seeking", "entropy: 5"), ("risk_seeking", "lr: 0.1"), ("risk_seeking", "batch: 15"),
        ("priority_queue", "queue: 2"), ("priority_queue", "steps: 5"), ("priority_queue", "width: 8"), ("priority_queue", "exploration: 0"), ("risk_seeking", "steps: 1"), ("risk_seeking", "imitation: 0"),
        ("neural_guided", "generations: 1"), ("neural_guided", "tournament: 2"), ("neural_guided", "crossover: 0"), ("neural_guided", "batch: 15"),
        ("neural_guided", "elite: 5"), ("neural_guided", "standardized: false"), ("neural_guided", "patience: 1"), ("neural_guided", "parsimony: 1"),
        ("reinforce", "layers: 2"), ("reinforce", "temperature: 4"), ("risk_seeking", "layers: 2"), ("risk_seeking", "tanh_constant: 0.2"), ("priority_queue", "layers: 2"),
        ("priority_queue", "length: 4"), ("neural_guided", "length: 4"),
    ])
    func settingsOfTheOthers(_ method: String, _ setting: String) {
        let base = method == "evolution" ? "population: 30, tournament: 3" : method == "neural_guided" ? "batch: 10, generations: 2" : "batch: 10, lr: 0.03"
        let name = setting.prefix { $0 != ":" }
        let kept = base.split(separator: ",").filter { !$0.contains(name) }.joined(separator: ",")
        #expect(trials("with: \(method)(\([kept, setting].filter { !$0.isEmpty }.joined(separator: ", "))), ") != trials("with: \(method)(\(base)), "))
    }

    private static let numbers = """
        grammar Recipe { R = (lr: log_real(1e-5..1e-1), n: int(1..100), share: real(0..1)) }
        task tuned(r: Recipe) { reward -abs(log(r.lr) - log(3e-4)) - abs(r.n - 30) / 20 - abs(r.share - 0.2) }

        """

    /// Numbers have heads of their own, which learn, and whose settings have an effect.
    @Test(arguments: ["reinforce", "ppo", "risk_seeking", "priority_queue"]) func numbersAreLearned(_ method: String) {
        func found(_ settings: String, workers: Int = 1) -> String {
            transcript(MethodTests.numbers + "for t in search(tuned, with: \(method)(\(settings)), trials: 100, seed: 2).trials { print(t.reward, t.program) }", workers: workers)
        }
        let one = found("")
        #expect(one.split(separator: "\n").count == 100 && one == found("", workers: 2))
        #expect(one != found("spread: 0.3") && one != found("number_heads: false"))
    }

    /// What a controller thinks of a number is a density on its scale, 1 where all of it is as likely.
    @Test func densitiesOfNumbers() {
        let lines = transcript(MethodTests.numbers + """
            let run = search(tuned, with: risk_seeking(), trials: 400, seed: 1);
            let good = run.best.program;
            let bad = (lr: 0.09, n: 90, share: 0.9);
            log_prob(Recipe, good) == log(0.01)
            log_prob(run, good) > log_prob(Recipe, good) + 3
            log_prob(run, bad) < log_prob(Recipe, bad)
            let steps = trace(run, good).steps;
            steps[1].p > 0 and steps[1].p != 1 and steps[3].p != 1
            abs(sum(map(steps, s -> log(s.p))) - log_prob(run, good)) < 1e-6
            """).split(separator: "\n")
        #expect(lines == ["true", "true", "true", "true", "true"], "\(lines)")
    }

    /// All programs, the smallest first; then the search is over.
    @Test func exhaustiveEndsWithTheSpace() {
        let found = transcript("""
            grammar Few(x: Tensor) -> Tensor { E = x | sin(E) | E + E ; limit depth <= 2 }
            task t(f: Few) { reward f(1) }
            let run = search(t, with: exhaustive(), trials: 100);
            map(run.trials, t -> t.program) == map(programs(Few), f -> f)
            run.ending
            """)
        #expect(found.hasPrefix("true\n\"exhausted") || found.contains("exhausted"), "\(found)")
    }

    @Test func shownAsWritten() {
        #expect(transcript("ppo(clip: 0.1, lr: 1e-3)\nppo()\nreinforce(batch: 40)\nrandom()") == "ppo(lr: 0.001, clip: 0.1)\nppo()\nreinforce(batch: 40)\nrandom()")
        #expect(transcript("adaptive()\nadaptive(members: [evolution(batch: 5), random], window: 50)") == "adaptive()\nadaptive(members: [evolution(batch: 5), random()], window: 50)")
    }

    @Test(arguments: [
        ("ppo(lr: 0)", "`lr` of `ppo`", "positive"), ("ppo(clip: -1)", "`clip` of `ppo`", "positive"),
        ("ppo(lr: nan)", "`lr` of `ppo`", "positive"), ("ppo(entropy: -1)", "`entropy` of `ppo`", "at least 0"),
        ("reinforce(entropy: inf)", "`entropy` of `reinforce`", "at least 0"),
        ("reinforce(baseline: 1)", "`baseline` of `reinforce`", "at least 0 and below 1"),
        ("ppo(exploration: 1)", "`exploration` of `ppo`", "at least 0 and below 1"), ("ppo(imitation: -1)", "`imitation` of `ppo`", "at least 0"),
        ("adaptive(members: [])", "`members` of `adaptive`", "a list of search methods, such as [evolution(), random()]"),
        ("adaptive(members: [random(), 3])", "`members` of `adaptive`", "a list of search methods, such as [evolution(), random()]"),
        ("adaptive(floor: 2)", "`floor` of `adaptive`", "from 0 to 1"), ("adaptive(window: 0)", "`window` of `adaptive`", "a whole number from 1 to 1"),
        ("ppo(layers: 3)", "`layers` of `ppo`", "a whole number from 1 to 2"), ("reinforce(temperature: 0)", "`temperature` of `reinforce`", "positive"),
        ("risk_seeking(tanh_constant: -1)", "`tanh_constant` of `risk_seeking`", "positive"), ("priority_queue(length: 0)", "`length` of `priority_queue`", "positive"),
        ("neural_guided(length: 4, length_sd: nan)", "`length_sd` of `neural_guided`", "positive"), ("ppo(length_sd: 2)", "`length_sd` of `ppo`", "needs `length`"),
        ("ppo(spread: 0)", "`spread` of `ppo`", "positive"), ("ppo(attention: 1)", "`attention` of `ppo`", "true or false"), ("ppo(number_heads: 1)", "`number_heads` of `ppo`", "true or false"),
        ("risk_seeking(standardized: 1)", "`standardized` of `risk_seeking`", "true or false"), ("ppo(epochs: 0)", "`epochs` of `ppo`", "a whole number from 1 to 10"),
        ("ppo(minibatches: 1.5)", "`minibatches` of `ppo`", "a whole number from 1 to 10"),
        ("evolution(population: 1)", "`population` of `evolution`", "a whole number from 2 to 1"),
        ("evolution(crossover: 1.5)", "`crossover` of `evolution`", "from 0 to 1"),
        ("risk_seeking(quantile: 0)", "`quantile` of `risk_seeking`", "above 0 and at most 1"),
        ("priority_queue(queue: 0)", "`queue` of `priority_queue`", "a whole number from 1 to 100"),
        ("neural_guided(entropy_decay: nan)", "`entropy_decay` of `neural_guided`", "from 0 to 1"),
        ("search(near, goal: nan)", "`goal` of `search`", "a finite number"), ("search(near, goal: 1 / 0)", "`goal` of `search`", "a finite number"),
        ("search(near, with: 3)", "`with` of `search`", "a search method, such as `ppo()` or `random()`"),
        ("search(near, with: sin)", "`with` of `search`", "a search method, such as `ppo()` or `random()`"),
    ])
    func badSettings(_ text: String, what: String, expected: String) {
        let found = transcript(task + text)
        #expect(found.hasPrefix("error["), "\(found)")
        #expect(found.contains(what) && found.contains(expected), "\(found)")
    }
}
