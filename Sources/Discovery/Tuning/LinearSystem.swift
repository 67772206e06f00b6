/// Solves small symmetric positive definite systems by Cholesky's decomposition.
enum LinearSystem {
    /// The solution of `matrix` · x = `right`.
    ///
    /// - Parameter matrix: row after row; only its lower triangle is read.
    /// - Returns: `nil` when the matrix is not positive definite to working precision.
    static func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
        let size = right.count
        var lower = matrix
        for column in 0..<size {
            var diagonal = lower[column * size + column]
            for k in 0..<column { diagonal -= lower[column * size + k] * lower[column * size + k] }
            guard diagonal > 0, diagonal.isFinite else { return nil }
            let root = diagonal.squareRoot()
            lower[column * size + column] = root
            for row in column + 1..<max(size, column + 1) {
                var sum = lower[row * size + column]
                for k in 0..<column { sum -= lower[row * size + k] * lower[column * size + k] }
                lower[row * size + column] = sum / root
            }
        }
        var solution = right
        for row in 0..<size {
            for k in 0..<row { solution[row] -= lower[row * size + k] * solution[k] }
            solution[row] /= lower[row * size + row]
        }
        for row in (0..<size).reversed() {
            for k in row + 1..<max(size, row + 1) { solution[row] -= lower[k * size + row] * solution[k] }
            solution[row] /= lower[row * size + row]
        }
        return solution
    }
}
