import NaslSession
import Testing

@Suite struct PlotStrokesTests {
    private let unit = Limits(0, 1)

    @Test func valuesThatAreNotFiniteLeaveGaps() {
        let series = Series("f", xs: [0, 0.25, 0.5, 0.75, 1], ys: [0, 1, .nan, .infinity, 0.5])
        #expect(series.strokes(unit, unit) == [[Place(0, 0), Place(0.25, 1)], [Place(1, 0.5)]])
        #expect(Series("f", xs: [0, 1], ys: [.nan, .nan]).strokes(unit, unit).isEmpty)
        #expect(Series("f", xs: [], ys: []).strokes(unit, unit).isEmpty)
    }

    @Test func linesEndAtTheBorder() {
        let series = Series("f", xs: [0, 0.5, 1], ys: [0, 2, 0])
        #expect(series.strokes(unit, unit) == [[Place(0, 0), Place(0.25, 1)], [Place(0.75, 1), Place(1, 0)]])
        let beyond = Series("f", xs: [-1, 3], ys: [0.5, 0.5])
        #expect(beyond.strokes(unit, unit) == [[Place(0, 0.5), Place(1, 0.5)]])
    }

    @Test func aPoleIsNoLine() {
        let series = Series("f", xs: [0, 0.4, 0.6, 1], ys: [0.5, 9, -9, 0.5])
        let strokes = series.strokes(unit, unit)
        #expect(strokes.count == 2)
        #expect(strokes.first?.last?.y == 1 && strokes.last?.first?.y == 0)
        let step = Series("f", xs: [0, 0.4, 0.6, 1], ys: [0.2, 0.2, 0.8, 0.8])
        #expect(step.strokes(unit, unit).count == 1, "a jump within the picture is drawn")
    }

    @Test func stepsHoldTheirValue() {
        let series = Series("f", xs: [0, 0.5, 1], ys: [0, 1, 1], style: .steps)
        #expect(series.strokes(unit, unit) == [[Place(0, 0), Place(0.5, 0), Place(0.5, 1), Place(1, 1)]])
    }

    @Test func pointsOutsideAreLeftOut() {
        let series = Series("f", xs: [0, 0.5, 2, 0.5], ys: [0, 2, 0.5, .nan], style: .points)
        #expect(series.points(unit, unit) == [Place(0, 0)])
    }
}
