/// How much the rows of each class count in the loss.
public enum ClassWeights: Hashable, Sendable {
    /// All rows alike.
    case equal
    /// Each class as much as the others together: rows / (classes · rows of the class), as scikit-learn's `balanced`.
    case balanced
    /// These, one for each class in the order of the classes (negative, positive; or by ascending label).
    case given([Double])

    /// The weight of each class, `nil` where all rows count alike.
    ///
    /// - Parameter counts: how many training rows each class has.
    func values(counts: [Int]) throws(TrainingError) -> [Float]? {
        switch self {
        case .equal: return nil
        case .balanced:
            let rows = Double(counts.reduce(0, +))
            return counts.map { Float(rows / (Double(counts.count) * Double(max($0, 1)))) }
        case .given(let weights):
            guard weights.count == counts.count else {
                throw .setting(
                    name: "number of class weights", value: "\(weights.count)", allowed: "\(counts.count), one for each class")
            }
            guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }), weights.contains(where: { $0 > 0 }) else {
                throw .setting(
                    name: "class weights", value: "\(weights)", allowed: "at least 0 and finite, and one of them above 0")
            }
            return weights.map(Float.init)
        }
    }
}
