import Formulas
import Lanes
import Testing

@Suite("Expansion of formulas into lane programs")
struct ExpansionTests {
    /// Evaluates one operation through its expansion.
    private func apply(_ operation: Operator, _ operands: Float...) throws -> Float {
        let names = ["x", "y", "z"].prefix(operands.count)
        var builder = FormulaBuilder(variables: Array(names))
        let inputs = operands.indices.map { builder.variable($0) }
        let node = try #require(Node(operation, inputs))
        let output = builder.insert(node)
        let formula = builder.formula(outputs: [output])
        let program = LaneProgram(expanding: formula, precision: .float)
        return try LaneInterpreter<Float>(program).run(streams: operands)[0]
    }

    @Test("Comparisons give 1 or 0, and are false on NaN but for not_equal")
    func comparisons() throws {
        #expect(try apply(.less, 1, 2) == 1)
        #expect(try apply(.less, 2, 2) == 0)
        #expect(try apply(.lessOrEqual, 2, 2) == 1)
        #expect(try apply(.equal, 0, -0.0) == 1)
        #expect(try apply(.less, .nan, 2) == 0)
        #expect(try apply(.equal, .nan, .nan) == 0)
        #expect(try apply(.notEqual, .nan, .nan) == 1)
    }

    @Test("Any number but 0 is true, NaN too")
    func truth() throws {
        #expect(try apply(.not, 0) == 1)
        #expect(try apply(.not, -0.0) == 1)
        #expect(try apply(.not, 0.5) == 0)
        #expect(try apply(.not, .nan) == 0)
        #expect(try apply(.and, 2, .nan) == 1)
        #expect(try apply(.and, 2, 0) == 0)
        #expect(try apply(.or, 0, -3) == 1)
        #expect(try apply(.select, 1, 7, .nan) == 7)
        #expect(try apply(.select, 0, .infinity, 8) == 8)
    }

    @Test("Extremes give NaN when either operand is NaN")
    func extremes() throws {
        for (x, y) in [(Float.nan, Float(1)), (1, .nan), (.nan, .nan), (.infinity, .nan)] {
            #expect(try apply(.maximum, x, y).isNaN)
            #expect(try apply(.minimum, x, y).isNaN)
        }
        #expect(try apply(.maximum, -1, 2) == 2)
        #expect(try apply(.minimum, -1, .infinity) == -1)
    }

    @Test("An extreme with a literal is one instruction and passes NaN through")
    func literalExtreme() throws {
        var builder = FormulaBuilder(variables: ["x"])
        let relu = builder.binary(.maximum, builder.variable(0), builder.constant(0))
        let program = LaneProgram(expanding: builder.formula(outputs: [relu]), precision: .float)
        #expect(program.instructions.map(\.operation) == [.stream, .number, .maximum])
        #expect(try LaneInterpreter<Float>(program).run(streams: [.nan])[0].isNaN)
    }

    @Test(
        "Rounding agrees with C99 at halves, zeros, huge numbers and infinities",
        arguments: [
            0, -0.0, 0.25, -0.25, 0.5, -0.5, 0.75, 1, 1.5, -1.5, 2.5, -2.5, 3.4999998, 0.49999997, 8_388_607.5,
            -8_388_607.5, 8_388_609, 1e20, -1e20, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .infinity, -.infinity,
        ] as [Float])
    func rounding(x: Float) throws {
        #expect(try apply(.floor, x).bitPattern == x.rounded(.down).bitPattern)
        #expect(try apply(.ceil, x).bitPattern == x.rounded(.up).bitPattern)
        #expect(try apply(.round, x).bitPattern == x.rounded(.toNearestOrAwayFromZero).bitPattern)
        #expect(try apply(.rint, x).bitPattern == x.rounded(.toNearestOrEven).bitPattern)
    }

    @Test("The sign of NaN is NaN and of a zero that zero")
    func sign() throws {
        #expect(try apply(.sign, -3) == -1)
        #expect(try apply(.sign, .leastNonzeroMagnitude) == 1)
        #expect(try apply(.sign, -0.0).bitPattern == (-0.0 as Float).bitPattern)
        #expect(try apply(.sign, .nan).isNaN)
        for operation in [Operator.floor, .ceil, .round, .rint] { #expect(try apply(operation, .nan).isNaN) }
    }

    @Test("Equal work is done once, across outputs too")
    func sharing() throws {
        var builder = FormulaBuilder(variables: ["x"])
        let x = builder.variable(0)
        let square = builder.binary(.multiply, x, x)
        let outputs = [builder.binary(.add, square, x), builder.binary(.subtract, square, x)]
        let formula = builder.formula(outputs: outputs)
        let program = LaneProgram(expanding: formula, precision: .double)
        #expect(program.instructions.map(\.operation) == [.stream, .multiply, .add, .subtract])
    }

    @Test("Sine and cosine of one angle share its reduction")
    func sineWithCosine() throws {
        func count(_ text: String) throws -> Int {
            LaneProgram(expanding: try Formula(parsing: text), precision: .float).instructions.count
        }
        #expect(try count("sin(x)*cos(x)") < count("sin(x)") + count("cos(x)") - 10)
    }

    @Test("tanh and its slope take one division")
    func tanhWithSlope() throws {
        let both = try Formula(parsing: "tanh(x)").valueAndGradient(withRespectTo: [.variable(0)]).simplified()
        let program = LaneProgram(expanding: both, precision: .float)
        #expect(program.instructions.count { $0.operation == .divide } == 1)
    }
}
