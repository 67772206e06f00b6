import Foundation

/// Student's t distribution with a number of degrees of freedom (W. S. Gosset, "The probable error of a mean", 1908).
public struct StudentDistribution: Hashable, Sendable {
    /// The degrees of freedom, at least 1.
    public let degreesOfFreedom: Int

    /// A distribution; fewer than one degree of freedom counts as one.
    public init(degreesOfFreedom: Int) { self.degreesOfFreedom = max(1, degreesOfFreedom) }

    /// The probability of a value at least as far from 0 as `t`, on either side: the p-value of a two-sided test.
    ///
    /// It is the regularised incomplete beta function I of ν/(ν + t²) with parameters ν/2 and 1/2 (M. Abramowitz,
    /// I. A. Stegun, "Handbook of Mathematical Functions", 26.7.1). Good to some 12 digits.
    public func twoSidedProbability(beyond t: Double) -> Double {
        guard !t.isNaN else { return .nan }
        guard t.isFinite else { return 0 }
        let freedom = Double(degreesOfFreedom)
        return IncompleteBeta(a: freedom / 2, b: 0.5).value(at: freedom / (freedom + t * t))
    }

    /// The t that a share of the distribution lies within, on either side of 0.
    ///
    /// - Parameter confidence: above 0 and below 1, such as 0.95.
    public func quantile(confidence: Double) -> Double {
        guard confidence > 0, confidence < 1 else { return confidence <= 0 ? 0 : .infinity }
        let tail = 1 - confidence
        var (low, high) = (0.0, 1.0)
        while twoSidedProbability(beyond: high) > tail, high < 1e300 { (low, high) = (high, high * 2) }
        // The probability falls from `low` to `high`; halving ends where no number lies between.
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if twoSidedProbability(beyond: middle) > tail { low = middle } else { high = middle }
        }
    }
}

/// The regularised incomplete beta function with parameters a and b.
struct IncompleteBeta {
    let a: Double
    let b: Double

    /// I at x, by the continued fraction of the handbook's 26.5.8, from the side where it converges fast.
    func value(at x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let logarithm = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
        if x < (a + 1) / (a + b + 2) { return exp(logarithm) * fraction(x) / a }
        return 1 - exp(logarithm) * IncompleteBeta(a: b, b: a).fraction(1 - x) / b
    }

    /// The continued fraction from front to back (W. J. Lentz, "Generating Bessel functions in Mie scattering
    /// calculations", 1976).
    private func fraction(_ x: Double) -> Double {
        let tiny = 1e-300
        func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
        var result = d
        for index in 1...500 {
            let m = Double(index)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            var change = 1.0
            for numerator in [even, odd] {
                d = 1 / nonzero(1 + numerator * d)
                c = nonzero(1 + numerator / c)
                change = c * d
                result *= change
            }
            if abs(change - 1) < 1e-15 { break }
        }
        return result
    }
}
