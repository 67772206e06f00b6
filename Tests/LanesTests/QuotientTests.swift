import Formulas
import Testing

@testable import Lanes

/// Division by a literal, which is done by multiplications.
@Suite struct QuotientTests {
    private func quotients(by divisor: Float, of points: [Float]) throws -> [Float] {
        let builder = LaneBuilder(precision: .float, streamCount: 1, uniformCount: 0)
        let program = builder.program(outputs: [builder.quotient(builder.stream(0), builder.number(Double(divisor))).id])
        let interpreter = try LaneInterpreter<Float>(program)
        return points.map { interpreter.run(streams: [$0])[0] }
    }

    @Test(arguments: [3, 6, 7, 27, 0.1, -1.7, 0.693_147_2, 1e-20, -3e29, 8] as [Float])
    func isRoundedOnce(_ divisor: Float) throws {
        let points = SweepPoints.floats(count: 50_000).map { $0[0] }
        for (x, quotient) in zip(points, try quotients(by: divisor, of: points)) {
            let exact = Double(x) / Double(divisor)
            guard exact.magnitude <= Double(Float.greatestFiniteMagnitude) else {
                #expect(quotient == Float(exact) || quotient.isNaN && exact.isNaN, "\(x)/\(divisor) = \(quotient)")
                continue
            }
            let unit = Double(max(Float(exact).ulp, Float.leastNonzeroMagnitude))
            let limit = exact.magnitude >= 0x1p-100 ? 0.501 : 1
            #expect((Double(quotient) - exact).magnitude <= limit * unit, "\(x)/\(divisor) = \(quotient)")
        }
    }

    @Test(arguments: [3, -3, 8] as [Float])
    func keepsInfinitiesAndSignsOfZero(_ divisor: Float) throws {
        let points: [Float] = [.infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        for (x, quotient) in zip(points, try quotients(by: divisor, of: points)) {
            #expect(quotient.bitPattern == (x / divisor).bitPattern, "\(x)/\(divisor) = \(quotient)")
        }
        #expect(try quotients(by: divisor, of: [.nan])[0].isNaN)
    }

    @Test func literalsAndLargeDivisorsAreDivided() {
        let builder = LaneBuilder(precision: .float, streamCount: 1, uniformCount: 0)
        #expect(builder.literalValue(builder.quotient(builder.number(1), builder.number(3))) == Double(Float(1) / 3))
        let far = builder.program(outputs: [builder.quotient(builder.stream(0), builder.number(0x1p120)).id])
        #expect(far.instructions.map(\.operation) == [.stream, .number, .divide])
    }
}
