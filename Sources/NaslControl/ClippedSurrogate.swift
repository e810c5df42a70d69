#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The objective of one choice in proximal policy optimization (Schulman et al. 2017, equation 7), to be maximised:
///
///     min(r A, clip(r, 1 - epsilon, 1 + epsilon) A),   r = p(choice) now / p(choice) when it was drawn
///
///     let surrogate = ClippedSurrogate(epsilon: 0.2)
///     surrogate.value(ratio: 1.5, advantage: 2)      // 2.4: more than 1.2 times as likely earns nothing more
///     surrogate.value(ratio: 1.5, advantage: -2)     // -3: a bad choice that became likelier is paid in full
///
/// A step is not rewarded for going further than the round's samples can vouch for, and never spared for going the wrong way: with a
/// positive advantage the objective is flat above 1 + epsilon, with a negative one below 1 - epsilon.
package struct ClippedSurrogate: Sendable, Hashable {
    package let epsilon: Double

    package init(epsilon: Double) { self.epsilon = epsilon }

    package func value(ratio: Double, advantage: Double) -> Double {
        min(ratio * advantage, min(max(ratio, 1 - epsilon), 1 + epsilon) * advantage)
    }

    /// The derivative of the value by log p(choice): r A, or 0 where the value is flat.
    package func slope(ratio: Double, advantage: Double) -> Double {
        let isFlat = advantage > 0 ? ratio > 1 + epsilon : ratio < 1 - epsilon
        return isFlat ? 0 : ratio * advantage
    }

    /// exp(now - before), at most e^30, so that its products stay finite in single precision.
    package static func ratio(logNow now: Double, logBefore before: Double) -> Double { exp(min(now - before, 30)) }
}
