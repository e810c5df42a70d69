import NaslSpace

extension Space {
    /// How many derivations the space has, if there are at most `limit`; nil where there are more.
    ///
    /// Derivations are followed choice by choice; every open one can be finished, so as soon as finished and open ones are more than
    /// `limit` the answer is known. The cost is O(`limit` x choices of a derivation), whatever the size of the space, while an exact
    /// count may have millions of digits.
    func derivations(atMost limit: Int) -> Int? {
        if hasNumbers { return nil }
        var open = [(derivation: derivation(), length: 0)]
        var finished = 0
        while let next = open.popLast() {
            guard let decision = next.derivation.decision else {
                finished += 1
                continue
            }
            for (alternative, isAllowed) in decision.allowed.enumerated() where isAllowed {
                var copy = next.derivation
                copy.choose(alternative)
                open.append((copy, next.length + 1))
            }
            // Without limits the last alternative may go on for ever.
            if finished + open.count > limit || next.length > Space.longestTried { return nil }
        }
        return finished
    }

    /// Choices; spaces of longer programs are not gone through.
    private static let longestTried = 1000
}
