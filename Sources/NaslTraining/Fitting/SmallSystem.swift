/// Solves `matrix * x = right` by Cholesky's method (Golub & Van Loan, "Matrix Computations", 4.2); nil where the matrix is not positive definite.
/// The matrix is symmetric, row-major.
package func solvePositiveDefinite(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    let n = right.count
    var lower = matrix
    for row in 0..<n {
        for column in 0...row {
            var sum = lower[row * n + column]
            for k in 0..<column { sum -= lower[row * n + k] * lower[column * n + k] }
            if row == column {
                guard sum > 0, sum.isFinite else { return nil }
                lower[row * n + row] = sum.squareRoot()
            } else {
                lower[row * n + column] = sum / lower[column * n + column]
            }
        }
    }
    var x = right
    for row in 0..<n {
        for k in 0..<row { x[row] -= lower[row * n + k] * x[k] }
        x[row] /= lower[row * n + row]
    }
    for row in (0..<n).reversed() {
        for k in (row + 1)..<max(n, row + 1) { x[row] -= lower[k * n + row] * x[k] }
        x[row] /= lower[row * n + row]
    }
    return x
}
