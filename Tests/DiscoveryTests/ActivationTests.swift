import Discovery
import Formulas
import Testing

@Suite("Formulas as activations")
struct ActivationTests {
    private func assess(_ text: String) throws -> ActivationAssessment {
        ActivationAssessment(try Formula(parsing: text))
    }

    @Test(
        "Activations in use, the paper's among them, can serve",
        arguments: [
            "relu(x)", "gelu(x)", "silu(x)", "tanh(x)", "cos(x) - cos(cos(x))", "x*cos(x)", "2*x^2 + x", "sigmoid(x)",
            "cos(X25) - cos(abs(cos(X25)))",
        ])
    func usable(text: String) throws {
        let assessment = try assess(text)
        #expect(assessment.isUsable, "\(text): \(assessment.reasons)")
        #expect(assessment.activation?.variables == ["x"])
    }

    @Test(
        "What cannot serve is told with the reason",
        arguments: [
            ("X1 - X2", "constant after collapse"), ("sin(X1)/sin(X2)", "constant after collapse"),
            ("0*X1 + cos(X1 - X2)", "constant"), ("exp(X1*X1)", "value 6.24e+27 at x"), ("1/X0", "no finite value"),
            ("X0*X1*X2*X3*X4*X5", "grows like x^6"), ("1e-9*X0", "almost constant"), ("0.002*X0", "vanishing gradient"),
            ("100*X0", "exploding gradient"), ("log(X0)", "no finite value"), ("max(X0 - 3, 0)*100", "no gradient on"),
            ("x - x - x", "straight line"), ("2*x + (2*x - x) - x", "straight line"), ("0.1 - 3*X4", "straight line"),
            ("X25 - X52 - X13", "straight line"), ("max(x, -7)", "straight line"),
            ("(x + 0.43)*x^2 - x", "grows like x^2.98"),
        ])
    func unusable(text: String, reason: String) throws {
        let assessment = try assess(text)
        #expect(!assessment.isUsable)
        #expect(assessment.reasons.contains { $0.contains(reason) }, "\(text): \(assessment.reasons)")
    }

    @Test(
        "What bends, little as it may, is no straight line",
        arguments: ["softplus(x)", "10*tanh(0.1*x)", "max(x, -2)", "x + 0.01*sin(x)"])
    func bent(text: String) throws {
        #expect(try assess(text).isUsable)
    }

    @Test("The best formula that can serve is the best one that bends")
    func bestUsable() throws {
        let primitives = try PrimitiveSet.paper(variableCount: 2)
        func program(_ nodes: [ProgramNode]) throws -> Program { try #require(Program(nodes: nodes)) }
        func index(_ name: String) throws -> Int16 {
            Int16(try #require(primitives.functions.firstIndex { $0.name == name }))
        }
        let line = try program([.function(try index("sub"), arity: 2), .variable(0), .constant(0.5)])
        let wave = try program([.function(try index("sin"), arity: 1), .variable(1)])
        let generation = Generation(number: 1, programs: [wave, line], fitness: [0.6, 0.5])
        let result = try #require(SearchResult(generation, primitives: primitives))
        #expect(result.best.program == "sub(X0, 0.500)")
        #expect(result.bestUsable?.program == "sin(X1)")
        #expect(result.unusable.map(\.program) == ["sub(X0, 0.500)"])
    }

    @Test("Slope and deviation over N(0, 1) are those known in closed form")
    func moments() throws {
        let identity = try assess("x")
        #expect(abs(identity.deviation - 1) < 1e-6 && abs(identity.slope - 1) < 1e-6)
        #expect(abs(identity.growthExponent - 1) < 1e-6)
        // E[(4x + 1)²] = 17, and the variance of 2x² + x is 8 + 1.
        let parabola = try assess("2*x^2 + x")
        #expect(abs(parabola.slope - 17.0.squareRoot()) < 1e-4 && abs(parabola.deviation - 3) < 1e-4)
        #expect(try assess("tanh(x)").growthExponent < 1e-6)
    }
}
