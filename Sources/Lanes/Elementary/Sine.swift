import Formulas

/// Sine and cosine.
///
/// Alone, each is reduced by multiples of π to an angle in [-π/2, π/2] and takes one odd polynomial. Together, they share
/// a reduction by π/2 and swap two shorter polynomials, which is a quarter less work than doing both alone.
extension LaneBuilder {
    /// sin x.
    func sine(_ x: LaneNumber) -> LaneNumber {
        flippingSign(oddSine(sineAngle(x)), with: x)
    }

    /// cos x.
    func cosine(_ x: LaneNumber) -> LaneNumber { oddSine(cosineAngle(x)) }

    /// sin x and cos x, for programs that need both. They may differ from `sine` and `cosine` in the last place.
    func sineAndCosine(_ x: LaneNumber) -> (sine: LaneNumber, cosine: LaneNumber) {
        let (r, quadrant) = quarterTurns(x)
        let square = r * r
        // sin r on |r| <= 0.79, relative error 2^-27.8 (Float), 2^-57.7 (Double);
        // cos r, 2^-32.9 and 2^-63.8. Sollya, with I = [2^-20; 0.79]:
        // fpminimax(sin(x), [|3,5,7|], [|SG...|], I, relative, x), [|3,5,…,13|], [|D...|];
        // fpminimax(cos(x), [|4,6,8|], [|SG...|], I, relative, 1 - x^2/2), [|4,6,…,14|], [|D...|].
        // In the fast mode cos r is two degrees shorter: 2^-23.5, 2^-53.1.
        let sinePolynomial = polynomial(
            square,
            float: [-0x1.555544p-3, 0x1.1106d6p-7, -0x1.992462p-13],
            double: [
                -0x1.5555555555547p-3, 0x1.111111110f5cbp-7, -0x1.a01a019bbeecdp-13, 0x1.71de3531b3de8p-19,
                -0x1.ae5e3040063a2p-26, 0x1.5d83837e9da9bp-33,
            ])
        let sineOfRemainder = (r * square).multipliedAdding(sinePolynomial, r)
        let cosineOfRemainder = polynomial(
            square,
            float: [1, -0.5, 0x1.55554ap-5, -0x1.6c0c1ep-10, 0x1.99e334p-16],
            double: [
                1, -0.5, 0x1.555555555554ap-5, -0x1.6c16c16c14df7p-10, 0x1.a01a019c5abd9p-16, -0x1.27e4f7cbccee6p-22,
                0x1.1ee9c217a6ea6p-29, -0x1.8f99257515d56p-37,
            ],
            fastFloat: [1, -0.5, 0x1.554952p-5, -0x1.65b806p-10],
            fastDouble: [
                1, -0.5, 0x1.5555555552b7p-5, -0x1.6c16c166e364bp-10, 0x1.a019fa1ce8cb6p-16, -0x1.27dfed5d4d498p-22,
                0x1.1bb4e72fb65fp-29,
            ])
        let signBit = integer(precision == .float ? Int64(Int32.min) : Int64.min)
        let width = precision == .float ? 32 : 64
        let lowBit = quadrant.shiftedLeft(width - 1)
        let highBit = quadrant.shiftedLeft(width - 2)
        let isOdd = lowBit < integer(0)
        let sine = isOdd.select(cosineOfRemainder, sineOfRemainder)
        let cosine = isOdd.select(sineOfRemainder, cosineOfRemainder)
        return (
            flippingSign((sine.bits ^ (highBit & signBit)).asNumber, with: x),
            (cosine.bits ^ ((highBit ^ lowBit) & signBit)).asNumber
        )
    }

    /// sin of an angle in [-π/2, π/2].
    private func oddSine(_ angle: LaneNumber) -> LaneNumber {
        // On |x| <= 1.58, relative error 2^-26.0 (Float), 2^-55.0 (Double). Sollya, with I = [2^-20; 1.58]:
        // fpminimax(sin(x), [|3,5,7,9|], [|SG...|], I, relative, x), [|3,5,…,17|], [|D...|]. Then the leading
        // coefficients were moved by a random search to lower the largest error with all roundings counted, none of which
        // may lift the result above 1: errors of 2^-27.1 and 2^-61.4 became these, and 2.1 ULP less than 1.9.
        let square = angle * angle
        let polynomial = polynomial(
            square,
            float: [-0x1.555544p-3, 0x1.110deep-7, -0x1.9f4d58p-13, 0x1.5c0a54p-19],
            double: [
                -0x1.5555555555558p-3, 0x1.111111111110cp-7, -0x1.a01a01a0152fp-13, 0x1.71de3a528c868p-19,
                -0x1.ae6454c7ee443p-26, 0x1.6123c9ae52034p-33, -0x1.ae42969ce0197p-41, 0x1.8818510091f97p-49,
            ])
        return (angle * square).multipliedAdding(polynomial, angle)
    }
}
