import Formulas

/// The conditioning of a formula at one point.
struct ConditioningPoint<Value: MeasuredFloat> {
    private let formula: Formula
    private let promisedUlps: Double
    /// Bits of the values, as many as the true ones took.
    private let bits: Int
    private let values: [BigFloat]
    /// For each step, how far a kernel's value may be from the true one when no step is off by more than is promised, by a
    /// bound that needs no derivatives; 0 where it is exact, infinite where there is no bound.
    private var errors: [BigFloat] = []
    /// For each step, whether errors move it by more than twice what its slopes say.
    private var isBent: [Bool] = []

    /// Bits of slopes and errors: differences over a step of 2⁻⁸⁰, or between a number and the next of its type, keep more than
    /// 100 good ones. Angles need those before the point besides.
    private static var workingBits: Int { 256 }

    /// Slopes are differences; from here on a step is bent. A unit above the rounding of the differences.
    private static var straight: Double { 2 }

    init(_ formula: Formula, promisedUlps: Double, _ variables: [Double], parameters: [Double], bits: Int) {
        self.formula = formula
        self.promisedUlps = promisedUlps
        self.bits = bits
        values = MPFRReference(formula, readsKnownConstants: true).nodeValues(
            variables.map { BigFloat($0, bits: 53) }, parameters: parameters, bits: bits)
        errors.reserveCapacity(values.count)
        isBent.reserveCapacity(values.count)
        for index in formula.nodes.indices { appendError(of: index) }
    }

    /// The condition number of one output.
    ///
    /// - Parameter exact: the output's true value, in whose last place the errors are counted.
    func number(ofOutput output: Int, exact: BigFloat) -> Double {
        let result = formula.outputs[output].index
        var slopes = [BigFloat?](repeating: nil, count: formula.nodes.count)
        slopes[result] = BigFloat(1, bits: Self.workingBits)
        var sum = 0.0
        var isFirstOrder = true
        for index in stride(from: result, through: 0, by: -1) {
            guard let slope = slopes[index] else { continue }
            // A step that leaves the range counts even where its slope is 0: there is no 0 in 0·∞.
            if leavesRange(index) || jumps(index) { return .infinity }
            if isBent[index] { isFirstOrder = false }
            if !slope.isZero, rounds(index) {
                // In units of the result, which may be too small or too large for a Double on the way there.
                let share = slope.times(powerOfTwo: spacingExponent(values[index]) - spacingExponent(exact))
                sum += abs(share.double)
            }
            pass(slope, from: index, to: &slopes)
        }
        guard !isFirstOrder || sum.isNaN else { return sum }
        let bound = errors[result].times(powerOfTwo: -spacingExponent(exact)).double / promisedUlps
        return bound.isNaN || sum.isNaN ? .infinity : max(sum, bound)
    }

    /// Whether the type has no such number: it is too large, or a literal that becomes 0.
    private func leavesRange(_ index: Int) -> Bool {
        let value = values[index]
        guard !value.isInfinite else { return false }
        let rounded = Value.rounding(value)
        return rounded.isInfinite || formula.nodes[index].constant != nil && rounded == 0 && !value.isZero
    }

    /// Whether a comparison or a rounding gives something else for operands as far off as they may be.
    private func jumps(_ index: Int) -> Bool {
        let node = formula.nodes[index]
        guard let operation = node.operation, operation.jumps else { return false }
        let operands = node.operands.map { values[$0.index] }
        return node.operands.indices.contains { place in
            let error = errors[node.operands[place].index]
            guard !error.isZero else { return false }
            let operand = widened(operands[place])
            return [operand.plus(error), operand.minus(error)].contains { moved in
                var moving = operands
                moving[place] = moved
                return !BigFloat.apply(operation, moving, bits: Self.workingBits).agrees(with: values[index], bits: 60)
            }
        }
    }

    /// Whether a step adds an error of its own.
    private func rounds(_ index: Int) -> Bool {
        switch formula.nodes[index] {
        case .variable, .parameter: return false
        case .constant(let constant): return Value(constant.value).asDouble != constant.value
        case .unary(let operation, _):
            if [.negate, .absolute].contains(operation) || operation.isStepToInteger { return false }
            return operation != .squareRoot || !isExact(index)
        case .binary(let operation, _, _):
            if operation.isCondition || operation == .minimum || operation == .maximum { return false }
            return ![.add, .subtract, .multiply, .divide].contains(operation) || !isExact(index)
        case .ternary: return false
        }
    }

