import Testing

/// `polyfit`, `subsample` and batches that change, as a user writes them.
@Suite struct FittingTests {
    @Test func polynomials() {
        #expect(transcript("polyfit([0, 1, 2, 3], [1, 2, 5, 10], 2)(4)") == "17")
        let exact = transcript("""
            let xs = -1..1 by 0.1
            let f = polyfit(xs, map(xs, x -> 3 * x^4 - 2 * x + 0.5), 4)
            print(all(-2..2 by 0.25, x -> abs(f(x) - (3 * x^4 - 2 * x + 0.5)) < 1e-12))
            print(grad(f)(2) > 93.9, size(f) > 8)
            """)
        #expect(exact == "true\ntrue true")
        // numpy.polyfit gives 1.4 x + 1.15.
        #expect(transcript("let f = polyfit([0, 1, 2, 3], [1, 3, 3.5, 5.5], 1)\nprint(abs(f(0) - 1.15) < 1e-12, abs(f(1) - f(0) - 1.4) < 1e-12)") == "true true")
        #expect(transcript("polyfit([1, 2], [1], 0)").contains("as many `y` as `x`"))
        #expect(transcript("polyfit([1, 2], [1, 2], 2)").contains("needs at least 3 points"))
        #expect(transcript("polyfit([1, 1, 1], [1, 2, 3], 1)").contains("do not fix a polynomial"))
        #expect(transcript("polyfit([1, nan], [1, 2], 1)").contains("a finite number"))
    }

    @Test func subsamples() {
        #expect(transcript("subsample(digits, 100)") == "digits, 100: a data set of 100 + 288 + 360 examples of shape [8, 8, 1], 10 classes")
        let noisy = transcript("""
            let clean = subsample(digits, 1000, seed: 3).train.y
            let noisy = subsample(digits, 1000, wrong_labels: 0.3, seed: 3).train.y
            let wrong = mean(map(0..999, i -> if clean[i] == noisy[i] then 0 else 1))
            print(wrong > 0.25 and wrong < 0.35, all(0..999, i -> noisy[i] < 10))
            print(mean(abs(subsample(digits, 50, seed: 1).train.x - subsample(digits, 50, seed: 1).train.x)))
            """)
        #expect(noisy == "true true\n0")
        #expect(transcript("subsample(digits, 100000)").contains("error[N0314]"))
        #expect(transcript("subsample(austen, 100)").contains("error[N0314]"))
        #expect(transcript("subsample(digits, 10, wrong_labels: 2)").contains("from 0 to 1"))
    }

    @Test func weightsOfANet() {
        #expect(transcript("weights(mlp([32, 10]), digits)") == "2410")
        // 75 characters in 5 numbers each, two products of 5 by 5 with a bias, and a layer for 75 classes: 375 + 60 + 450.
        let cell = "(x, h, c) -> (h: tanh(linear(x) + linear(h)), c: c)"
        #expect(transcript("weights(char_rnn(austen, cell: \(cell), width: 5), austen)") == "885")
        #expect(transcript("weights(mlp([32, 9]), digits)").contains("error[N0318]"))
        #expect(transcript("weights(3, digits)").contains("a layer, a net or a function"))
        #expect(transcript("weights(mlp([2]), 3)").contains("a data set"))
    }

    @Test func changingBatches() {
        let text = transcript("""
            fn steps(batch) = train(mlp([8, 10]), digits, batch: batch, examples: 2048, seed: 1).steps
            print(steps(64), steps(t -> 64), steps(t -> 16 + 48 * greater(t, 0.49)), steps(t -> 1e9), steps(t -> -1))
            print(steps((t, noise_scale) -> 32), steps((t, noise_scale) -> noise_scale) > 2)
            """)
        #expect(text == "32 32 80 2 256\n64 true")
        #expect(transcript("train(mlp([8, 10]), digits, batch: t -> 16, steps: 10)").contains("`examples:` or `epochs:`"))
        #expect(transcript("train(mlp([8, 10]), digits, steps: 3, examples: 10)").contains("one of `steps:`, `epochs:` and `examples:`"))
        #expect(transcript("train(mlp([8, 10]), digits, batch: (a, b, c) -> 16, examples: 10)").contains("a function of progress"))
    }
}
