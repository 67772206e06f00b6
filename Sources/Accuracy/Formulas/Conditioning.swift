import Formulas

/// How much the steps of a formula magnify errors.
///
/// Every step of a kernel rounds. An error of one unit in the last place in step v moves the result by
/// |∂result/∂v|·ulp(v)/ulp(result) units; the sum over all steps is the condition number of the formula as it is computed.
/// Where it is large, as near a zero of the result that comes of cancellation, a large error is the formula's and not the
/// kernel's. Inputs are exact and do not count, nor do steps whose exact result the type holds; literals do unless the type
/// holds them. Steps that leave the type's range magnify without bound, as do steps that jump where a rounded operand does not
/// decide to which side.
///
/// The sum is of the first order: it bounds the error as long as errors are small beside what they change. The sine of an
/// angle that is off by a whole turn, or a quotient whose divisor may be 0, is not so. Where such a step is on the way to the
/// result, the bound is the one that goes forward from step to step without derivatives, if it is the larger.
struct Conditioning<Value: MeasuredFloat> {
    /// The formula as it is computed: simplified, with its powers as chains.
    let formula: Formula
    /// The largest error that a step may have by itself, in units in the last place.
    let promisedUlps: Double

    init(_ computed: Formula, promisedUlps: Double = 2) {
        formula = computed.expandingPowers()
        self.promisedUlps = promisedUlps
    }

    /// What there is to say at a point.
    ///
    /// - Parameters:
    ///   - variables: the point, one number for each variable.
    ///   - parameters: one number for each parameter.
    ///   - bits: the precision that the true values there took.
    func at(_ variables: [Double], parameters: [Double], bits: Int = 256) -> ConditioningPoint<Value> {
        ConditioningPoint(formula, promisedUlps: promisedUlps, variables, parameters: parameters, bits: max(256, bits))
    }
}
