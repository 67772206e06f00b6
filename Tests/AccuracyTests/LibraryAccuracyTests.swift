import Formulas
import Kernels
import Lanes
import Testing

@testable import Accuracy

/// Functions of the language whose plain definitions cancel somewhere: their kernels, against those definitions with as many
/// digits as it takes.
@Suite struct LibraryAccuracyTests {
    private struct Sample: CustomTestStringConvertible {
        let text: String
        let plain: String
        /// Points are this far from it, of all sizes, or as far from its negative.
        let center: Double
        let isEven: Bool
        var testDescription: String { "\(text) near \(center)" }

        init(_ text: String, _ plain: String, near center: Double, alsoNegative isEven: Bool = true) {
            (self.text, self.plain, self.center, self.isEven) = (text, plain, center, isEven)
        }
    }

    private static let samples = [
        Sample("sinc(x)", "sin(x)/x", near: 0), Sample("tanh_shrink(x)", "x - tanh(x)", near: 0),
        Sample("squareplus(x)", "(x + sqrt(x^2 + 4))/2", near: 0), Sample("squareplus(x)", "(x + sqrt(x^2 + 4))/2", near: 1e5),
        Sample("squareplus(x, 0.5)", "(x + sqrt(x^2 + 0.5))/2", near: 30),
        Sample("acoth(x)", "log((x + 1)/(x - 1))/2", near: 1), Sample("acoth(x)", "log((x + 1)/(x - 1))/2", near: 1e6),
        Sample("asec(x)", "acos(1/x)", near: 1), Sample("asec(x)", "acos(1/x)", near: 7),
        Sample("acsc(x)", "asin(1/x)", near: 1), Sample("acsc(x)", "asin(1/x)", near: 1e6),
        Sample("acot(x)", "atan(1/x)", near: 0), Sample("acot(x)", "atan(1/x)", near: 50),
        Sample("asech(x)", "log(1/x + sqrt(1/x - 1)*sqrt(1/x + 1))", near: 1, alsoNegative: false),
        Sample("asech(x)", "log(1/x + sqrt(1/x - 1)*sqrt(1/x + 1))", near: 0, alsoNegative: false),
        Sample("logit(x)", "log(x/(1 - x))", near: 0.5, alsoNegative: false),
    ]

    @Test(arguments: samples)
    private func valuesAndSlopesKeepTheirDigits(_ sample: Sample) throws {
        try check(sample, as: Float.self)
        try check(sample, as: Double.self)
    }

    private func check<Value: MeasuredFloat>(_ sample: Sample, as type: Value.Type) throws {
        let kernel = try Kernel<Value>(Formula(parsing: sample.text), variants: [.valueAndGradient])
        let function = try #require(kernel.function(.valueAndGradient))
        let plain = try Formula(parsing: sample.plain).valueAndGradient(withRespectTo: [.variable(0)])
        let reference = MPFRReference(plain, startBits: 512)
        var generator = SplitMix64(seed: 7)
        let least = Value.precision == .float ? -23 : -52
        let points = (0..<400).map { index -> Value in
            let scale = sample.center == 0 ? 1 : sample.center
            // Past 1 the derivative of sinc has zeros.
            let distance =
                Double.random(in: 0.5...1, using: &generator)
                * Double(sign: .plus, exponent: index % (-least) + least, significand: scale)
            let x = sample.center + (index % 2 == 0 ? distance : -distance)
            return Value(sample.isEven && index % 4 > 1 ? -x : x)
        }
        let results = try function([points])
        var compared = 0
        for (index, x) in points.enumerated() {
            for (output, exact) in reference.values([x.asDouble]).enumerated() where !exact.isNaN && !exact.isInfinite {
                compared += 1
                let error = Deviation(of: results[output][index], from: exact).ulps
                #expect(error <= 8, "output \(output) at \(x) in \(type): \(results[output][index]), not \(exact)")
            }
        }
        #expect(compared >= 300)
    }

    @Test func endsAndSignsAreKept() throws {
        let inputs: [Double] = [0, -0.0, 1, -1, .infinity, -.infinity, .nan, 0.5, -0.5, 2]
        let nan = Double.nan
        let expected: [(text: String, values: [Double])] = [
            ("tanh_shrink(x)", [0, -0.0, 0.23840584404423512, -0.23840584404423512, .infinity, -.infinity, nan]),
            ("sinc(x)", [1, 1, 0.8414709848078965, 0.8414709848078965, nan, nan, nan]),
            ("squareplus(x)", [1, 1, 1.618033988749895, 0.6180339887498949, .infinity, 0, nan]),
            ("asec(x)", [nan, nan, 0, .pi, .pi / 2, .pi / 2, nan, nan, nan]),
            ("acsc(x)", [nan, nan, .pi / 2, -.pi / 2, 0, -0.0, nan, nan, nan]),
            ("acot(x)", [.pi / 2, -.pi / 2, .pi / 4, -.pi / 4, 0, -0.0, nan]),
            ("asech(x)", [.infinity, .infinity, 0, nan, nan, nan, nan, 1.3169578969248166, nan, nan]),
            ("acoth(x)", [nan, nan, .infinity, -.infinity, 0, -0.0, nan, nan, nan, 0.5493061443340548]),
            ("logit(x)", [-.infinity, -.infinity, .infinity, nan, nan, nan, nan, 0, nan, nan]),
        ]
        for (text, values) in expected {
            let kernel = try Kernel<Double>(Formula(parsing: text), variants: [.forward])
            for (x, (value, wanted)) in zip(inputs, zip(try kernel.forward([inputs]), values)) {
                let isRight = wanted.isNaN ? value.isNaN : value == wanted || abs(value - wanted) <= 2 * wanted.ulp
                #expect(isRight && (wanted != 0 || value.sign == wanted.sign), "\(text) at \(x): \(value), not \(wanted)")
            }
        }
    }

    /// Below 0 a power has values at whole exponents alone, and so have its slopes: with b - 1 rounded they would have others.
    @Test func slopesOfPowersBelowZero() throws {
        let formula = try Formula(parsing: "x^y", options: ParsingOptions(names: .any))
        let kernel = try Kernel<Double>(formula, variants: [.valueAndGradient])
        let function = try #require(kernel.function(.valueAndGradient))
        let results = try function([[-0.5, -1, -1, -2, 2, 0], [1e-20, 0x1p60, -0x1p60, 3, 1e-20, 2]])
        let slopes = results[1]
        #expect(slopes[0].isNaN && results[0][0].isNaN)
        #expect(slopes[1] == -0x1p60 && slopes[2] == 0x1p60 && slopes[3] == 12 && slopes[4] == 5e-21 && slopes[5] == 0)
    }
}
