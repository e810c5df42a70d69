import NaslControl
import Testing

@Suite struct RungPlanTests {
    /// Table 1 of Li et al. 2018: R = 81, eta = 3.
    @Test func theTableOfThePaper() {
        let plan = RungPlan(full: 81, from: 1, eta: 3, isWhole: true)
        #expect(plan.budgets == [1, 3, 9, 27, 81] && plan.full == 81 && plan.brackets == 5 && plan.batch == 81)
        #expect((0..<5).map { plan.sizes(of: $0) } == [[81, 27, 9, 3, 1], [34, 11, 3, 1], [15, 5, 1], [8, 2], [5]])
        #expect((0..<5).map { plan.firstRung(of: $0) } == [0, 1, 2, 3, 4])
        // Then the first comes again.
        #expect(plan.firstRung(of: 5) == 0 && plan.sizes(of: 6) == [34, 11, 3, 1])
    }

    /// Budgets go down from the full one, so it is a rung whatever the smallest may be.
    @Test func budgetsGoDownFromTheFullOne() {
        #expect(RungPlan(full: 450, from: 50, isWhole: true).budgets == [50, 150, 450])
        #expect(RungPlan(full: 500, from: 50, isWhole: true).budgets == [56, 167, 500])
        #expect(RungPlan(full: 500, from: 56, isWhole: true).budgets == [167, 500])
        #expect(RungPlan(full: 1, from: 0.25, eta: 2, isWhole: false).budgets == [0.25, 0.5, 1])
        #expect(RungPlan(full: 10, from: 1, eta: 2.5, isWhole: false).budgets == [1.6, 4, 10])
        #expect(RungPlan(full: 10, from: 6, isWhole: true).budgets == [10])
        // Without rounding 0.3 / 3 is less than 0.1.
        #expect(RungPlan(full: 0.3, from: 0.1, isWhole: false).budgets.count == 2)
    }

    @Test func onlyTheFirstBracketsAndOtherSizes() {
        let halving = RungPlan(full: 81, from: 1, isWhole: true, brackets: 1)
        #expect((0..<3).map { halving.firstRung(of: $0) } == [0, 0, 0] && halving.sizes(of: 2) == [81, 27, 9, 3, 1])
        let wide = RungPlan(full: 9, from: 1, isWhole: true, batch: 90)
        #expect((0..<3).map { wide.sizes(of: $0) } == [[90, 30, 10], [45, 15], [30]])
        let narrow = RungPlan(full: 81, from: 1, isWhole: true, batch: 5)
        #expect(narrow.sizes(of: 0) == [5, 1, 1, 1, 1] && narrow.sizes(of: 4) == [1])
    }
}
