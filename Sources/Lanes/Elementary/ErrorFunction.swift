extension LaneBuilder {
    /// The error function, 2/√π·∫₀ˣ e^(-t²) dt.
    ///
    /// Near 0 it is x plus an odd polynomial. Farther out it is 1 - 2^(-q), where the polynomial q of |x| needs little
    /// relative accuracy, since 2^(-q) is small beside 1.
    func errorFunction(_ x: LaneNumber) -> LaneNumber {
        // erf x on |x| <= 0.8125 (Float), 1 (Double), relative error 2^-27.9, 2^-56.0. Sollya, with I from 2^-30:
        // fpminimax(erf(x), [|1,3,…,11|], [|SG...|], I, relative, x), [|1,3,…,23|], [|D...|].
        let near = x.multipliedAdding(
            polynomial(
                x * x,
                float: [0x1.06eba8p-3, -0x1.81273p-2, 0x1.ce27fep-4, -0x1.b7695ap-6, 0x1.4d03acp-8, -0x1.5503f4p-11],
                double: [
                    0x1.06eba8214db68p-3, -0x1.812746b0379b2p-2, 0x1.ce2f21a0408d1p-4, -0x1.b82ce311ee09bp-6,
                    0x1.565bccf7e2856p-8, -0x1.c02db0149d904p-11, 0x1.f9a2b75531772p-14, -0x1.f4ca204c771c5p-17,
                    0x1.b97e44280cfb9p-20, -0x1.5bfe76384472p-23, 0x1.d6e3ddfeb1f49p-27, -0x1.ab15c51d2ebebp-31,
                ]),
            x)
        // q = -log2(erfc z) on [0.8125, 3.93] (Float), [1, 5.93] (Double), where erf rounds to 1: the polynomial with the least
        // error relative to erf z, by Remez's algorithm, rounded: 2^-26.1, 2^-55.1. Past the end z stays there.
        let magnitude = x.magnitude
        let q = polynomial(
            number(float: 3.93, double: 5.93).minimum(magnitude),
            float: [
                0x1.98c27cp-14, 0x1.a0afcap0, 0x1.d5f4f6p-1, 0x1.35a146p-3, -0x1.0bc094p-5, 0x1.2a2c76p-8, -0x1.39e242p-12,
            ],
            double: [
                0x1.857333f5553e8p-21, 0x1.a0be08f420679p+0, 0x1.d6435a0e51cd8p-1, 0x1.2f739ecdc70e6p-3,
                -0x1.c0df876c55a3bp-6, -0x1.36970cc6f0bcfp-11, 0x1.6a4c59d14fc10p-9, -0x1.2373a71c8b2eep-10,
                0x1.9899b39c21576p-13, 0x1.ea89a7ec333d7p-16, -0x1.143319631775dp-15, 0x1.a38f9d0cb0489p-17,
                -0x1.9d88bf9260d75p-19, 0x1.21216fd2c710dp-21, -0x1.1fa428ee23186p-24, 0x1.86079bf2b0228p-28,
                -0x1.445dabfbf70c5p-32, 0x1.f4528d811552dp-38,
            ])
        let rounder = rounder(bias: exponentBias)
        let shifted = rounder - q
        let power = exponentialBase2OfRemainder((rounder - shifted) - q)
        let far = (-power).multipliedAdding(powerOfTwo(shifted.bits), number(1)).withSign(of: x)
        return (magnitude > number(float: 0.8125, double: 1)).select(far, near)
    }
}
