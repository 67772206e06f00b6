import CMPFR
import Formulas

/// The true values of a formula: what its expressions mean as real functions, to as many bits as asked for.
///
/// Inputs and literals are the exact `Double`s they are; every operation then carries so many bits that rounding plays no
/// part. NaN, infinities and signed zeros among the inputs follow IEEE 754 and C99; `where` takes its chosen branch only.
public struct MPFRReference: Sendable {
    /// The formula evaluated.
    public let formula: Formula
    /// The precision at which the search starts, in bits.
    public let startBits: Int
    /// The precision at which it ends even if results still change.
    public let maximumBits: Int
    private let constants: [UInt64: KnownConstants.Expansion]

    /// Prepares a formula.
    ///
    /// - Parameter readsKnownConstants: whether a literal that is the `Double` nearest to a number such as 1/√2 or π means
    ///   that number, as the policy at the top of `Rewrites.rules` has it.
    public init(
        _ formula: Formula, readsKnownConstants: Bool = false, startBits: Int = 256, maximumBits: Int = 4096
    ) {
        self.formula = formula
        self.startBits = startBits
        self.maximumBits = maximumBits
        constants = readsKnownConstants ? KnownConstants.all : [:]
    }

    /// What a formula's outputs are, and how far that is known.
    struct Evaluation {
        /// Each output.
        var values: [BigFloat]
        /// For each output, whether every comparison and every step to an integer on the way to it is decided: what is equal
        /// up to rounding, or a rounding away from an integer, may fall to either side.
        var isDecided: [Bool]
        /// Whether no step left even MPFR's range of exponents, about 2^±(2⁶²): what comes of such a step, as e^x does at
        /// 10¹⁹, may be 0 or infinite where the true value is neither.
        var isInRange: Bool
        /// The precision that it took, in bits.
        var bits: Int
    }

    /// Each output, computed again at doubled precision until 120 leading bits no longer change and nothing is undecided.
    ///
    /// - Parameters:
    ///   - variables: one number for each of the formula's variables.
    ///   - parameters: one for each parameter; their declared values where `nil`.
    public func values(_ variables: [Double], parameters: [Double]? = nil) -> [BigFloat] {
        evaluation(variables, parameters: parameters).values
    }

    /// Each output, as `values` has it, and how far it is known.
    func evaluation(_ variables: [Double], parameters: [Double]? = nil) -> Evaluation {
        mpfr_clear_flags()
        let inputs = variables.map { BigFloat($0, bits: 53) }
        var bits = startBits
        var previous = walk(inputs, parameters: parameters, bits: bits)
        while bits < maximumBits {
            bits *= 2
            let next = walk(inputs, parameters: parameters, bits: bits)
            // A zero may be what cancellation left, and an infinity its reciprocal or logarithm; Doubles differ by no more
            // than 2,100 places.
            let isSettled = zip(outputs(previous), outputs(next)).allSatisfy {
                $0.agrees(with: $1, bits: 120) && (!($1.isZero || $1.isInfinite) || bits > 2_100)
            }
            previous = next
            let isCertain = !next.hasRoundedZeros || bits > 2_100
            if isSettled, isCertain, !formula.outputs.contains(where: { next.isUndecided[$0.index] }) { break }
        }
        return Evaluation(
            values: outputs(previous), isDecided: formula.outputs.map { !previous.isUndecided[$0.index] },
            isInRange: mpfr_overflow_p() == 0 && mpfr_underflow_p() == 0, bits: bits)
    }

    private func outputs(_ walk: ReferenceWalk) -> [BigFloat] { formula.outputs.map { walk.values[$0.index] } }

    /// Output 0, as `values` has it.
    public func value(_ variables: [Double], parameters: [Double]? = nil) -> BigFloat {
        values(variables, parameters: parameters)[0]
    }

    /// Each output, with every operation rounded to so many bits.
    public func values(_ variables: [Double], parameters: [Double]? = nil, bits: Int) -> [BigFloat] {
        values(variables.map { BigFloat($0, bits: 53) }, parameters: parameters, bits: bits)
    }

    /// Each output for inputs that need not be of any machine type.
    public func values(_ variables: [BigFloat], parameters: [Double]? = nil, bits: Int) -> [BigFloat] {
        let results = nodeValues(variables, parameters: parameters, bits: bits)
        return formula.outputs.map { results[$0.index] }
    }

    /// The value of every node.
    func nodeValues(_ variables: [BigFloat], parameters: [Double]?, bits: Int) -> [BigFloat] {
        walk(variables, parameters: parameters, bits: bits).values
    }

    private func walk(_ variables: [BigFloat], parameters: [Double]?, bits: Int) -> ReferenceWalk {
        var walk = ReferenceWalk(bits: bits, capacity: formula.nodes.count)
        for node in formula.nodes {
            switch node {
            case .constant(let constant):
                if let expansion = constants[constant.value.bitPattern] {
                    walk.append(expansion(bits), isRounded: true)
                } else {
                    walk.append(BigFloat(constant.value, bits: 53), isRounded: false)
                }
            case .variable(let index): walk.append(variables[index], isRounded: false)
            case .parameter(let index):
                walk.append(BigFloat(parameters?[index] ?? formula.parameters[index].value, bits: 53), isRounded: false)
            case .unary, .binary, .ternary:
                guard let operation = node.operation else { continue }
                walk.append(operation, node.operands.map(\.index))
            }
        }
        return walk
    }
}
