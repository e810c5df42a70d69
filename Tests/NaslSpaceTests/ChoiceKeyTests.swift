import NaslSpace
import Testing

@Suite struct ChoiceKeyTests {
    /// Every list of up to six choices among -1, 0, 1 and a large one is a key of its own, and its mix is, too: a set of them is quick only as long as few collide.
    @Test func keysAreAsDifferentAsTheirChoices() {
        var lists: [[Int]] = [[]], last = lists
        for _ in 0..<6 {
            last = last.flatMap { list in [-1, 0, 1, 1 << 52].map { list + [$0] } }
            lists += last
        }
        let keys = Set(lists.map { ChoiceKey($0) })
        #expect(keys.count == lists.count && lists.allSatisfy { keys.contains(ChoiceKey($0)) })
        #expect(Set(keys.map(\.choices)) == Set(lists))
        #expect(Set(lists.map { ChoiceKey($0).hashValue }).count == lists.count)
    }
}
