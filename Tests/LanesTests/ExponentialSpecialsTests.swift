import Formulas
import Testing

@testable import Lanes

/// What C99 (Annex F.9) asks for at zeros, infinities and NaN; sigmoid and softplus have their limits there.
@Suite struct ExponentialSpecialsTests {
    struct Special: Sendable, CustomTestStringConvertible {
        let name: String
        let function: @Sendable (LaneBuilder, LaneNumber) -> LaneNumber
        /// The values at the `arguments`; NaN gives NaN everywhere.
        let values: [Double]

        init(_ name: String, _ values: [Double], _ function: @escaping @Sendable (LaneBuilder, LaneNumber) -> LaneNumber) {
            self.name = name
            self.function = function
            self.values = values
        }

        var testDescription: String { name }
    }

    static let arguments: [Double] = [0, -0.0, .infinity, -.infinity]

    static let specials: [Special] = [
        Special("exp", [1, 1, .infinity, 0]) { $0.exponential($1) },
        Special("expm1", [0, -0.0, .infinity, -1]) { $0.exponentialMinusOne($1) },
        Special("exp2", [1, 1, .infinity, 0]) { $0.exponentialBase2($1) },
        Special("exp_product with 1", [1, 1, .infinity, 0]) { $0.exponentialOfProduct($1, $0.number(1)) },
        Special("exp_product with 0", [1, 1, .nan, .nan]) { $0.exponentialOfProduct($1, $0.number(0)) },
        Special("log", [-.infinity, -.infinity, .infinity, .nan]) { $0.logarithm($1) },
        Special("log1p", [0, -0.0, .infinity, .nan]) { $0.logarithmOnePlus($1) },
        Special("log1p(x - 1)", [-.infinity, -.infinity, .infinity, .nan]) { $0.logarithmOnePlus($1 - 1) },
        Special("log2", [-.infinity, -.infinity, .infinity, .nan]) { $0.logarithmBase2($1) },
        Special("log10", [-.infinity, -.infinity, .infinity, .nan]) { $0.logarithmBase10($1) },
        Special("log(x - 1)", [.nan, .nan, .infinity, .nan]) { $0.logarithm($1 - 1) },
        Special("log(x + 1)", [0, 0, .infinity, .nan]) { $0.logarithm($1 + 1) },
        Special("sinh", [0, -0.0, .infinity, -.infinity]) { $0.hyperbolicSine($1) },
        Special("cosh", [1, 1, .infinity, .infinity]) { $0.hyperbolicCosine($1) },
        Special("tanh", [0, -0.0, 1, -1]) { $0.hyperbolicTangent($1) },
        Special("sigmoid", [0.5, 0.5, 1, 0]) { $0.sigmoid($1) },
        Special("sigmoid(-x)", [0.5, 0.5, 0, 1]) { $0.sigmoid(-$1) },
        Special("logistic density", [0.25, 0.25, 0, 0]) { $0.logisticDensity($1) },
        Special("softplus", [0.6931471805599453, 0.6931471805599453, .infinity, 0]) { $0.softplus($1) },
        Special("tanh of softplus", [0.6, 0.6, 1, 0]) { $0.hyperbolicTangentOfSoftplus($1) },
    ]

    @Test(arguments: specials) func float(_ special: Special) throws { try check(special, as: Float.self) }
    @Test(arguments: specials) func double(_ special: Special) throws { try check(special, as: Double.self) }

    private func check<Value: LaneFloat>(_ special: Special, as type: Value.Type) throws {
        let builder = LaneBuilder(precision: Value.precision, streamCount: 1, uniformCount: 0)
        let program = builder.program(outputs: [special.function(builder, builder.stream(0)).id])
        let interpreter = try LaneInterpreter<Value>(program)
        for (argument, expected) in zip(Self.arguments, special.values) {
            let value = interpreter.run(streams: [Value(argument)])[0]
            let wanted = Value(expected)
            #expect(value == wanted || value.isNaN && wanted.isNaN, "\(special.name)(\(argument)) is \(value)")
            if wanted == 0 { #expect(value.sign == wanted.sign, "\(special.name)(\(argument)) is \(value)") }
        }
        // Payloads reach the bits that exponents are made of.
        let payloads: [Value.Bits] = [Value.nan.laneBits, Value.nan.laneBits | 0x12345, (-Value.nan).laneBits | 0x1ff]
        for bits in payloads { #expect(interpreter.run(streams: [Value(laneBits: bits)])[0].isNaN) }
    }
}
