/// The strongly connected components of a graph given by its successors, each sorted.
///
/// Tarjan: "Depth-first search and linear graph algorithms", SIAM J. Computing 1972; with an explicit stack. A component comes after
/// all components it leads to.
func components(_ successors: [[Int]]) -> [[Int]] {
    let count = successors.count
    var index = [Int](repeating: -1, count: count), low = index
    var isOpen = [Bool](repeating: false, count: count)
    var path: [Int] = [], found: [[Int]] = [], visited = 0
    for root in 0..<count where index[root] < 0 {
        var work: [(node: Int, next: Int)] = [(root, 0)]
        while let (node, next) = work.last {
            if next == 0 {
                index[node] = visited
                low[node] = visited
                visited += 1
                path.append(node)
                isOpen[node] = true
            } else {
                let child = successors[node][next - 1]
                if isOpen[child] { low[node] = min(low[node], low[child]) }
            }
            var position = next
            while position < successors[node].count {
                let child = successors[node][position]
                position += 1
                if index[child] < 0 {
                    work[work.count - 1].next = position
                    work.append((child, 0))
                    position = -1
                    break
                }
                if isOpen[child] { low[node] = min(low[node], index[child]) }
            }
            if position < 0 { continue }
            work.removeLast()
            guard low[node] == index[node] else { continue }
            var component: [Int] = []
            while let last = path.popLast() {
                isOpen[last] = false
                component.append(last)
                if last == node { break }
            }
            found.append(component.sorted())
        }
    }
    return found
}
