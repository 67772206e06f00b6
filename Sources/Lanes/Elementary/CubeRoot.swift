extension LaneBuilder {
    /// The real cube root, of negative numbers too, within 1 ULP.
    ///
    /// A rough y ≈ |x|^(-1/3) comes from dividing the bits by -3: exponent and fraction together are nearly a logarithm.
    /// With h = 1 - |x|·y³ the root is |x|·y²·(1 - h)^(-2/3), to which one step of Newton's method gives its last digit.
    func cubeRoot(_ x: LaneNumber) -> LaneNumber {
        let magnitude = x.magnitude
        let enlarged = magnitude * number(float: 0x1p24, double: 0x1p54)
        let isSubnormal = magnitude < number(float: 0x1p-126, double: 0x1p-1022)
        let normal = isSubnormal.select(enlarged, magnitude)

        let y = roughInverseCubeRoot(normal)
        let square = y * y
        let product = normal * y
        let h = (-product).multipliedAdding(square, number(1))
        let rough = product * y
        let root = (rough * h).multipliedAdding(cubeRootSeries(h), rough)
        let residual = (-(root * root)).multipliedAdding(root, normal)
        let result = residual.multipliedAdding(square * (1.0 / 3), root)

        let scale = isSubnormal.select(number(float: 0x1p-8, double: 0x1p-18), number(1))
        // Zeros, infinities and NaN are their own cube roots.
        return (magnitude < enlarged).select((result * scale).withSign(of: x), x)
    }

    /// x^(-1/3) within 3.6 %.
    private func roughInverseCubeRoot(_ x: LaneNumber) -> LaneNumber {
        // The upper bits as a number, plus 2^23 (2^52 in Double). Shifted back, the bits of that addend drop out.
        let dropped = precision == .float ? 8 : 12
        let logarithm = (x.bits.shiftedRight(dropped) | number(float: 0x1p23, double: 0x1p52).bits).asNumber
        // Also 2^23·4/3 + (4/3·127 - 0.06817)·2^15, where 0.06817 leaves the least error (2^52, 1023, 2^40 in Double).
        let inverse = logarithm.multipliedAdding(
            number(-1.0 / 3), number(float: 16_731_292, double: 7_504_458_409_270_996))
        return inverse.bits.shiftedLeft(dropped).asNumber
    }

    /// ((1 - h)^(-2/3) - 1)/h, fitted to least absolute error on [-0.1025, 0.1025]: degree 4, 2^-24.9 (Float);
    /// degree 11, 2^-55.4 (Double), both as parts of the root.
    private func cubeRootSeries(_ h: LaneNumber) -> LaneNumber {
        polynomial(
            h,
            float: [0x1.555556p-1, 0x1.1c6ff2p-1, 0x1.f9a59p-2, 0x1.d4f696p-2, 0x1.b7a34ep-2],
            double: [
                0x1.5555555555553p-1, 0x1.1c71c71c71c5bp-1, 0x1.f9add3c0d108cp-2, 0x1.cf8a021b7d9fep-2,
                0x1.b0a2f0c9f7b35p-2, 0x1.9899e3412d5cfp-2, 0x1.85250508d8f5ep-2, 0x1.74ee46ff9718bp-2,
                0x1.66fe97e6efcf9p-2, 0x1.5afa791a75f3ap-2, 0x1.5ae85eedfad77p-2, 0x1.52fcec2b31b81p-2,
            ])
    }
}
