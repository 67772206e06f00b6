extension LaneBuilder {
    /// x/y, within 1 ULP; where y is no literal, correctly rounded.
    ///
    /// Division by a literal is a multiplication by its reciprocal in two parts: x·high + x·low, with an error of half a
    /// unit and hardly more (N. Brisebarre, J.-M. Muller and S. Raina, "Accelerating correctly rounded floating-point division
    /// when the divisor is known in advance", IEEE Transactions on Computers 53, 2004). The high part is cut off, so that both
    /// have one sign and infinities stay. Where the low product is subnormal, the error may come near one unit.
    func quotient(_ x: LaneNumber, _ y: LaneNumber) -> LaneNumber {
        guard let divisor = literalValue(y), literalValue(x) == nil, (1e-30...1e30).contains(divisor.magnitude) else {
            return x / y
        }
        let (high, low) = precision == .float ? reciprocal(Float(divisor)) : reciprocal(divisor)
        return low == 0 ? x * high : x.multipliedAdding(number(high), x * low)
    }

    /// 1/y as a number cut off towards 0 and the rest, rounded.
    private func reciprocal<Value: LaneFloat>(_ y: Value) -> (high: Double, low: Double) {
        func remainder(_ quotient: Value) -> Value { Value(1).addingProduct(-quotient, y) }
        var high = 1 / y
        if remainder(high) < 0 { high = Value(signOf: y, magnitudeOf: high.magnitude.nextDown) }
        return (Double(high), Double(remainder(high) / y))
    }
}
