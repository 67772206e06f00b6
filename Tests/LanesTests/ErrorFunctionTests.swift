import Accuracy
import Formulas
import Testing

@testable import Lanes

/// A function of the error function's family with the largest error found in it, in ULP, by Float's sweeps and by Double's.
private struct ErrorFunctionCase: Sendable, CustomTestStringConvertible {
    let function: MeasuredFunction
    /// Where the function still changes, in Double.
    let range: ClosedRange<Double>
    let floatLimit: Double
    let doubleLimit: Double

    var testDescription: String { function.testDescription }

    static let all = [
        ErrorFunctionCase(
            function: MeasuredFunction("erf", "erf(x)") { $0.errorFunction },
            range: -6...6, floatLimit: 1.3, doubleLimit: 1.3),
        ErrorFunctionCase(
            function: MeasuredFunction("erfc", "erfc(x)") { $0.complementaryErrorFunction },
            range: -6...27.5, floatLimit: 1.8, doubleLimit: 1.9),
        ErrorFunctionCase(
            function: MeasuredFunction("normal_cdf", "normal_cdf(x)") { $0.normalDistribution },
            range: -39...8.5, floatLimit: 1.7, doubleLimit: 2),
    ]
}

@Suite struct ErrorFunctionTests {
    @Test(arguments: ErrorFunctionCase.all)
    private func floatsAllOver(_ it: ErrorFunctionCase) throws {
        let range = it.range.lowerBound / 2.5...it.range.upperBound / 2.5
        let points =
            SweepPoints.floats(count: 10_000) + SweepPoints.even(range, count: 8_000, as: Float.self)
            + SweepPoints.around([0.8125, 3.92, 9.19, 10.05, -5.5, -13, -14.17], steps: 200)
        let worst = try it.function.worstError(at: points)
        #expect(worst.ulps <= it.floatLimit, "\(worst)")
    }

    @Test(arguments: ErrorFunctionCase.all)
    private func doublesAllOver(_ it: ErrorFunctionCase) throws {
        let points =
            SweepPoints.doubles(count: 3_000, exponents: -60...5) + SweepPoints.doubles(count: 2_000)
            + SweepPoints.even(it.range, count: 5_000, as: Double.self)
            + SweepPoints.around([1, 5.92, 26.5, 27.22, -5.86, -8.29, -37.5, -38.4], steps: 100)
        let worst = try it.function.worstError(at: points)
        #expect(worst.ulps <= it.doubleLimit, "\(worst)")
    }

    @Test func specialValues() throws {
        // The functions in the order of `ErrorFunctionCase.all`.
        let table: [(x: Double, values: [Double])] = [
            (0, [0, 1, 0.5]), (-0.0, [-0.0, 1, 0.5]), (.infinity, [1, 0, 1]), (-.infinity, [-1, 2, 0]),
            (.nan, [.nan, .nan, .nan]), (1e30, [1, 0, 1]), (-1e30, [-1, 2, 0]), (40, [1, 0, 1]), (-40, [-1, 2, 0]),
            (0x1p-149, [0x1p-149, 1, 0.5]), (-0x1p-149, [-0x1p-149, 1, 0.5]),
        ]
        for (index, it) in ErrorFunctionCase.all.enumerated() {
            let float = try LaneInterpreter<Float>(it.function.program(.float))
            let double = try LaneInterpreter<Double>(it.function.program(.double))
            for (x, values) in table {
                let expected = values[index]
                if x.magnitude != 0x1p-149 {
                    let value = double.run(streams: [x])[0]
                    #expect(
                        value == expected && value.sign == expected.sign || value.isNaN && expected.isNaN,
                        "\(it.function.name)(\(x)) = \(value)")
                }
                let value = float.run(streams: [Float(x)])[0]
                #expect(
                    value == Float(expected) && value.sign == expected.sign || value.isNaN && expected.isNaN,
                    "\(it.function.name)(\(Float(x))) = \(value)")
            }
        }
    }

    /// gelu and its slope need one exponential between them.
    @Test func theSlopeOfTheDistributionSharesItsExponential() {
        let builder = LaneBuilder(precision: .float, streamCount: 1, uniformCount: 0)
        let x = builder.stream(0)
        let distribution = builder.normalDistribution(x)
        let alone = builder.program(outputs: [distribution.id]).instructions.count
        let both = builder.program(outputs: [distribution.id, builder.exponentialOfProduct(x, x * -0.5).id])
        #expect(both.instructions.count <= alone + 4)
    }
}
