extension LaneBuilder {
    /// 2^x, within 1 ULP; exact for whole x.
    func exponentialBase2(_ x: LaneNumber) -> LaneNumber {
        let bounded = number(float: 129, double: 1025).minimum(number(float: -151, double: -1076).maximum(x))
        let rounder = rounder(bias: twoStepBias)
        let shifted = bounded + rounder
        let remainder = bounded - (shifted - rounder)
        return scaledInTwoSteps(exponentialBase2OfRemainder(remainder), by: shifted.bits)
    }

    /// 2^r for |r| ≤ 1/2.
    ///
    /// Fitted with constant term 1 to least relative error on [-0.5001, 0.5001]: degree 6, 2^-28 (Float);
    /// degree 11, 2^-57.2 (Double). In the fast mode degree 5, 2^-23.3, and degree 10, 2^-52.0.
    func exponentialBase2OfRemainder(_ r: LaneNumber) -> LaneNumber {
        polynomial(
            r,
            float: [
                1, 0x1.62e430p-1, 0x1.ebfbd8p-3, 0x1.c6af74p-5, 0x1.3b3096p-7, 0x1.5f0ca8p-10, 0x1.3fad5cp-13,
            ],
            double: [
                1, 0x1.62e42fefa39efp-1, 0x1.ebfbdff82c5a6p-3, 0x1.c6b08d704a12cp-5, 0x1.3b2ab6fb9fda5p-7,
                0x1.5d87fe789e971p-10, 0x1.4309130f6d122p-13, 0x1.ffcbfc66852f4p-17, 0x1.62bfc65859696p-20,
                0x1.b52522bd3cc11p-24, 0x1.e61d45627b34ap-28, 0x1.e973173b0ee8cp-32,
            ],
            fastFloat: [1, 0x1.62e42ap-1, 0x1.ebf9bap-3, 0x1.c6b69cp-5, 0x1.3ceb06p-7, 0x1.5bfc72p-10],
            fastDouble: [
                1, 0x1.62e42fefa3a12p-1, 0x1.ebfbdff82c43p-3, 0x1.c6b08d703e16bp-5, 0x1.3b2ab6fbd6fc4p-7,
                0x1.5d87fe9b93c94p-10, 0x1.4309126b90c08p-13, 0x1.ffcb58b6ca13ep-17, 0x1.62c148819db72p-20,
                0x1.b671c96eb2b5fp-24, 0x1.e3a7e1af522bp-28,
            ])
    }
}
