extension LaneBuilder {
    /// The arc tangent, within 2 ULP.
    ///
    /// Past 1 it is π/2 - atan(1/x).
    func arcTangent(_ x: LaneNumber) -> LaneNumber {
        let magnitude = x.magnitude
        let isSteep = magnitude > 1
        let angle = arcTangentOfUnitInterval(isSteep.select(1 / magnitude, magnitude))
        return isSteep.select(halfPi.high - (angle - halfPi.low), angle).withSign(of: x)
    }

    /// The angle of the point (x, y) from the positive x axis, in (-π, π], within 2 ULP, as C99's `atan2`.
    func arcTangent2(_ y: LaneNumber, _ x: LaneNumber) -> LaneNumber {
        let (height, width) = (y.magnitude, x.magnitude)
        let (shorter, longer) = (height.minimum(width), height.maximum(width))
        // On the diagonal the ratio is 1, at infinity too; at the origin it counts as 0.
        let isOrigin = longer.isEqual(to: 0)
        let ratio = isOrigin.select(0, (shorter.isEqual(to: longer)).select(1, shorter / longer))
        let angle = arcTangentOfUnitInterval(ratio)
        let isSteep = height > width
        // The sign bit of x, -0 included, decides the half plane.
        let isLeft = (x.bits.shiftedRight(precision == .float ? 31 : 63)).isEqual(to: 1)
        // The angle is counted from the nearest half axis, which stands at 0, π/2 or π, one way or the other.
        let zero = number(0)
        let high = isSteep.select(halfPi.high, isLeft.select(halfPi.high + halfPi.high, zero))
        let low = isSteep.select(halfPi.low, isLeft.select(halfPi.low + halfPi.low, zero))
        let signed = isSteep.select(isLeft.select(angle, -angle), isLeft.select(-angle, angle))
        let result = high + (signed + low)
        return x.isUnordered(with: y).select(x + y, result.withSign(of: y))
    }

    /// atan(t) for 0 ≤ t ≤ 1.
    ///
    /// Fitted as t + t³·p(t²) by `fpminimax`, p to least absolute error on [0, 1]: 10 coefficients, relative error of the
    /// whole 2^-28.2 (Float); 22 coefficients, 2^-62.0 (Double). In the fast mode to least relative error: 7 coefficients,
    /// 2^-23.1; 18 coefficients, 2^-52.4.
    private func arcTangentOfUnitInterval(_ t: LaneNumber) -> LaneNumber {
        let square = t * t
        let tail = polynomial(
            square,
            float: [
                -0x1.555556p-2, 0x1.9999c4p-3, -0x1.24917p-3, 0x1.c6b586p-4, -0x1.704154p-4, 0x1.265b42p-4,
                -0x1.a516p-5, 0x1.d462d8p-6, -0x1.51c7dap-7, 0x1.c78b04p-10,
            ],
            double: [
                -0x1.5555555555555p-2, 0x1.99999999998bcp-3, -0x1.249249248ce33p-3, 0x1.c71c71c51ce88p-4,
                -0x1.745d170ef4de3p-4, 0x1.3b13ad6b6f97ap-4, -0x1.1110e1f547e14p-4, 0x1.e1de906a6ee6ap-5,
                -0x1.af11d48a304dfp-5, 0x1.85a13605089bbp-5, -0x1.623bb3ff9ff51p-5, 0x1.412f61bcfd13dp-5,
                -0x1.1dbb5498e055ap-5, 0x1.e5d501b581545p-6, -0x1.7d26321c6ff79p-6, 0x1.092f62f95631ap-6,
                -0x1.39dd5e30436bap-7, 0x1.2e3ee37f05519p-8, -0x1.c1919fe8512aap-10, 0x1.e0a7246b486ap-12,
                -0x1.46e931f6ebb17p-14, 0x1.a75b54af30d68p-18,
            ],
            fastFloat: [
                -0x1.5552dep-2, 0x1.99127cp-3, -0x1.1f916ap-3, 0x1.985134p-4, -0x1.ed3512p-5, 0x1.95465p-6, -0x1.3c158p-8,
            ],
            fastDouble: [
                -0x1.5555555554f94p-2, 0x1.999999992d9d6p-3, -0x1.2492490e3671dp-3, 0x1.c71c6d0a0884fp-4,
                -0x1.745cc9b4ac074p-4, 0x1.3b1067c550775p-4, -0x1.10f7f92002a2dp-4, 0x1.e0c8e31b1a76cp-5,
                -0x1.aa83ab5c2ccc6p-5, 0x1.76e9f0fd600bdp-5, -0x1.3d1dc8775d9d9p-5, 0x1.eea38f8fa233cp-6,
                -0x1.51db03220ea96p-6, 0x1.7e3965b11825ep-7, -0x1.50a1a06d387e9p-8, 0x1.aab006fbcb0e7p-10,
                -0x1.56f9bec835ef8p-12, 0x1.0500e3f333588p-15,
            ])
        return (t * square).multipliedAdding(tail, t)
    }
}
