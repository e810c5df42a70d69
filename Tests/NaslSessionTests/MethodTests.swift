import Testing

/// What `with:` of `search` takes.
@Suite struct MethodTests {
    private let task = SearchSessionTests.task

    private func trials(_ with: String, workers: Int = 1) -> String {
        transcript(task + "for t in search(near, \(with)trials: 90, seed: 3).trials { print(t.number, t.reward, t.program) }", workers: workers)
    }

    @Test func ppoIsTheDefault() {
        let found = trials("")
        #expect(found.contains("\n90 "))
        #expect(found == trials("with: ppo(), ") && found == trials("with: ppo, "))
        #expect(found != trials("with: reinforce(), ") && found != trials("with: random(), "))
        #expect(transcript(task + "let run = search(near, trials: 20)\nprint(run)").hasPrefix("run of near by ppo, seed 0: 20 trials"))
    }

    @Test func sameTrialsWithAnyNumberOfWorkers() {
        let one = trials("with: ppo(batch: 8, minibatches: 3), ")
        #expect(one == trials("with: ppo(batch: 8, minibatches: 3), ", workers: 2))
        #expect(one == trials("with: ppo(batch: 8, minibatches: 3), ", workers: 3))
    }

    /// Each setting has an effect.
    @Test(arguments: ["width: 8", "lr: 0.02", "clip: 0.05", "epochs: 9", "minibatches: 1", "entropy: 0.5", "baseline: 0.5", "batch: 15"])
    func settings(_ setting: String) {
        #expect(trials("with: ppo(\(setting)), ") != trials("with: ppo(), "))
    }

    @Test func shownAsWritten() {
        #expect(transcript("ppo(clip: 0.1, lr: 1e-3)\nppo()\nreinforce(batch: 40)\nrandom()") == "ppo(lr: 0.001, clip: 0.1)\nppo()\nreinforce(batch: 40)\nrandom()")
    }

    @Test(arguments: [
        ("ppo(lr: 0)", "`lr` of `ppo`", "positive"), ("ppo(clip: -1)", "`clip` of `ppo`", "positive"),
        ("ppo(lr: nan)", "`lr` of `ppo`", "positive"), ("ppo(entropy: -1)", "`entropy` of `ppo`", "at least 0"),
        ("reinforce(entropy: inf)", "`entropy` of `reinforce`", "at least 0"),
        ("ppo(baseline: 1)", "`baseline` of `ppo`", "at least 0 and below 1"),
        ("ppo(epochs: 0)", "`epochs` of `ppo`", "a whole number from 1 to 10"),
        ("ppo(minibatches: 1.5)", "`minibatches` of `ppo`", "a whole number from 1 to 10"),
        ("search(near, with: 3)", "`with` of `search`", "a search method, such as `ppo()` or `random()`"),
        ("search(near, with: sin)", "`with` of `search`", "a search method, such as `ppo()` or `random()`"),
    ])
    func badSettings(_ text: String, what: String, expected: String) {
        let found = transcript(task + text)
        #expect(found.hasPrefix("error["), "\(found)")
        #expect(found.contains(what) && found.contains(expected), "\(found)")
    }
}
