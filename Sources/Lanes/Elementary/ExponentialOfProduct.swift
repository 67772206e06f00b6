extension LaneBuilder {
    /// e^(a·b), within 1 ULP, where a·b is not rounded first: a large product's last place would show in many places of
    /// the result.
    func exponentialOfProduct(_ a: LaneNumber, _ b: LaneNumber) -> LaneNumber {
        let reduced = reducedProduct(a, b)
        return scaledInTwoSteps(exponentialOfRemainder(reduced.remainder), by: reduced.biasedMultiple)
    }

    /// Cuts a multiple of ln 2 off a·b, with `twoStepBias` added to it.
    func reducedProduct(_ a: LaneNumber, _ b: LaneNumber) -> ReducedExponent {
        let rounder = rounder(bias: twoStepBias)
        let shifted = boundedExponent(a * b).multipliedAdding(number(1.4426950408889634), rounder)
        let multiple = shifted - rounder
        // The first part of ln 2 has so few digits that its multiple is exact.
        let minusLn2 = (
            high: number(float: -0x1.62e4p-1, double: -0x1.62e42fefa38p-1),
            low: number(float: -0x1.7f7d1cp-20, double: -0x1.ef35793c7673p-45)
        )
        let remainder = multiple.multipliedAdding(minusLn2.low, a.multipliedAdding(b, multiple * minusLn2.high))
        // Where the product was out of bounds, the remainder is as well.
        let bounded = number(1).minimum(number(-1).maximum(remainder))
        return ReducedExponent(remainder: bounded, biasedMultiple: shifted.bits)
    }
}
