// Both functions fall like e^(-z²) or e^(-z²/2), z = |x|, times a slow factor that is fitted:
//
//     erfc z = e^(-z²)·k·(1 + τ(t)) / (z + a),   t = (z - b) / (z + b),
//
// with a, b and k chosen such that τ is small, has little slope at z = 0, and needs few terms. The exponent is an exact
// product, and e^(…) = 2^n·(1 + f). What the quotient k/(z + a) lost to rounding is found exactly, as is what its product
// with 1 + τ loses; both go into a second part of this product (which the fast mode leaves out). The product of both with
// 1 + f is rounded once, and scaling by 2^n makes it underflow gradually.
// Below 0, erfc x = 2 - erfc z.
extension LaneBuilder {
    /// The complementary error function, 2/√π·∫ₓ^∞ e^(-t²) dt.
    func complementaryErrorFunction(_ x: LaneNumber) -> LaneNumber {
        // Error of 1 + τ, relative: 2^-26.5 (Float, z <= 10.1), 2^-56.6 (Double, z <= 27.3).
        let shape = GaussianTail(
            offset: number(0.875), centre: number(float: 2.5, double: 3.75),
            scale: number(0.625), inverseScale: number(1.6),
            floatTerms: [
                0x1.1b5988p-3, -0x1.48a134p-2, 0x1.26214p-4, 0x1.a27acp-5, -0x1.deacbap-5, 0x1.861bc4p-6,
                -0x1.983f82p-11, -0x1.82d43ap-9, 0x1.a78938p-12, 0x1.65babp-12,
            ],
            doubleTerms: [
                0x1.3ce1f7d2ca18cp-4, -0x1.1ae022ef771b5p-2, 0x1.1b97d29b6785fp-3, -0x1.08c79d8868173p-5,
                -0x1.a17933a2ca40dp-6, 0x1.4f8faaffcf9fp-5, -0x1.09fbf9f0cd707p-5, 0x1.22f023ed131c3p-6,
                -0x1.b81b2984d6d7ep-8, 0x1.6c2a43c45d7fp-10, 0x1.2ced59e50122dp-13, -0x1.aa874b6057997p-13,
                0x1.6ca680c182ae7p-15, 0x1.dc75a5f8dc18ep-17, -0x1.2421c7dd61a8ep-17, -0x1.a0fc7ad406c5ap-22,
                0x1.5a4c3fed13cf9p-20, -0x1.5fe6880d0603cp-24, -0x1.8d0736518ddfp-23, 0x1.32d1a0c68f3fap-26,
                0x1.a23939453e09cp-26, -0x1.38120fc48ad07p-30, -0x1.f5b7783cbbb89p-30,
            ])
        let tail = gaussianTail(negativeSquare(x, 1, 1), shape)
        return (x < 0).select(2 - tail, tail)
    }

    /// The standard normal distribution function, 1/√(2π)·∫₋∞ˣ e^(-t²/2) dt.
    func normalDistribution(_ x: LaneNumber) -> LaneNumber {
        // Error of 1 + τ, relative: 2^-26.1 (Float, z <= 14.2), 2^-56.2 (Double, z <= 38.6).
        let shape = GaussianTail(
            offset: number(1.25), centre: number(float: 3.5, double: 5.25),
            scale: number(0.4375), inverseScale: number(1 / 0.4375),
            floatTerms: [
                0x1.3ca14ap-3, -0x1.5234ecp-2, 0x1.2df1d6p-4, 0x1.a7e372p-5, -0x1.dd6988p-5, 0x1.75ef0cp-6,
                -0x1.e46888p-14, -0x1.85831ap-9, 0x1.2966fcp-12, 0x1.548c56p-12,
            ],
            doubleTerms: [
                0x1.781da46d90648p-4, -0x1.233e3ec06e44ap-2, 0x1.233d487960d82p-3, -0x1.0ec1cf410a507p-5,
                -0x1.a6ea8622cb2d9p-6, 0x1.50622c9bf845ap-5, -0x1.0674b181b56b8p-5, 0x1.183c040081084p-6,
                -0x1.9630110b80f97p-8, 0x1.28cdfe5576021p-10, 0x1.bb95052f1e75dp-13, -0x1.9f59a467559ffp-13,
                0x1.0a12790d34052p-15, 0x1.1f6d5f7160e1cp-16, -0x1.0221ac72c09f9p-17, -0x1.1f8c2598c8d4dp-20,
                0x1.4e6540e5cbba4p-20, 0x1.45286ed83338ap-25, -0x1.922cbfb7429ap-23, -0x1.13e21ee32a86cp-29,
                0x1.99bc72ab3691fp-26, 0x1.78be069c0428dp-30, -0x1.6ceda37f6ee5bp-30,
            ])
        let tail = gaussianTail(negativeSquare(x, 1, 0.5), shape)
        return (x > 0).select(1 - tail, tail)
    }

    private func gaussianTail(_ exponent: NegativeSquare, _ shape: GaussianTail) -> LaneNumber {
        // The bound keeps the quotients from making NaN of infinity.
        let z = exponent.magnitude
        let denominator = z + shape.offset
        let quotient = shape.scale / denominator
        let f = exponentialMinusOneOfRemainder(exponent.reduced.remainder, besideOne: true)
        let t = (z - shape.centre) / (z + shape.centre)
        let τ = polynomial(t, float: shape.floatTerms, double: shape.doubleTerms)
        let level = quotient.multipliedAdding(τ, quotient)
        guard math == .accurate else {
            return scaledDown(f.multipliedAdding(level, level), by: exponent.reduced.biasedMultiple)
        }
        let lost = z - (denominator - shape.offset)
        let residue = (-lost).multipliedAdding(quotient, (-denominator).multipliedAdding(quotient, shape.scale))
        let rounding = quotient.multipliedAdding(τ, quotient - level)
        let rest = level.multipliedAdding(residue * shape.inverseScale, rounding)
        let sum = level + f.multipliedAdding(level, f.multipliedAdding(rest, rest))
        return scaledDown(sum, by: exponent.reduced.biasedMultiple)
    }
}

/// The constants of one function's fit.
private struct GaussianTail {
    /// a, b and k of the fit.
    let offset: LaneNumber, centre: LaneNumber, scale: LaneNumber
    let inverseScale: LaneNumber
    /// The coefficients of τ, lowest first.
    let floatTerms: [Float], doubleTerms: [Double]
}
