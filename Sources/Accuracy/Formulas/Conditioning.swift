import Formulas

/// How much the steps of a formula magnify errors, at a point.
///
/// Every step of a kernel rounds. An error of one unit in the last place in step v moves the result by
/// |∂result/∂v|·ulp(v)/ulp(result) units; the sum over all steps is the condition number of the formula as it is computed.
/// Where it is large, as near a zero of the result that comes of cancellation, a large error is the formula's and not the
/// kernel's. Inputs are exact and do not count; literals do unless the type holds them. Steps that leave the type's range
/// magnify without bound, as do steps that jump where a rounded operand does not decide to which side.
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
    ///   - exact: the output's true value, in whose last place the errors are counted.
    func number(ofOutput output: Int, _ variables: [Double], parameters: [Double], exact: BigFloat) -> Double {
        let values = MPFRReference(formula, readsKnownConstants: true).nodeValues(
            variables.map { BigFloat($0, bits: 53) }, parameters: parameters, bits: Self.bits)
        let result = formula.outputs[output].index
        var slopes = [BigFloat?](repeating: nil, count: formula.nodes.count)
        slopes[result] = BigFloat(1, bits: Self.bits)
        var sum = 0.0
        for index in stride(from: result, through: 0, by: -1) {
            guard let slope = slopes[index] else { continue }
            // A step that leaves the range counts even where its slope is 0: there is no 0 in 0·∞.
            if !values[index].isInfinite, Value.rounding(values[index]).isInfinite { return .infinity }
            if jumps(index, values) { return .infinity }
            if !slope.isZero, rounds(formula.nodes[index]) {
                // In units of the result, which may be too small or too large for a Double on the way there.
                let share = slope.times(powerOfTwo: spacingExponent(values[index]) - spacingExponent(exact))
                sum += abs(share.double)
            }
            pass(slope, from: index, to: &slopes, values)
        }
        return sum
    }

    /// Whether a comparison or a rounding gives something else for operands a few units away, and some operand is rounded.
    private func jumps(_ index: Int, _ values: [BigFloat]) -> Bool {
        let node = formula.nodes[index]
        switch node.operation {
        case .less, .lessOrEqual, .equal, .notEqual, .sign, .floor, .ceil, .round, .rint: break
        default: return false
        }
        guard let operation = node.operation else { return false }
        let operands = node.operands.map { values[$0.index] }
        return node.operands.indices.contains { place in
            let operand = node.operands[place].index
            guard carriesRounding(operand) else { return false }
            let step = BigFloat(4, bits: Self.bits).times(powerOfTwo: spacingExponent(values[operand]))
            return [operands[place].plus(step), operands[place].minus(step)].contains { moved in
                var moving = operands
                moving[place] = moved
                return !BigFloat.apply(operation, moving, bits: Self.bits).agrees(with: values[index], bits: 60)
            }
        }
    }

    /// Whether a value has been rounded on the way to a node, looking through the steps that do not round.
    private func carriesRounding(_ index: Int) -> Bool {
        var index = index
        while !rounds(formula.nodes[index]) {
            guard case .unary(_, let operand) = formula.nodes[index] else { return false }
            index = operand.index
        }
        return true
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
        guard let operation = node.operation else { return }
        let operands = node.operands
        if operation.isCondition || operation == .select {
            // A condition has no slope, but is to be looked at.
            let zero = BigFloat(0, bits: Self.bits)
            for operand in operands where slopes[operand.index] == nil && (operation.isCondition || operand == operands[0]) {
                slopes[operand.index] = zero
            }
            guard operation == .select else { return }
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
