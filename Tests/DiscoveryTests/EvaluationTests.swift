import Datasets
import Discovery
import Foundation
import Kernels
import Testing

@Suite("Evaluation of populations")
struct EvaluationTests {
    private let data: SearchData
    private let primitives: PrimitiveSet

    init() throws {
        let dataset = SyntheticData.physics.dataset(rowCount: 5_003, seed: 1)
        data = try SearchData.sample(dataset, fraction: 1, seed: 1)
        primitives = try PrimitiveSet.paper(variableCount: data.featureCount)
    }

    private func population(_ count: Int, seed: UInt64) -> [Program] {
        (0..<count).map { index in
            var random = RandomStream(seed: seed).stream(UInt64(index))
            return Initialization().program(primitives, random: &random)
        }
    }

    @Test("A loss is gplearn's: the mean of clipped log-losses of the sigmoid, program by program, in Double")
    func reference() throws {
        let evaluator = try PopulationEvaluator(primitives, data: data)
        let programs = population(60, seed: 3)
        let losses = try evaluator.fitness(of: programs)
        for (program, loss) in zip(programs, losses) {
            let kernel = try Kernel<Double>(program.formula(primitives), variants: [.forward])
            let scores = try kernel.forward(
                (0..<data.featureCount).map { column in data.feature(column).map(Double.init) })
            let terms = zip(scores, data.labels).map { score, label -> Double in
                let probability = 1 / (1 + exp(-score))
                let chosen = label == 1 ? probability : 1 - probability
                return -log(min(max(chosen, 1e-15), 1 - 1e-15))
            }
            let expected = terms.reduce(0, +) / Double(terms.count)
            #expect(abs(loss - expected) <= 2e-5 * max(1, expected), "\(program.text(primitives))")
        }
    }

    @Test("Losses have the same bits for any number of threads, in any company, and when asked for again")
    func bits() throws {
        let programs = population(200, seed: 4)
        let one = try PopulationEvaluator(primitives, data: data, threads: 1)
        let three = try PopulationEvaluator(primitives, data: data, threads: 3)
        let losses = try one.fitness(of: programs)
        #expect(try three.fitness(of: programs) == losses)
        let computed = one.statistics.computedLosses
        #expect(try one.fitness(of: programs.reversed()) == losses.reversed())
        #expect(one.statistics.computedLosses == computed)
        let alone = try PopulationEvaluator(primitives, data: data)
        for (program, loss) in zip(programs, losses).prefix(20) {
            #expect(try alone.fitness(of: [program]) == [loss])
        }
    }

    @Test("Equal expressions are computed once, operands of commutative functions in either order")
    func sharing() throws {
        let evaluator = try PopulationEvaluator(primitives, data: data)
        let (add, sub, cos) = (
            ProgramNode.function(0, arity: 2), ProgramNode.function(1, arity: 2), ProgramNode.function(4, arity: 1)
        )
        let x = ProgramNode.variable(0), y = ProgramNode.variable(1)
        let programs = try [[add, cos, x, y], [add, y, cos, x], [sub, cos, x, y], [cos, x], [x]].map {
            try #require(Program(nodes: $0))
        }
        let losses = try evaluator.fitness(of: programs)
        #expect(losses[0] == losses[1])
        // cos(X0), its sum and its difference with X1.
        #expect(evaluator.statistics.computedNodeEvaluations == 3 * data.rowCount)
        #expect(evaluator.statistics.nodeEvaluations == 7 * data.rowCount)
        #expect(evaluator.statistics.computedLosses == 4)
    }

    @Test("What overflows Float is judged in Double")
    func overflow() throws {
        let evaluator = try PopulationEvaluator(primitives, data: data)
        let (mul, cos) = (ProgramNode.function(2, arity: 2), ProgramNode.function(4, arity: 1))
        // cos(x^64): beyond Float's range wherever |x| is above 4, where cos(inf) would be NaN.
        var power = [ProgramNode.variable(0)]
        for _ in 0..<6 { power = [mul] + power + power }
        let program = try #require(Program(nodes: [cos] + [mul, .constant(1e30)] + power))
        let loss = try evaluator.fitness(of: [program])[0]
        #expect(loss.isFinite)
    }
}
