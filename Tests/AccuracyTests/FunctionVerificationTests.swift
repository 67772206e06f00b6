import Formulas
import Kernels
import Lanes
import Testing

@testable import Accuracy

@Suite struct FunctionVerificationTests {
    /// Every function over a thinned sweep of all floats: what `formulac verify` does with every float.
    @Test(arguments: ElementaryFunction.all, MathMode.allCases)
    func floatsKeepThePromise(_ function: ElementaryFunction, _ math: MathMode) throws {
        let verification = try FunctionVerification<Float>(function, options: KernelOptions(math: math))
        let tally =
            function.operandCount == 1
            ? try verification.run(FloatSweep(stride: 65_537), threads: 2)
            : try verification.run(CrowdedPoints<Float>(function, count: 60_000), threads: 2)
        #expect(tally.points >= 60_000)
        #expect(tally.worstUlps <= math.promisedUlps, "\(function.name): \(String(describing: tally.worst))")
        #expect(tally.wrongSpecials == 0, "\(function.name): \(tally.examples)")
    }

    @Test(arguments: ElementaryFunction.all, MathMode.allCases)
    func doublesKeepThePromise(_ function: ElementaryFunction, _ math: MathMode) throws {
        let points = CrowdedPoints<Double>(function, count: 40_000)
        let tally = try FunctionVerification<Double>(function, options: KernelOptions(math: math)).run(points, threads: 2)
        #expect(tally.points == 40_000)
        #expect(tally.worstUlps <= math.promisedUlps, "\(function.name): \(String(describing: tally.worst))")
        #expect(tally.wrongSpecials == 0, "\(function.name): \(tally.examples)")
    }

    /// The screen is what is relied on to pass a value over, so its error must stay well inside of the margin.
    @Test(arguments: ElementaryFunction.all)
    func theScreenIsWithinAQuarterOfItsMargin(_ function: ElementaryFunction) throws {
        try checkScreen(function, as: Float.self)
        if Double.screeningMargin.isFinite { try checkScreen(function, as: Double.self) }
    }

    private func checkScreen<Value: MeasuredFloat>(_ function: ElementaryFunction, as type: Value.Type) throws {
        let screen = try #require(Value.Wide.function(function.operation))
        let columns = CrowdedPoints<Value>(function, count: 4000).columns(ofChunk: 0)
        for index in columns[0].indices {
            let point = columns.map { $0[index] }
            let exact = BigFloat.apply(function.operation, point.map { BigFloat($0.asDouble, bits: 53) }, bits: 160)
            let rounded = Value.rounding(exact)
            let wide = screen(point[0].widened, (point.last ?? point[0]).widened)
            let (fromExact, fromWide) = (Deviation(of: rounded, from: exact), Deviation(of: rounded, fromWide: wide))
            #expect(fromExact.isWrongSpecial == fromWide.isWrongSpecial, "\(function.name)\(point): \(wide) for \(exact)")
            let difference = abs(fromExact.ulps - fromWide.ulps)
            #expect(difference <= Value.screeningMargin / 4, "\(function.name)\(point): \(wide) for \(exact)")
        }
    }

    @Test func theFastModeIsShorterAndTheDefaultIsNot() throws {
        let shorter = ElementaryFunction.all.filter { function in
            Precision.allCases.contains { precision in
                let accurate = LaneProgram(expanding: function.formula, precision: precision)
                let fast = LaneProgram(expanding: function.formula, precision: precision, math: .fast)
                #expect(fast.instructions.count <= accurate.instructions.count, "\(function.name)")
                return fast.instructions.count < accurate.instructions.count
            }
        }
        #expect(shorter.count >= 20, "\(shorter.map(\.name))")
    }

    /// Where `verify` once found more than 2 ULP.
    @Test(arguments: [
        ("tan", Float(43562.895)), ("erfc", 1.3247582), ("erfc", 3.5734375), ("erfc", 3.9420526), ("normal_cdf", -9.080911),
    ])
    func whatWasFoundStaysMended(_ name: String, _ x: Float) throws {
        let function = try #require(ElementaryFunction(named: name))
        let kernel = try Kernel<Float>(function.formula, variants: [.forward])
        let near = [x, x.nextUp, x.nextDown]
        for (x, value) in zip(near, try kernel.forward([near])) {
            let exact = BigFloat.apply(function.operation, [BigFloat(Double(x), bits: 53)], bits: 160)
            #expect(Deviation(of: value, from: exact).ulps <= 2, "\(name)(\(x))")
        }
    }

    @Test func neitherThreadsNorChunksChangeTheFindings() throws {
        let function = try #require(ElementaryFunction(named: "tanh"))
        let verification = try FunctionVerification<Float>(function)
        let one = try verification.run(FloatSweep(stride: 40_009), threads: 1)
        let three = try verification.run(FloatSweep(stride: 40_009), threads: 3)
        #expect(one.points == three.points && one.worst?.point == three.worst?.point && one.worstUlps == three.worstUlps)
        #expect(
            one.worst.map {
                Deviation(of: $0.computed, from: BigFloat.apply(.tanh, [BigFloat(Double($0.point[0]), bits: 24)], bits: 200)).ulps
            }
                == one.worstUlps)
    }

    @Test func theSweepVisitsEveryFloatOnce() {
        let sweep = FloatSweep(stride: 1)
        #expect(sweep.count == 1 << 32)
        #expect(sweep.columns(ofChunk: 0)[0][1] == Float.leastNonzeroMagnitude)
        let last = sweep.columns(ofChunk: sweep.chunkCount - 1)[0]
        #expect(last.last?.bitPattern == .max)
        let first = sweep.columns(ofChunk: 1)[0][0].bitPattern
        #expect(sweep.columns(ofChunk: 0)[0].last?.bitPattern == first - 1)
        let thinned = FloatSweep(stride: 1 << 20)
        #expect(thinned.count == 4096 && thinned.columns(ofChunk: 0)[0][1].bitPattern == 1 << 20)
    }

    @Test func aStopLeavesWhatWasDone() throws {
        let function = try #require(ElementaryFunction(named: "exp"))
        let tally = try FunctionVerification<Float>(function).run(FloatSweep(stride: 4099), shouldStop: { true })
        #expect(tally.points == 0 && tally.worst == nil)
    }

    @Test func namesStandForFunctions() {
        #expect(ElementaryFunction(named: "pow")?.operation == .power)
        #expect(ElementaryFunction(named: "arcsin")?.operation == .asin)
        #expect(ElementaryFunction(named: "atan2")?.operandCount == 2)
        for other in ["gelu", "x", "min", "sinus", "", "x*cos", "where"] { #expect(ElementaryFunction(named: other) == nil) }
        #expect(Set(ElementaryFunction.all.map(\.name)).count == ElementaryFunction.all.count)
        for function in ElementaryFunction.all { #expect(ElementaryFunction(named: function.name) == function) }
    }

    @Test func pointsCrowdAroundWhatIsHard() throws {
        let sine = try #require(ElementaryFunction(named: "sin"))
        let columns = CrowdedPoints<Double>(sine, count: 40_000).columns(ofChunk: 1)
        // Far from 0, a random double is within 1e-9 of a multiple of π/2 once in a billion times.
        let near = columns[0].count { abs($0) > 100 && abs($0) < 1e6 && abs(remainder($0, .pi / 2)) < 1e-9 }
        #expect(near > 100)
    }

    private func remainder(_ x: Double, _ y: Double) -> Double { x.remainder(dividingBy: y) }
}

extension ElementaryFunction: CustomTestStringConvertible {
    public var testDescription: String { name }
}
