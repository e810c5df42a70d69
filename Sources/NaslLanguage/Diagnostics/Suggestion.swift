/// The candidate that was probably meant by a misspelt name, if one is near enough.
///
///     suggestion(for: "sigmiod", among: ["sigmoid", "sin"])   // "sigmoid"
///     suggestion(for: "f", among: ["g", "h"])                 // nil
///
/// Near enough is one mistake in up to four letters, two in up to eight, else three; a different case or a longer name that begins
/// with all of what was typed (at least three letters) will do as well. Of several the nearest wins, then the alphabet.
public func suggestion(for name: String, among candidates: [String]) -> String? {
    let typed = Array(name.lowercased().unicodeScalars)
    let limit = typed.count <= 1 ? 0 : typed.count <= 4 ? 1 : typed.count <= 8 ? 2 : 3
    var best: (distance: Int, name: String)?
    func offer(_ distance: Int, _ candidate: String) {
        if let best, (best.distance, best.name) <= (distance, candidate) { return }
        best = (distance, candidate)
    }
    for candidate in candidates where candidate != name {
        let letters = Array(candidate.lowercased().unicodeScalars)
        if letters == typed {
            offer(0, candidate)
        } else if abs(letters.count - typed.count) <= limit {
            let distance = editDistance(typed, letters)
            // As many changes as letters is no likeness.
            if distance <= limit, distance < letters.count { offer(distance, candidate) }
        } else if typed.count >= 3, letters.starts(with: typed) {
            offer(limit + 1, candidate)
        }
    }
    return best?.name
}

/// How many insertions, deletions, changes of a letter and swaps of neighbours lead from one word to the other (Damerau 1964; the
/// restricted form, in which no stretch is edited twice). Time and space are the product of the lengths.
package func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    let width = b.count + 1
    var table = [Int](repeating: 0, count: (a.count + 1) * width)
    for i in 0...a.count { table[i * width] = i }
    for j in 0...b.count { table[j] = j }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    for i in 1...a.count {
        for j in 1...b.count {
            let change = a[i - 1] == b[j - 1] ? 0 : 1
            var best = min(table[(i - 1) * width + j] + 1, table[i * width + j - 1] + 1, table[(i - 1) * width + j - 1] + change)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                best = min(best, table[(i - 2) * width + j - 2] + 1)
            }
            table[i * width + j] = best
        }
    }
    return table[a.count * width + b.count]
}
