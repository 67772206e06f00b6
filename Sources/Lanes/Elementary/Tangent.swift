import Formulas

extension LaneBuilder {
    /// tan x.
    ///
    /// With x = r + k·π/2 it is tan r = r / g for even k and -cot r = -g / r for odd k, where g = r·cot r is 1 less a small
    /// term. What r and g lost to rounding enters last: r's part by the slope, g's as a part of the quotient, both of them
    /// small enough that 1 may stand for g, which is above 3/4. The fast mode leaves them out.
    func tangent(_ x: LaneNumber) -> LaneNumber {
        guard math == .accurate else {
            let (r, quadrant) = quarterTurns(x)
            return flippingSign(tangentParts(remainder: r, quadrant: quadrant).tangent, with: x)
        }
        let (r, error, quadrant) = extendedQuarterTurns(x)
        let parts = tangentParts(remainder: r, quadrant: quadrant)
        let slope = parts.tangent.multipliedAdding(parts.tangent, number(1))
        // More of g makes r / g smaller and g / r larger, which has the other sign.
        let correction = (-parts.lost).multipliedAdding(parts.quotient, error * slope)
        return flippingSign(parts.tangent + correction, with: x)
    }

    /// tan(r + k·π/2) for |r| ≤ π/4 and the lowest bit of k, the quotient that it is but for its sign, and what g lost.
    private func tangentParts(
        remainder r: LaneNumber, quadrant: LaneInteger
    ) -> (tangent: LaneNumber, quotient: LaneNumber, lost: LaneNumber) {
        // On |x| <= 0.79, relative error 2^-27.3 (Float), 2^-57.1 (Double). Sollya, with f = x/tan(x) and I = [2^-20; 0.79]:
        // fpminimax(f, [|2,4,6,8|], [|SG...|], I, relative, 1), [|2,4,…,18|], [|D...|]. In the fast mode [|2,4,…,16|] in
        // Double, 2^-51.1.
        let square = r * r
        let tail = polynomial(
            square,
            float: [-0x1.555542p-2, -0x1.6c28e8p-6, -0x1.12c148p-9, -0x1.045502p-12],
            double: [
                -0x1.555555555556dp-2, -0x1.6c16c16c10f3p-6, -0x1.1566abc3ff89fp-9, -0x1.bbd77696f2873p-13,
                -0x1.66a97044d1d61p-16, -0x1.22722804c4a88p-19, -0x1.d8d4014987cc2p-23, -0x1.68c49fc76fb56p-26,
                -0x1.abe569c7c02d4p-29,
            ],
            fastDouble: [
                -0x1.55555555550b7p-2, -0x1.6c16c16d0045ep-6, -0x1.1566ab41a1e95p-9, -0x1.bbd7bb7971a7bp-13,
                -0x1.669f59095b9acp-16, -0x1.234f0e1df05b9p-19, -0x1.c2e20422e5b6ep-23, -0x1.fef90628c36f6p-26,
            ])
        let scaledCotangent = tail.multipliedAdding(square, number(1))
        let lost = tail.multipliedAdding(square, 1 - scaledCotangent)
        let oddBit = quadrant.shiftedLeft(precision == .float ? 31 : 63)
        let isOdd = oddBit < integer(0)
        let quotient = isOdd.select(scaledCotangent, r) / isOdd.select(r, scaledCotangent)
        return ((quotient.bits ^ oddBit).asNumber, quotient, lost)
    }
}
