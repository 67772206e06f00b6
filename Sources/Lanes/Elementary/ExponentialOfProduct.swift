extension LaneBuilder {
    /// e^(a·b), within 1.01 ULP, where a·b is not rounded first: a large product's last place would show in many places of
    /// the result.
    func exponentialOfProduct(_ a: LaneNumber, _ b: LaneNumber) -> LaneNumber {
        if let square = negativeSquare(a, b) { return decay(ofReduced: square.reduced) }
        return exponential(ofReduced: reducedProduct(a, b))
    }

    /// Cuts a multiple of ln 2 off a·b, with `twoStepBias` added to it.
    private func reducedProduct(_ a: LaneNumber, _ b: LaneNumber) -> ReducedExponent {
        let product = a * b
        let error = a.multipliedAdding(b, -product)
        // Where the product is out of bounds, its error may be large or NaN and must count for nothing.
        let limit = number(float: 0x1p-17, double: 0x1p-42)
        return reducedExponent(boundedExponent(product), error: error.maximum(-limit).minimum(limit), bias: twoStepBias)
    }

    /// Cuts off the multiple of ln 2 that is nearest to a number given as rounded and what it lost to rounding.
    private func reducedExponent(_ x: LaneNumber, error: LaneNumber, bias: Int) -> ReducedExponent {
        let rounder = rounder(bias: bias)
        let shifted = x.multipliedAdding(number(1.4426950408889634), rounder)
        let multiple = shifted - rounder
        // Exact: what is left is small and a multiple of a last place of either.
        let leading = multiple.multipliedAdding(minusLn2.high, x)
        return ReducedExponent(remainder: leading + multiple.multipliedAdding(minusLn2.low, error), shifted: shifted)
    }

    // MARK: Gaussians

    /// The exponent of a Gaussian, -c·x² with c > 0, reduced.
    struct NegativeSquare {
        /// |x|, or where e^(-c·x²) is below half the smallest number, a bound where it is so already.
        let magnitude: LaneNumber
        /// The exponent at that magnitude, with `decayBias` added to its multiple.
        let reduced: ReducedExponent
    }

    /// a·b reduced, if both are literal multiples of one number and the product is never above 0. The result needs one
    /// bound only and no scaling in two steps.
    private func negativeSquare(_ a: LaneNumber, _ b: LaneNumber) -> NegativeSquare? {
        let (first, second) = (literalMultiple(a), literalMultiple(b))
        // Between these no intermediate result can overflow or underflow.
        let usual = 1e-15...1e15
        guard first.base.id == second.base.id, first.coefficient * second.coefficient < 0,
            usual.contains(first.coefficient.magnitude), usual.contains(second.coefficient.magnitude)
        else { return nil }
        return negativeSquare(first.base, first.coefficient.magnitude, second.coefficient.magnitude)
    }

    /// -(f·x)·(g·x) reduced, for factors f and g above 0.
    func negativeSquare(_ x: LaneNumber, _ f: Double, _ g: Double) -> NegativeSquare {
        let magnitude = number((precision == .float ? 104 : 746) / (f * g)).squareRoot.minimum(x.magnitude)
        let (u, v) = (f == 1 ? magnitude : magnitude * f, g == 1 ? magnitude : magnitude * g)
        let product = -(u * v)
        let error = (-u).multipliedAdding(v, -product)
        return NegativeSquare(
            magnitude: magnitude, reduced: reducedExponent(product, error: error, bias: decayBias))
    }
}
