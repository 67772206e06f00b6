import Accuracy
import Formulas

/// The derivative of a formula's output 0 from values alone: the central difference over a step of 2⁻²⁵⁰, at 1,200 bits.
/// What it neglects is 2⁻⁵⁰⁰ of the third derivative.
struct NumericalDerivative {
    private let reference: MPFRReference
    private static let bits = 1_200
    private static let step = 0x1p-250

    init(_ formula: Formula) { reference = MPFRReference(formula, readsKnownConstants: true) }

    /// The derivative by one variable.
    func value(_ point: [Double], by variable: Int = 0) -> BigFloat {
        let right = moved(point, variable, Self.step)
        let left = moved(point, variable, -Self.step)
        let width = BigFloat(2 * Self.step, bits: Self.bits)
        return value(right).minus(value(left)).divided(by: width)
    }

    /// The second derivative by one variable.
    func secondValue(_ point: [Double], by variable: Int = 0) -> BigFloat {
        let middle = value(moved(point, variable, 0))
        let right = value(moved(point, variable, Self.step)).minus(middle)
        let left = middle.minus(value(moved(point, variable, -Self.step)))
        let width = BigFloat(Self.step, bits: Self.bits)
        return right.minus(left).divided(by: width).divided(by: width)
    }

    private func value(_ point: [BigFloat]) -> BigFloat { reference.values(point, bits: Self.bits)[0] }

    private func moved(_ point: [Double], _ variable: Int, _ step: Double) -> [BigFloat] {
        point.enumerated().map { index, value in
            let value = BigFloat(value, bits: Self.bits)
            return index == variable ? value.minus(BigFloat(-step, bits: Self.bits)) : value
        }
    }
}
