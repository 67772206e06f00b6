/// Powers with a literal integer exponent, as chains of multiplications.
///
/// x^2m = (x^m)², x^(2m+1) = x^2m·x, and for negative exponents x^−2m = (1/x^m)², x^−(2m+1) = (1/x^m)²·(1/x): the
/// reciprocal is taken halfway, where neither it nor the power leaves the type's range before the result does. Signs, zeros,
/// infinities and NaN come out as C99's `pow` has them. A chain's relative error is below |n| units in the last place.
public enum IntegerPower {
    /// The largest magnitude of an exponent that becomes a chain; beyond it, the elementary function `pow` is more accurate.
    public static let largestExponent = 64

    /// The exponent as an integer, or `nil` when its power is not a chain.
    public static func exponent(_ value: Double) -> Int? {
        guard abs(value) <= Double(largestExponent) else { return nil }
        return Int(exactly: value)
    }

    /// Builds a power from multiplications and at most two divisions, by whatever they are.
    ///
    /// - Parameters:
    ///   - one: the value of the empty product.
    ///   - multiply: builds a product.
    ///   - divide: builds a quotient.
    /// - Returns: `base` to the power of `exponent`. Equal subproducts are asked for again rather than kept.
    public static func chain<Value>(
        _ base: Value, _ exponent: Int, one: Value, multiply: (Value, Value) -> Value, divide: (Value, Value) -> Value
    ) -> Value {
        func positive(_ exponent: Int) -> Value {
            var result = base
            // From the second highest bit down: square, then multiply where the bit is set.
            for shift in (0..<max(exponent.bitWidth - exponent.leadingZeroBitCount - 1, 0)).reversed() {
                result = multiply(result, result)
                if exponent >> shift & 1 == 1 { result = multiply(result, base) }
            }
            return result
        }
        switch exponent {
        case 0: return one
        case 1...: return positive(exponent)
        case -1: return divide(one, base)
        default:
            let half = divide(one, positive(-exponent / 2))
            let even = multiply(half, half)
            return exponent % 2 == 0 ? even : multiply(even, divide(one, base))
        }
    }
}

extension Formula {
    /// The formula with every power to a literal integer of magnitude up to `IntegerPower.largestExponent` written as the
    /// chain of multiplications that it means. Chains share their steps.
    public func expandingPowers() -> Formula {
        var builder = FormulaBuilder(variables: variables, parameters: parameters)
        var translated: [NodeID] = []
        translated.reserveCapacity(nodes.count)
        for node in nodes {
            let mapped = node.mappingOperands { translated[$0.index] }
            guard case .binary(.power, let base, let exponent) = mapped, let value = builder[exponent].constant,
                let integer = IntegerPower.exponent(value)
            else {
                translated.append(builder.insert(mapped))
                continue
            }
            let one = builder.constant(1)
            translated.append(
                IntegerPower.chain(
                    base, integer, one: one, multiply: { builder.binary(.multiply, $0, $1) },
                    divide: { builder.binary(.divide, $0, $1) }))
        }
        return builder.formula(outputs: outputs.map { translated[$0.index] })
    }
}