    /// Whether a correctly rounded operation on exact operands has a result that the type holds.
    private func isExact(_ index: Int) -> Bool {
        guard formula.nodes[index].operands.allSatisfy({ errors[$0.index].isZero }) else { return false }
        let value = values[index]
        return value.isNaN || BigFloat(Value.rounding(value).asDouble, bits: 53).agrees(with: value, bits: bits + 8)
    }

    /// The exponent of the spacing of the type's numbers at a value.
    private func spacingExponent(_ value: BigFloat) -> Int {
        let least = Int(Value.leastNonzeroMagnitude.exponent)
        guard !value.isZero, !value.isNaN, !value.isInfinite else { return least }
        return max(value.exponent - 1 - Value.significandBitCount, least)
    }

    /// A number with room for a small change.
    private func widened(_ value: BigFloat) -> BigFloat {
        BigFloat(0, bits: Self.workingBits + max(0, operandExponent(value))).plus(value)
    }
}

// MARK: - Forward, from operands to results

extension ConditioningPoint {
    private mutating func appendError(of index: Int) {
        let carried = carriedError(index)
        errors.append(carried)
        isBent.append(false)
        // Whether it rounds is asked of the operands' errors, and whether it is bent of its slopes.
        if !carried.isZero { isBent[index] = isBeyondFirstOrder(index, carried) }
        guard rounds(index) else { return }
        let unit = BigFloat(promisedUlps, bits: 64).times(powerOfTwo: spacingExponent(values[index]))
        errors[index] = carried.plus(unit)
    }

    /// How far a step is moved by the errors of its operands.
    private func carriedError(_ index: Int) -> BigFloat {
        let node = formula.nodes[index]
        let zero = BigFloat(0, bits: 64)
        guard let operation = node.operation else { return zero }
        let operands = node.operands.map(\.index)
        if operation == .select { return errors[operands[values[operands[0]].isTrue ? 1 : 2]] }
        let moved = operands.map { errors[$0] }
        guard moved.contains(where: { !$0.isZero }) else { return zero }
        let error: BigFloat
        switch operation {
        case .add, .subtract: error = moved[0].plus(moved[1])
        case .multiply:
            let (a, b) = (magnitude(operands[0]), magnitude(operands[1]))
            error = moved[0].times(b).plus(moved[1].times(a)).plus(moved[0].times(moved[1]))
        case .negate, .absolute: error = moved[0]
        case .minimum, .maximum: error = moved[0].isLess(than: moved[1]) ? moved[1] : moved[0]
        case .sin, .cos:
            // Off by more than a radian, an angle tells nothing.
            let isLost = !moved[0].isLess(than: BigFloat(1, bits: 64))
            error = isLost ? BigFloat(2, bits: 64) : largestChange(index, operation, operands)
        case .divide where !moved[1].isLess(than: magnitude(operands[1])): error = .infinity
        case .tan: error = mayCrossPole(operands[0]) ? .infinity : largestChange(index, operation, operands)
        default: error = largestChange(index, operation, operands)
        }
        return error.isNaN ? .infinity : error
    }

    private func magnitude(_ index: Int) -> BigFloat {
        BigFloat.apply(.absolute, [values[index]], bits: 64)
    }

    /// Whether an angle may be on the other side of a quarter turn, where the tangent, which only grows, is smaller.
    private func mayCrossPole(_ operand: Int) -> Bool {
        guard errors[operand].isLess(than: BigFloat(1, bits: 64)) else { return true }
        let angle = widened(values[operand])
        let ends = [angle.minus(errors[operand]), angle.plus(errors[operand])].map {
            BigFloat.apply(.tan, [$0], bits: Self.workingBits)
        }
        return ends[1].isLess(than: ends[0])
    }

    /// The largest change of a step when its operands are at the ends of what they may be.
    private func largestChange(_ index: Int, _ operation: Operator, _ operands: [Int]) -> BigFloat {
        var corners: [[BigFloat]] = [[]]
        for operand in operands {
            let value = widened(values[operand])
            let error = errors[operand]
            let choices = error.isZero ? [value] : [value.minus(error), value.plus(error)]
            corners = corners.flatMap { corner in choices.map { corner + [$0] } }
        }
        var largest = BigFloat(0, bits: 64)
        for corner in corners {
            let change = BigFloat.apply(operation, corner, bits: Self.workingBits).minus(widened(values[index]))
            if change.isNaN { return .infinity }
            let size = BigFloat.apply(.absolute, [change], bits: 64)
            if largest.isLess(than: size) { largest = size }
        }
        return largest
    }

