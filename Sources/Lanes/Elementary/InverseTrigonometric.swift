extension LaneBuilder {
    /// The arc sine, within 2 ULP; NaN outside [-1, 1].
    func arcSine(_ x: LaneNumber) -> LaneNumber {
        let parts = arcSineParts(x)
        let far = halfPi.high - (parts.angle + parts.angle - halfPi.low)
        return parts.isNear.select(parts.angle, far).withSign(of: x)
    }

    /// The arc cosine, within 2 ULP; NaN outside [-1, 1].
    func arcCosine(_ x: LaneNumber) -> LaneNumber {
        let parts = arcSineParts(x)
        let near = halfPi.high - (parts.angle.withSign(of: x) - halfPi.low)
        let doubled = parts.angle + parts.angle
        let left = halfPi.high + halfPi.high - (doubled - (halfPi.low + halfPi.low))
        return parts.isNear.select(near, (x < 0).select(left, doubled))
    }

    /// asin|x| where |x| < 1/2, and elsewhere asin of √((1 - |x|)/2), which is half of acos|x|.
    private func arcSineParts(_ x: LaneNumber) -> (isNear: LaneMask, angle: LaneNumber) {
        let magnitude = x.magnitude
        let isNear = magnitude < 0.5
        let complement = (1 - magnitude) * 0.5
        let root = complement.squareRoot
        let square = isNear.select(magnitude * magnitude, complement)
        let sine = isNear.select(magnitude, root)
        guard math == .accurate else { return (isNear, (sine * square).multipliedAdding(arcSineTail(square), sine)) }
        // What the root's rounding left out, to first order; 1 - |x| is exact, and at |x| = 1 there is nothing to divide.
        let rest = root.isEqual(to: 0).select(0, (-root).multipliedAdding(root, complement) / (root + root))
        return (isNear, sine + (sine * square).multipliedAdding(arcSineTail(square), isNear.select(0, rest)))
    }

    /// (asin(t)/t - 1)/t² at t² = `square`, from 0 to 1/4.
    ///
    /// Fitted by `fpminimax` to least absolute error on [0, 1/4]: 6 coefficients, relative error of the arc sine 2^-30.3
    /// (Float); 13 coefficients, 2^-58.2 (Double). In the fast mode to least relative error: 4 coefficients, 2^-23.4;
    /// 11 coefficients, 2^-51.9.
    private func arcSineTail(_ square: LaneNumber) -> LaneNumber {
        polynomial(
            square, float: [0x1.555554p-3, 0x1.3334cep-4, 0x1.6d3e74p-5, 0x1.ffbd92p-6, 0x1.0fec3ap-6, 0x1.1ac0e4p-5],
            double: [
                0x1.5555555555556p-3, 0x1.3333333332da2p-4, 0x1.6db6db6e48603p-5, 0x1.f1c71c11deeap-6,
                0x1.6e8bb37521acap-6, 0x1.1c4d112ced71bp-6, 0x1.c9d30ac3ce817p-7, 0x1.78010220106fp-7,
                0x1.532a91490f8afp-7, 0x1.5e2915df0d638p-8, 0x1.220541f4ab3acp-6, -0x1.f58c57c572f98p-7,
                0x1.dc181d65cb50ap-6,
            ],
            fastFloat: [0x1.554fa2p-3, 0x1.34dc56p-4, 0x1.47f5c4p-5, 0x1.993a88p-5],
            fastDouble: [
                0x1.5555555556cffp-3, 0x1.3333333091739p-4, 0x1.6db6dd0dde88ep-5, 0x1.f1c69c91c988bp-6,
                0x1.6e97027cbd9b2p-6, 0x1.1baccf1324fa1p-6, 0x1.d54ed2649ea2ep-7, 0x1.336c9e65ef524p-7,
                0x1.2b084d98a3a7cp-6, -0x1.7f682dd00ed2ap-7, 0x1.023490305e5adp-5,
            ])
    }
}
