import NaslTraining
import Testing

@Suite struct SplittingTests {
    private let folder = Folder()

    private func load(_ count: Int, _ splitting: Splitting?) throws -> DataSet {
        var options = LoadingOptions()
        options.splitting = splitting
        return try DataSet.csv(folder.file("t.csv", (0..<count).map { "\($0),\($0)\n" }.joined()), options)
    }

    /// The first feature of each row, which is its number in the file.
    private func numbers(_ split: DataSplit) -> [Int] {
        guard case .rows(let rows) = split else { return [] }
        return (0..<rows.count).map { Int(rows.features[$0 * rows.width]) }
    }

    @Test func everyRowOnce() throws {
        for count in [3, 10, 11, 100, 101] {
            let data = try load(count, Splitting([0.6, 0.2, 0.2], seed: 1))
            let all = numbers(data.train) + numbers(data.validation) + numbers(data.test)
            #expect(all.sorted() == Array(0..<count))
            if count >= 10 { #expect(abs(data.train.count * 10 - count * 6) <= 5) }
            #expect(data.train.count > 0 && data.validation.count > 0 && data.test.count > 0)
        }
        let data = try load(10, nil)
        #expect([data.train.count, data.validation.count, data.test.count] == [8, 1, 1])
        let two = try load(10, Splitting([0.7, 0.3]))
        #expect([two.train.count, two.validation.count, two.test.count] == [7, 3, 0])
        let none = try load(10, Splitting([0.7, 0.3, 0]))
        #expect([none.train.count, none.validation.count, none.test.count] == [7, 3, 0])
    }

    @Test func theSeedDecides() throws {
        let first = try numbers(load(50, Splitting([0.5, 0.3, 0.2], seed: 1)).train)
        #expect(try numbers(load(50, Splitting([0.5, 0.3, 0.2], seed: 1)).train) == first)
        #expect(try numbers(load(50, Splitting([0.5, 0.3, 0.2], seed: 2)).train) != first)
        #expect(first != first.sorted())
        #expect(try numbers(load(50, Splitting([0.5, 0.3, 0.2], seed: 1, shuffles: false)).test) == Array(40..<50))
    }

    @Test func whatIsNoSplitting() {
        func refusal(_ fractions: [Double], hasOwnTest: Bool = false) -> String { performing { _ = try Splitting(fractions, hasOwnTest: hasOwnTest) } }
        #expect(refusal([1]) == "`split` should have three parts (training, validation, test) or two, but it has 1")
        #expect(refusal([]) == "`split` should have three parts (training, validation, test) or two, but it has 0")
        #expect(refusal([0.5, 0.2, 0.2]) == "the parts of `split` should add up to 1, but they add up to 0.9")
        #expect(refusal([1, 0, 0]) == "the validation part of `split` should be above 0 and at most 1, but it is 0")
        #expect(refusal([1.5, -0.5]) == "the training part of `split` should be above 0 and at most 1, but it is 1.5")
        #expect(refusal([0.5, .nan]) == "the validation part of `split` should be above 0 and at most 1, but it is nan")
        #expect(refusal([0.8, 0.4, -0.2]) == "the test part of `split` should be from 0 to 1, but it is -0.2")
        #expect(refusal([0.6, 0.2, 0.2], hasOwnTest: true) == "`split` should have two parts (training, validation), since the test part has a file of its own, but it has 3")
        #expect(refusal([1.0 / 3, 1.0 / 3, 1.0 / 3]) == "no error")
        #expect(folder.refusal { try load(2, Splitting([0.6, 0.2, 0.2])) } == "t.csv: found 2 examples, expected at least 3, one for each part")
    }
}