    /// Whether errors move a step by much more than its slopes say they do.
    private func isBeyondFirstOrder(_ index: Int, _ carried: BigFloat) -> Bool {
        let node = formula.nodes[index]
        guard let operation = node.operation else { return false }
        switch operation {
        case .add, .subtract, .negate, .select: return false
        // Which of two operands counts, or which sign, is known where errors do not bridge the distance.
        case .absolute: return !errors[node.operands[0].index].isLess(than: magnitude(node.operands[0].index))
        case .minimum, .maximum:
            let (a, b) = (node.operands[0].index, node.operands[1].index)
            let distance = BigFloat.apply(.absolute, [widened(values[a]).minus(widened(values[b]))], bits: 64)
            return !errors[a].plus(errors[b]).isLess(than: distance)
        default: break
        }
        var straight = BigFloat(0, bits: 64)
        for (place, operand) in node.operands.enumerated() where !errors[operand.index].isZero {
            let slope = partialDerivative(operation, node.operands.map { values[$0.index] }, at: place)
            straight = straight.plus(BigFloat.apply(.absolute, [slope.times(errors[operand.index])], bits: 64))
        }
        // A kernel's value that is off by less than a unit is as good as straight.
        let unit = BigFloat(1, bits: 64).times(powerOfTwo: spacingExponent(values[index]))
        let allowed = straight.times(BigFloat(Self.straight, bits: 64)).plus(unit)
        return straight.isNaN || !carried.isLess(than: allowed)
    }
}

// MARK: - Backward, from the result to the steps

extension ConditioningPoint {
    /// Adds to the slope at each operand what reaches the result through this node.
    private func pass(_ slope: BigFloat, from index: Int, to slopes: inout [BigFloat?]) {
        let node = formula.nodes[index]
        guard let operation = node.operation else { return }
        let operands = node.operands
        if operation.isCondition || operation == .select {
            // A condition has no slope, but is to be looked at.
            let zero = BigFloat(0, bits: Self.workingBits)
            for operand in operands where slopes[operand.index] == nil && (operation.isCondition || operand == operands[0]) {
                slopes[operand.index] = zero
            }
            guard operation == .select else { return }
            let chosen = operands[values[operands[0].index].isTrue ? 1 : 2].index
            slopes[chosen] = slopes[chosen]?.plus(slope) ?? slope
            return
        }
        for place in operands.indices {
            // What is exact magnifies nothing, and may have no slope: a power below 0 has none by its exponent.
            let operand = operands[place].index
            guard !errors[operand].isZero else { continue }
            let added = partialDerivative(operation, operands.map { values[$0.index] }, at: place).times(slope)
            slopes[operand] = slopes[operand]?.plus(added) ?? added
        }
    }

    /// The slope of one operation by one operand: known, or a central difference.
    private func partialDerivative(_ operation: Operator, _ operands: [BigFloat], at place: Int) -> BigFloat {
        switch operation {
        case .add: return BigFloat(1, bits: Self.workingBits)
        case .subtract: return BigFloat(place == 0 ? 1 : -1, bits: Self.workingBits)
        case .negate: return BigFloat(-1, bits: Self.workingBits)
        case .multiply: return widened(operands[1 - place])
        default: break
        }
        let operand = operands[place]
        let isAngle = [.sin, .cos, .tan].contains(operation)
        var exponent = operand.isZero || operand.isInfinite || operand.isNaN ? -200 : operand.exponent
        // The step has to be small beside a radian, however large the angle is.
        if isAngle { exponent = min(exponent, 0) }
        exponent -= 80
        let work = Self.workingBits + (isAngle ? max(0, operandExponent(operand)) : 0)
        let step = BigFloat(1, bits: work).times(powerOfTwo: exponent)
        func value(_ moved: BigFloat) -> BigFloat {
            var moving = operands
            moving[place] = moved
            return .apply(operation, moving, bits: work)
        }
        let wide = BigFloat(0, bits: work).plus(operand)
        return value(wide.plus(step)).minus(value(wide.minus(step))).times(powerOfTwo: -exponent - 1)
    }

    /// How many bits a number has before the point, of which more than a Double has are not worth the time.
    private func operandExponent(_ value: BigFloat) -> Int {
        value.isZero || value.isInfinite || value.isNaN ? 0 : min(value.exponent, 1_100)
    }
}
