import Accuracy
import Formulas
import Testing
import TestSupport

/// The yardstick itself: known values, roundings and units.
@Suite struct ReferenceTests {
    private func formula(_ operation: Operator) -> Formula {
        let names = ["a", "b", "c"].prefix(operation.arity)
        var builder = FormulaBuilder(variables: Array(names))
        let operands = names.indices.map { builder.variable($0) }
        let result = Node(operation, operands).map { builder.insert($0) } ?? NodeID(0)
        return builder.formula(outputs: [result])
    }

    struct Sample: Sendable {
        let operation: Operator
        let inputs: [Double]
        let value: Double

        init(_ operation: Operator, _ inputs: [Double], _ value: Double) {
            self.operation = operation
            self.inputs = inputs
            self.value = value
        }
    }

    /// Values to 17 digits, computed with mpmath at 50 digits; special cases from IEEE 754 and C99.
    static let samples: [Sample] = [
        Sample(.exp, [1.0], 2.718281828459045),
        Sample(.expm1, [1e-10], 1.00000000005e-10),
        Sample(.exp2, [0.5], 1.4142135623730951),
        Sample(.expProduct, [0.5, -2], 0.36787944117144233),
        Sample(.log, [2], 0.6931471805599453),
        Sample(.log1p, [1e-10], 9.999999999500001e-11),
        Sample(.log2, [8], 3),
        Sample(.log10, [1000], 3),
        Sample(.sin, [1e22], -0.8522008497671888),
        Sample(.cos, [1e22], 0.523214785395139),
        Sample(.tan, [1], 1.5574077246549023),
        Sample(.asin, [1], 1.5707963267948966),
        Sample(.acos, [-1], 3.141592653589793),
        Sample(.atan, [1], 0.7853981633974483),
        Sample(.atan2, [1, -1], 2.356194490192345),
        Sample(.sinh, [1], 1.1752011936438014),
        Sample(.cosh, [1], 1.5430806348152437),
        Sample(.tanh, [1], 0.7615941559557649),
        Sample(.erf, [0.5], 0.5204998778130465),
        Sample(.erfc, [5], 1.5374597944280349e-12),
        Sample(.normalCDF, [-5], 2.866515718791939e-07),
        Sample(.sigmoid, [-100], 3.720075976020836e-44),
        Sample(.sigmoid, [1], 0.7310585786300049),
        Sample(.softplus, [1e4], 1e4),
        Sample(.softplus, [-100], 3.720075976020836e-44),
        Sample(.logisticDensity, [2], 0.10499358540350652),
        Sample(.logisticDensity, [-100], 3.720075976020836e-44),
        Sample(.tanhSoftplus, [1], 0.8650983882673103),
        Sample(.tanhSoftplus, [1e5], 1),
        Sample(.hypot, [0x3p600, 0x4p600], 0x5p600),
        Sample(.cubeRoot, [-27], -3),
        Sample(.squareRoot, [2], 1.4142135623730951),
        Sample(.power, [-2, 3], -8),
        Sample(.power, [.nan, 0], 1),
        Sample(.round, [2.5], 3),
        Sample(.rint, [2.5], 2),
        Sample(.round, [-0.5], -1),
        Sample(.floor, [-0.5], -1),
        Sample(.ceil, [0.2], 1),
        Sample(.minimum, [1, 2], 1),
        Sample(.maximum, [.nan, 2], .nan),
        Sample(.minimum, [2, .nan], .nan),
        Sample(.select, [0, .nan, 4], 4),
        Sample(.select, [.nan, 3, 4], 3),
        Sample(.sign, [-3], -1),
        Sample(.less, [1, .nan], 0),
        Sample(.notEqual, [1, .nan], 1),
        Sample(.not, [0], 1),
        Sample(.and, [1, 0], 0),
        Sample(.or, [2, 0], 1),
        Sample(.absolute, [-2], 2),
        Sample(.divide, [1, 0], .infinity),
        Sample(.equal, [0, -0.0], 1),
        Sample(.lessOrEqual, [2, 2], 1),
        Sample(.add, [.infinity, -.infinity], .nan),
        Sample(.subtract, [1, 3], -2),
        Sample(.multiply, [0, .infinity], .nan),
        Sample(.negate, [2], -2),
    ]

    @Test(arguments: samples)
    func knownValues(_ sample: Sample) {
        let value = MPFRReference(formula(sample.operation)).value(sample.inputs).double
        #expect(value == sample.value || (value.isNaN && sample.value.isNaN))
    }

    @Test func everyOperatorHasAReference() {
        for operation in Operator.allCases {
            let value = MPFRReference(formula(operation)).value([0.25, 0.5, 0.75])
            #expect(!value.isNaN, "\(operation)")
        }
    }

    @Test func roundingToFloatHonoursSubnormals() {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<2_000 {
            let exponent = Int.random(in: -160...130, using: &generator)
            let double = Double(sign: .plus, exponent: exponent, significand: .random(in: 1..<2, using: &generator))
            #expect(BigFloat(double, bits: 200).float == Float(double))
        }
    }

    @Test func unitsInTheLastPlace() {
        let reference = BigFloat(1 + 0x1p-30, bits: 100)
        #expect(ulpError(of: Float(1), from: reference) == 0x1p-7)
        #expect(ulpError(of: Float(1).nextUp, from: reference) == 1 - 0x1p-7)
        #expect(ulpError(of: 1.0, from: reference) == 0x1p22)
        let tiny = BigFloat(0x1p-150, bits: 100)
        #expect(ulpError(of: Float(0), from: tiny) == 0.5)
        #expect(ulpError(of: Float.leastNonzeroMagnitude, from: tiny) == 0.5)
        let huge = BigFloat(0x1.fffffep127, bits: 100)
        #expect(ulpError(of: Float.infinity, from: huge) == 1)
        #expect(ulpError(of: Float.infinity, from: BigFloat(1e300, bits: 100)) == 0)
        #expect(ulpError(of: Float.greatestFiniteMagnitude, from: BigFloat(.infinity, bits: 100)) == .infinity)
        #expect(ulpError(of: Float.nan, from: huge) == .infinity)
        #expect(ulpError(of: Float.nan, from: BigFloat(.nan, bits: 100)) == 0)
        #expect(ulpError(of: -0.0, from: BigFloat(0, bits: 100)) == 0)
    }

    @Test func precisionRisesUntilCancellationIsOvercome() {
        var builder = FormulaBuilder(variables: ["x"])
        let x = builder.variable(0)
        let one = builder.constant(1)
        // (1 + x) − 1 at x = 2⁻¹⁰⁰⁰ needs a thousand bits.
        let sum = builder.binary(.subtract, builder.binary(.add, one, x), one)
        #expect(MPFRReference(builder.formula(outputs: [sum])).value([0x1p-1000]).double == 0x1p-1000)
    }

    @Test func roundedStepsAreTheMachines() {
        var builder = FormulaBuilder(variables: ["x", "y"])
        let x = builder.variable(0)
        let y = builder.variable(1)
        let root = builder.unary(.squareRoot, builder.binary(.divide, x, y))
        let formula = builder.formula(outputs: [root])
        var generator = SplitMix64(seed: 2)
        for _ in 0..<500 {
            let a = Float.random(in: 0...1e30, using: &generator)
            let b = Float.random(in: 0...1e-30, using: &generator)
            #expect(RoundedReference<Float>(formula).value([Double(a), Double(b)]) == (a / b).squareRoot())
        }
    }
}
