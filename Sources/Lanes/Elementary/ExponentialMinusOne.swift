extension LaneBuilder {
    /// e^x - 1, within 2 ULP.
    ///
    /// It is 2^n·(e^r - 1) + (2^n - 1). Near the top of the range 2^n overflows where the result does not; so half of it
    /// is computed and then doubled. Halving would cost the smallest numbers their last digit, but for them the result is x.
    func exponentialMinusOne(_ x: LaneNumber) -> LaneNumber {
        // Below the lower bound the result rounds to -1.
        let bounded = number(float: 89, double: 710).minimum(number(float: -18, double: -38).maximum(x))
        let reduced = reducedExponent(bounded, bias: exponentBias - 1)
        let halfScale = powerOfTwo(reduced.biasedMultiple)
        let half = halfScale.multipliedAdding(exponentialMinusOneOfRemainder(reduced.remainder), halfScale - 0.5)
        let isTiny = x.magnitude < number(float: 0x1p-26, double: 0x1p-55)
        return isTiny.select(x, half + half)
    }

    /// e^r - 1 for |r| ≤ ln 2/2.
    ///
    /// Fitted with leading term r to least relative error on [-0.34658, 0.34658]: degree 6, 2^-26.1 (Float);
    /// degree 12, 2^-61.5 (Double). In the fast mode degree 11 in Double, 2^-55.5.
    func exponentialMinusOneOfRemainder(_ r: LaneNumber) -> LaneNumber {
        let tail = polynomial(
            r,
            float: [0x1.fffffep-2, 0x1.5554b0p-3, 0x1.555716p-5, 0x1.12278ep-7, 0x1.6b7334p-10],
            double: [
                0.5, 0x1.5555555555559p-3, 0x1.555555555554dp-5, 0x1.111111110f65ap-7, 0x1.6c16c16c1aaf7p-10,
                0x1.a01a01afffe71p-13, 0x1.a01a018e10e9cp-16, 0x1.71ddf81bab080p-19, 0x1.27e5133a9958fp-22,
                0x1.af5f1224a4cf4p-26, 0x1.1f1a292ebcaebp-29,
            ],
            fastDouble: [
                0x1.0000000000005p-1, 0x1.555555555553bp-3, 0x1.555555555211p-5, 0x1.1111111118832p-7,
                0x1.6c16c17f2d91ep-10, 0x1.a01a0177f065ap-13, 0x1.a019a6a6f3a14p-16, 0x1.71de81127c738p-19,
                0x1.28a2891d5c79bp-22, 0x1.ae7760c6cbea2p-26,
            ])
        return (r * r).multipliedAdding(tail, r)
    }
}
