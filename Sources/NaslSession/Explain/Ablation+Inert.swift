import NaslExpr
import NaslSearch

extension Ablation {
    /// The largest parts of the program that could as well be a number: the reward does not change by more than the tolerance.
    static func inert(_ measured: [Ablation], tolerance: Double) -> [Expr] {
        let found = measured.filter { $0.kind == .constant && $0.isClosest && $0.difference?.isWithin(tolerance) == true }
        return found.compactMap { ablation in
            // What holds a part stands behind it.
            let isInside = found.contains { other in other.position > ablation.position && other.position - (other.part?.nodes.count ?? 0) < ablation.position }
            return isInside ? nil : ablation.part
        }
    }
}
