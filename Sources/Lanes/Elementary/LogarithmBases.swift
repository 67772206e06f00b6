extension LaneBuilder {
    /// The logarithm to base 2, within 1.5 ULP; exact for powers of two.
    func logarithmBase2(_ x: LaneNumber) -> LaneNumber {
        let parts = binaryParts(x, lowest: lowestSignificand)
        let f = parts.significand - 1
        let logarithm =
            if precision == .float {
                // Fitted to least relative error on [-0.2929, 0.4143], the two-part factor leading: degree 9, 2^-25.
                scaledLogarithm(
                    f, factor: (0x1.715476p0, 0x1.4ae0cp-26),
                    tail: [
                        -0x1.715472p-1, 0x1.ec72f2p-2, -0x1.715b3ap-2, 0x1.26e78ep-2, -0x1.e994c8p-3, 0x1.b8bd48p-3,
                        -0x1.a6d4fap-3, 0x1.02479ep-3,
                    ])
            } else {
                scaledLogarithm(f, factor: (0x1.71547652b82fep0, 0x1.777d0ffda0d24p-56))
            }
        return withLogarithmSpecials(logarithm - parts.minusExponent, of: parts, x)
    }

    /// The logarithm to base 10, within 1.5 ULP.
    func logarithmBase10(_ x: LaneNumber) -> LaneNumber {
        let parts = binaryParts(x, lowest: lowestSignificand)
        let (minusExponent, f) = (parts.minusExponent, parts.significand - 1)
        // log10(2) in two parts: where e is 1, the sum cancels.
        let low = minusExponent * number(float: 0x1.ec10c0p-27, double: 0x1.9dc1da994fd21p-59)
        let logarithm =
            if precision == .float {
                // Fitted to least relative error on [-0.2929, 0.4143], the two-part factor leading: degree 9, 2^-25.
                scaledLogarithm(
                    f, factor: (0x1.bcb7b2p-2, -0x1.5b235ep-27),
                    tail: [
                        -0x1.bcb7acp-3, 0x1.287bdep-3, -0x1.bcbfe8p-4, 0x1.63198ep-4, -0x1.26c064p-4, 0x1.0959eep-4,
                        -0x1.fd36b8p-5, 0x1.371702p-5,
                    ], plus: low)
            } else {
                scaledLogarithm(f, factor: (0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57), plus: low)
            }
        let minusLog2 = number(float: -0x1.344136p-2, double: -0x1.34413509f79ffp-2)
        return withLogarithmSpecials(minusExponent.multipliedAdding(minusLog2, logarithm), of: parts, x)
    }

    /// log(1 + f)·factor + a small number in Float: f times the factor, which is given in two parts, and f² times a
    /// polynomial.
    private func scaledLogarithm(
        _ f: LaneNumber, factor: (high: Double, low: Double), tail: [Double], plus addend: LaneNumber? = nil
    ) -> LaneNumber {
        let ratio = polynomial(f, ([factor.low] + tail).map(number))
        return f.multipliedAdding(number(factor.high), product(f, ratio, plus: addend))
    }

    /// log(1 + f)·factor + a small number in Double, the factor in two parts: log(1 + f) is f and a correction.
    private func scaledLogarithm(
        _ f: LaneNumber, factor: (high: Double, low: Double), plus addend: LaneNumber? = nil
    ) -> LaneNumber {
        let high = number(factor.high)
        let small = product(f, number(factor.low), plus: addend)
        return f.multipliedAdding(high, logarithmCorrection(f).multipliedAdding(high, small))
    }

    private func product(_ a: LaneNumber, _ b: LaneNumber, plus addend: LaneNumber?) -> LaneNumber {
        addend.map { a.multipliedAdding(b, $0) } ?? a * b
    }
}
