import NaslSearch
import Testing

@Suite struct WorkersTests {
    @Test(arguments: [0, 1, 2, 7]) func resultsComeInOrder(workers: Int) {
        #expect(Workers.map(count: 100, workers: workers) { $0 * $0 } == (0..<100).map { $0 * $0 })
        #expect(Workers.map(count: 0, workers: workers) { $0 }.isEmpty)
    }

    @Test func nothingIsBegunAfterAStop() {
        let stop = StopFlag()
        let results = Workers.map(count: 50, workers: 1, stop: stop) { number in
            if number == 9 { stop.request() }
            return number
        }
        #expect(results.compactMap { $0 } == Array(0..<10))
    }
}
