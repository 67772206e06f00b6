extension LaneBuilder {
    /// e^x - 1, within 2 ULP.
    ///
    /// It is 2^n·(e^r - 1) + (2^n - 1). Near the top of the range 2^n overflows where the result does not; so half of it
    /// is computed and then doubled. Halving would cost the smallest numbers their last digit, but for them the result is x.
    func exponentialMinusOne(_ x: LaneNumber) -> LaneNumber {
        // Cut as for e^x, so that the two share what they can.
        let reduced = reducedExponent(boundedExponent(x), bias: twoStepBias)
        // Where 2^n is smaller than this the result is -1.
        let lowest = rounder(bias: twoStepBias) - (precision == .float ? 30 : 60)
        let doubled = powerOfTwo(lowest.maximum(reduced.shifted).bits).bits
        let halfScale = (doubled - integer(Int64(exponentBias + 1) << Int64(exponentShift))).asNumber
        let half = halfScale.multipliedAdding(exponentialMinusOneOfRemainder(reduced.remainder), halfScale - 0.5)
        let isTiny = x.magnitude < number(float: 0x1p-26, double: 0x1p-55)
        return isTiny.select(x, half + half)
    }

    /// e^r - 1 for |r| ≤ ln 2/2.
    ///
    /// Fitted with leading term r to least relative error on [-0.34658, 0.34658]: degree 6, 2^-26.1 (Float);
    /// degree 12, 2^-61.5 (Double). In the fast mode degree 11 in Double, 2^-55.5; and, `besideOne`, where the result is
    /// added to 1, the polynomial that is fitted to e^r: degree 5, 2^-23.2 (Float), and degree 10, 2^-51.6 (Double).
    func exponentialMinusOneOfRemainder(_ r: LaneNumber, besideOne: Bool = false) -> LaneNumber {
        let tail = polynomial(
            r,
            float: [0x1.fffffep-2, 0x1.5554b0p-3, 0x1.555716p-5, 0x1.12278ep-7, 0x1.6b7334p-10],
            double: [
                0.5, 0x1.5555555555559p-3, 0x1.555555555554dp-5, 0x1.111111110f65ap-7, 0x1.6c16c16c1aaf7p-10,
                0x1.a01a01afffe71p-13, 0x1.a01a018e10e9cp-16, 0x1.71ddf81bab080p-19, 0x1.27e5133a9958fp-22,
                0x1.af5f1224a4cf4p-26, 0x1.1f1a292ebcaebp-29,
            ],
            fastFloat: besideOne ? [0x1.fffdfcp-2, 0x1.5557acp-3, 0x1.572a14p-5, 0x1.1063eap-7] : nil,
            fastDouble: besideOne
                ? [
                    0x1.ffffffffffed2p-2, 0x1.55555555507c2p-3, 0x1.5555555589108p-5, 0x1.11111125b4882p-7,
                    0x1.6c16c0c826535p-10, 0x1.a0198d55ff2b4p-13, 0x1.a01b7c640a20ep-16, 0x1.72e91d9f6a1d4p-19,
                    0x1.270799bb5433fp-22,
                ]
                : [
                    0x1.0000000000005p-1, 0x1.555555555553bp-3, 0x1.555555555211p-5, 0x1.1111111118832p-7,
                    0x1.6c16c17f2d91ep-10, 0x1.a01a0177f065ap-13, 0x1.a019a6a6f3a14p-16, 0x1.71de81127c738p-19,
                    0x1.28a2891d5c79bp-22, 0x1.ae7760c6cbea2p-26,
                ])
        return (r * r).multipliedAdding(tail, r)
    }
}
