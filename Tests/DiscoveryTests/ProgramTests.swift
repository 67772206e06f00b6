import Datasets
import Discovery
import Formulas
import Testing

@Suite("Programs: text, formulas, subtrees")
struct ProgramTests {
    private let primitives: PrimitiveSet

    init() throws { primitives = try PrimitiveSet.paper(variableCount: 28) }

    @Test("Random programs are whole trees within their depth, and print as gplearn's dialect reads them")
    func random() throws {
        let initialization = Initialization()
        for seed in 0..<200 {
            var random = RandomStream(seed: UInt64(seed))
            let program = initialization.program(primitives, random: &random)
            #expect(Program(nodes: program.nodes) == program)
            #expect((1...6).contains(program.depth), "seed \(seed)")
            #expect(program.nodes[0].arity > 0)
            let text = program.text(primitives, digits: nil)
            let read = try Formula(parsing: text, options: ParsingOptions(dialect: .gplearn))
            let written = program.formula(primitives)
            #expect(read.nodes.count == written.nodes.count, "seed \(seed)")
            #expect(read.text == written.text, "seed \(seed)")
        }
    }

    @Test("Variation gives whole trees; hoisting never lengthens; point mutation keeps the shape")
    func variation() {
        for seed in 0..<500 {
            var random = RandomStream(seed: UInt64(seed))
            let a = Initialization().program(primitives, random: &random)
            let b = Initialization().program(primitives, random: &random)
            let crossed = a.crossover(with: b, &random)
            let mutated = a.subtreeMutation(primitives, Initialization(), &random)
            let hoisted = a.hoistMutation(&random)
            let pointed = a.pointMutation(primitives, probability: 0.3, &random)
            for program in [crossed, mutated, hoisted, pointed] {
                #expect(Program(nodes: program.nodes) != nil, "seed \(seed)")
            }
            #expect(hoisted.length <= a.length)
            #expect(pointed.nodes.map(\.arity) == a.nodes.map(\.arity))
        }
    }

    @Test("A subtree is a function's nine times as often as a terminal's")
    func subtreeWeights() throws {
        let cos = ProgramNode.function(4, arity: 1)
        let add = ProgramNode.function(0, arity: 2)
        // add(cos(X0), X1): functions at 0 and 1, terminals at 2 and 3.
        let program = try #require(Program(nodes: [add, cos, .variable(0), .variable(1)]))
        var counts = [0, 0, 0, 0]
        var random = RandomStream(seed: 7)
        for _ in 0..<40_000 { counts[program.randomSubtree(&random).lowerBound] += 1 }
        // 0.45, 0.45, 0.05, 0.05; five standard deviations.
        for (count, share) in zip(counts, [0.45, 0.45, 0.05, 0.05]) {
            let deviation = (40_000 * share * (1 - share)).squareRoot()
            #expect(abs(Double(count) - 40_000 * share) < 5 * deviation)
        }
    }

    @Test("Text has gplearn's form")
    func text() throws {
        let nodes: [ProgramNode] = [
            .function(1, arity: 2), .function(4, arity: 1), .variable(25), .function(2, arity: 2), .constant(-0.25),
            .variable(3),
        ]
        let program = try #require(Program(nodes: nodes))
        #expect(program.text(primitives) == "sub(cos(X25), mul(-0.250, X3))")
        #expect(program.formula(primitives).text == "cos(X25) - -0.25*X3")
        #expect(program.depth == 2)
        #expect(program.functionCount == 3)
        #expect(Program(nodes: Array(nodes.dropLast())) == nil)
        #expect(Program(nodes: nodes + [.variable(0)]) == nil)
    }
}
