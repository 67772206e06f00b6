import Formulas

/// How much the steps of a formula magnify errors, at a point.
///
/// Every step of a kernel rounds. An error of one unit in the last place in step v moves the result by
/// |∂result/∂v|·ulp(v)/ulp(result) units; the sum over all steps is the condition number of the formula as it is computed.
/// Where it is large, as near a zero of the result that comes of cancellation, a large error is the formula's and not the
/// kernel's. Inputs are exact and do not count; literals do unless the type holds them. Steps that leave the type's range
/// magnify without bound.
struct Conditioning<Value: MeasuredFloat> {
    /// The formula as it is computed: simplified, with its powers as chains.
    let formula: Formula

    /// Bits of the values: differences over a step of 2⁻⁸⁰ keep more than 100 good ones.
    private static var bits: Int { 256 }

    init(_ computed: Formula) { formula = computed.expandingPowers() }

    /// The condition number of one output.
    ///
    /// - Parameters:
    ///   - variables: the point, one number for each variable.
    ///   - parameters: one number for each parameter.
    func number(ofOutput output: Int, _ variables: [Double], parameters: [Double]) -> Double {
        let values = MPFRReference(formula).nodeValues(
            variables.map { BigFloat($0, bits: 53) }, parameters: parameters, bits: Self.bits)
        let result = formula.outputs[output].index
        var slopes = [BigFloat?](repeating: nil, count: formula.nodes.count)
        slopes[result] = BigFloat(1, bits: Self.bits)
        var sum = 0.0
        for index in stride(from: result, through: 0, by: -1) {
            guard let slope = slopes[index], !slope.isZero else { continue }
            if rounds(formula.nodes[index]) {
                // In units of the result, which may be too small or too large for a Double on the way there.
                let share = slope.times(powerOfTwo: spacingExponent(values[index]) - spacingExponent(values[result]))
                let overflows = !values[index].isInfinite && Value.rounding(values[index]).isInfinite
                sum += overflows ? .infinity : abs(share.double)
            }
            pass(slope, from: index, to: &slopes, values)
        }
        return sum
    }

    private func rounds(_ node: Node) -> Bool {
        switch node {
        case .variable, .parameter: false
        case .constant(let constant): Value(constant.value).asDouble != constant.value
        case .unary(let operation, _): ![.negate, .absolute, .sign, .floor, .ceil, .round, .rint, .not].contains(operation)
        case .binary(let operation, _, _): !operation.isCondition && operation != .minimum && operation != .maximum
        case .ternary: false
        }
    }

    /// The exponent of the spacing of the type's numbers at a value.
    private func spacingExponent(_ value: BigFloat) -> Int {
        let least = Int(Value.leastNonzeroMagnitude.exponent)
        guard !value.isZero, !value.isNaN, !value.isInfinite else { return least }
        return max(value.exponent - 1 - Value.significandBitCount, least)
    }

    /// Adds to the slope at each operand what reaches the result through this node.
    private func pass(_ slope: BigFloat, from index: Int, to slopes: inout [BigFloat?], _ values: [BigFloat]) {
        let node = formula.nodes[index]
        guard let operation = node.operation, !operation.isCondition else { return }
        let operands = node.operands
        if operation == .select {
            let chosen = operands[values[operands[0].index].isTrue ? 1 : 2].index
            slopes[chosen] = slopes[chosen]?.plus(slope) ?? slope
            return
        }
        for place in operands.indices {
            let partial = partialDerivative(operation, operands.map { values[$0.index] }, at: place)
            let added = partial.times(slope)
            let operand = operands[place].index
            slopes[operand] = slopes[operand]?.plus(added) ?? added
        }
    }

    /// A central difference of one operation.
    private func partialDerivative(_ operation: Operator, _ operands: [BigFloat], at place: Int) -> BigFloat {
        let operand = operands[place]
        let exponent = (operand.isZero || operand.isInfinite || operand.isNaN ? -200 : operand.exponent) - 80
        let step = BigFloat(1, bits: Self.bits).times(powerOfTwo: exponent)
        func value(_ moved: BigFloat) -> BigFloat {
            var moving = operands
            moving[place] = moved
            return .apply(operation, moving, bits: Self.bits)
        }
        let wide = BigFloat(0, bits: Self.bits).plus(operand)
        return value(wide.plus(step)).minus(value(wide.minus(step))).times(powerOfTwo: -exponent - 1)
    }
}
