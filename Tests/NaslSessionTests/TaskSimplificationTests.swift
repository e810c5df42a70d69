import NaslSession
import Testing

/// `simplify(f, on: task)` against tasks whose truth is known.
@Suite struct TaskSimplificationTests {
    typealias T = TrialExplanationTests

    @Test func removesWhatDoesNotMatter() {
        #expect(transcript(T.inert + "print(simplify(x -> square(x) + relu(x - 5), on: curve).program)") == "x -> square(x)")
        #expect(transcript(T.inert + "print(simplify(x -> square(x) + relu(x - 5), on: curve).removed[0].difference)") == "0")
        #expect(transcript(T.inert + "print(simplify(x -> abs(square(x)) + sin(relu(x - 5)) * x, on: curve).program)") == "x -> square(x)")
    }

    /// Each step says what it cost, within its interval; the result may be called like any other trial's program.
    @Test func saysWhatItCost() {
        let source = T.inert + """
            let small = simplify(x -> square(x) + 0.001 * sin(x), on: curve, tolerance: 0.01);
            print(small.program)
            print(small.low <= small.difference and small.difference <= small.high and small.low >= -0.01)
            print(curve(small).reward == curve(square).reward)
            """
        #expect(transcript(source) == "x -> square(x)\ntrue\ntrue")
    }

    @Test func keepsWhatMatters() {
        #expect(transcript(T.inert + "print(simplify(x -> square(x) + sin(x), on: curve, tolerance: 0.001).removed)") == "[]"
            || transcript(T.inert + "print(simplify(x -> square(x) + sin(x), on: curve, tolerance: 0.001).low >= -0.001)") == "true")
        #expect(transcript(T.inert + "print(simplify(square, on: curve))").contains("nothing could be removed"))
    }
}
