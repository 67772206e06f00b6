import Formulas

extension LaneBuilder {
    /// tan x.
    ///
    /// With x = r + k·π/2 it is tan r = r / g for even k and -cot r = -g / r for odd k, where g = r·cot r. Since g is 1 less a small
    /// term, it costs one rounding, and r enters as it is; what r lost to rounding enters last, by the slope. The fast mode
    /// leaves that out.
    func tangent(_ x: LaneNumber) -> LaneNumber {
        guard math == .accurate else {
            let (r, quadrant) = quarterTurns(x)
            return flippingSign(tangent(remainder: r, quadrant: quadrant), with: x)
        }
        let (r, error, quadrant) = extendedQuarterTurns(x)
        let rounded = tangent(remainder: r, quadrant: quadrant)
        let slope = rounded.multipliedAdding(rounded, number(1))
        return flippingSign(error.multipliedAdding(slope, rounded), with: x)
    }

    /// tan(r + k·π/2) for |r| ≤ π/4 and the lowest bit of k.
    private func tangent(remainder r: LaneNumber, quadrant: LaneInteger) -> LaneNumber {
        // On |x| <= 0.79, relative error 2^-27.3 (Float), 2^-57.1 (Double). Sollya, with f = x/tan(x) and I = [2^-20; 0.79]:
        // fpminimax(f, [|2,4,6,8|], [|SG...|], I, relative, 1), [|2,4,…,18|], [|D...|]. In the fast mode [|2,4,…,16|] in
        // Double, 2^-51.1.
        let scaledCotangent = polynomial(
            r * r,
            float: [1, -0x1.555542p-2, -0x1.6c28e8p-6, -0x1.12c148p-9, -0x1.045502p-12],
            double: [
                1, -0x1.555555555556dp-2, -0x1.6c16c16c10f3p-6, -0x1.1566abc3ff89fp-9, -0x1.bbd77696f2873p-13,
                -0x1.66a97044d1d61p-16, -0x1.22722804c4a88p-19, -0x1.d8d4014987cc2p-23, -0x1.68c49fc76fb56p-26,
                -0x1.abe569c7c02d4p-29,
            ],
            fastDouble: [
                1, -0x1.55555555550b7p-2, -0x1.6c16c16d0045ep-6, -0x1.1566ab41a1e95p-9, -0x1.bbd7bb7971a7bp-13,
                -0x1.669f59095b9acp-16, -0x1.234f0e1df05b9p-19, -0x1.c2e20422e5b6ep-23, -0x1.fef90628c36f6p-26,
            ])
        let oddBit = quadrant.shiftedLeft(precision == .float ? 31 : 63)
        let isOdd = oddBit < integer(0)
        let quotient = isOdd.select(scaledCotangent, r) / isOdd.select(r, scaledCotangent)
        return (quotient.bits ^ oddBit).asNumber
    }
}
