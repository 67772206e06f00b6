import Testing

@testable import Lanes

@Suite struct ExponentialTests {
    @Test(arguments: ExponentialFunctions.all)
    func floatErrorsStayWithinTheBound(_ item: ExponentialFunctions.Case) throws {
        let points = SweepPoints.floats(count: 20_000) + SweepPoints.around(Self.hardFloats)
        let worst = try item.function.worstError(at: points)
        #expect(worst.ulps <= item.floatBound, "\(worst)")
    }

    @Test(arguments: ExponentialFunctions.all)
    func doubleErrorsStayWithinTheBound(_ item: ExponentialFunctions.Case) throws {
        let points =
            SweepPoints.doubles(count: 2_000) + SweepPoints.doubles(count: 3_000, exponents: -60...11)
            + SweepPoints.even(item.range, count: 10_000, as: Double.self) + SweepPoints.around(Self.hardDoubles)
        let worst = try item.function.worstError(at: points)
        #expect(worst.ulps <= item.doubleBound, "\(worst)")
    }

    /// Where the functions change their behaviour: overflow, gradual underflow, saturation, poles, zeros.
    private static let hardFloats: [Float] = [
        88.72284, 88.37626, 88.02969, -87.33655, -103.2789, -103.97208, 104, -88.72284, 89, 17.328, 16.635532, -16.635532, 9.01,
        10,
        22, 0, 1, -1, 2, 0.5, 0.70710677, 1.4142135, 0.6666667, 1.3333334, -0.5, 0x1p-24, 0x1p-25, 0x1p-26, 0x1p-126, 0x1p-149,
        128, -126, -149, -150, 127, 0x1p127, .greatestFiniteMagnitude, 9.4, 10.2, 0.26, 0.173, 89.41598,
        89.5, -89.41598, 90, -2.3025851, 1.0986123,
    ]

    private static let hardDoubles: [Double] = [
        709.782712893384, 709.436139303, 710, -708.3964185322641, -744.4400719213812, -745.1332191019412, 746, 36.7368005696771,
        -37.43,
        18.71497, 20, 22, 0, 1, -1, 2, 0.5, 0.7071067811865476, 1.4142135623730951, -0.5, 0x1p-53, 0x1p-54, 0x1p-55, 0x1p-1022,
        0x1p-1074, 1024, -1022, -1074, -1075, 0x1p1023, .greatestFiniteMagnitude, 0.26, 26.6, 27.2,
        710.4758600739439, 710.7, 711,
    ]

    @Test func smallResultsAreSubnormalRatherThanZero() throws {
        let builder = LaneBuilder(precision: .float, streamCount: 1, uniformCount: 0)
        let x = builder.stream(0)
        let program = builder.program(
            outputs: [builder.exponential(x), builder.softplus(x), builder.sigmoid(x), builder.logisticDensity(x)].map(\.id))
        let interpreter = try LaneInterpreter<Float>(program)
        let subnormal = 27 * Float.leastNonzeroMagnitude  // 3.8e-44
        #expect(interpreter.run(streams: [-100]) == [subnormal, subnormal, subnormal, subnormal])
        #expect(interpreter.run(streams: [-104]) == [0, 0, 0, 0])
    }

    @Test(arguments: [Float(0.1), 0.3, 1, 2.5, 9, 30])
    func tanhIsOddToTheLastBit(_ x: Float) throws {
        let tanh = MeasuredFunction("tanh", "tanh(x)") { $0.hyperbolicTangent }
        let interpreter = try LaneInterpreter<Float>(tanh.program(.float))
        #expect(interpreter.run(streams: [x])[0] == -interpreter.run(streams: [-x])[0])
    }

    @Test func sigmoidOfBothSignsCostsOneDivisionAndOneChoiceMore() {
        let one = LaneBuilder(precision: .float, streamCount: 1, uniformCount: 0)
        let alone = one.program(outputs: [one.sigmoid(one.stream(0)).id])
        let both = LaneBuilder(precision: .float, streamCount: 1, uniformCount: 0)
        let x = both.stream(0)
        let pair = both.program(outputs: [both.sigmoid(x).id, both.sigmoid(-x).id])
        #expect(pair.instructions.count == alone.instructions.count + 1)
        #expect(pair.instructions.count { $0.operation == .divide } == 1)
    }
}
