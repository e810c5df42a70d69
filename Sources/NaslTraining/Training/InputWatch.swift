import NaslExpr
import NaslTensor
import Synchronization

/// Writes down what a net gives to one of its functions, wherever it is applied, while the net is measured after training.
///
///     let watch = InputWatch(of: swish, most: 5000)
///     _ = try train(net, on: .austen(), settings, watch: watch)
///     watch.rows          // one row for each point: the arguments of `swish` there
public final class InputWatch: Sendable {
    public let function: FunctionTerm
    /// The most rows that are kept, of all applications together.
    public let most: Int
    private let seen = Mutex<[[Double]]>([])

    public init(of function: FunctionTerm, most: Int) {
        self.function = function
        self.most = most
    }

    public var rows: [[Double]] { seen.withLock { $0 } }

    /// One application of the function in a net.
    struct Application {
        let operands: [TracedTensor.Operand]
    }

    /// Takes points at even steps from each application; they hold the values of the last run of their section.
    func note(_ applications: [Application], _ plan: borrowing Plan) {
        var found: [[Double]] = []
        for application in applications {
            let columns = application.operands.compactMap { operand -> [Double]? in
                switch operand {
                case .number(let number): return [number]
                case .tensor(let tensor): return tensor.values(in: plan)
                }
            }
            let count = columns.map(\.count).max() ?? 0
            // A shorter operand is repeated along the leading axes, as a bias is.
            guard count > 0, columns.count == application.operands.count, columns.allSatisfy({ !$0.isEmpty && count % $0.count == 0 }) else { continue }
            let share = max(1, most / applications.count)
            found += stride(from: 0, to: count, by: max(1, count / share)).prefix(share).map { row in columns.map { $0[row % $0.count] } }
        }
        seen.withLock { $0 += found.prefix(max(0, most - $0.count)) }
    }
}

extension TracedTensor {
    fileprivate func values(in plan: borrowing Plan) -> [Double]? {
        guard case .values(let variable) = content else { return nil }
        return plan.values(of: variable)
    }
}
