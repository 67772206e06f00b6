import Datasets
import Discovery
import Foundation

/// Small changes of programs that are good already: genetic operators replace whole parts, these turn the screws.
struct ActivationRefinement {
    private let primitives: PrimitiveSet
    private let multiply: Int16
    private let add: Int16

    /// - Returns: `nil` for primitives without `add` and `mul`.
    init?(_ primitives: PrimitiveSet) {
        guard let multiply = primitives.functions.firstIndex(where: { $0.name == "mul" }),
            let add = primitives.functions.firstIndex(where: { $0.name == "add" })
        else { return nil }
        self.primitives = primitives
        self.multiply = Int16(multiply)
        self.add = Int16(add)
    }

    /// A variant of a program. Either all its constants change; or one part of it gets a factor, or a summand; or a
    /// multiple of another program, or of a new small one, is added to it.
    func variant(of program: Program, mixing other: Program, _ random: inout RandomStream) -> Program {
        let nodes: [ProgramNode]
        let hasConstants = program.nodes.contains { if case .constant = $0 { true } else { false } }
        switch random.integer(below: hasConstants ? 8 : 4) {
        case 0: nodes = scaledPart(program, &random)
        case 1: nodes = shiftedPart(program, &random)
        case 2: nodes = sum(program, other.nodes, &random)
        case 3:
            let new = Initialization(depths: 1...2).program(primitives, random: &random)
            nodes = sum(program, new.nodes, &random)
        default: nodes = changedConstants(program, &random)
        }
        return Program(nodes: nodes) ?? program
    }

    private func changedConstants(_ program: Program, _ random: inout RandomStream) -> [ProgramNode] {
        // Large steps leave what is good, small ones never arrive: both are tried.
        let step = pow(0.5, Double(random.integer(below: 4)))
        return program.nodes.map { node in
            guard case .constant(let value) = node else { return node }
            // The summand lets a constant near 0 change its sign.
            return .constant(value * Self.factor(&random, step: step) + 0.1 * step * random.approximatelyNormal())
        }
    }

    /// mul(factor, part) for one node's subtree.
    private func scaledPart(_ program: Program, _ random: inout RandomStream) -> [ProgramNode] {
        let part = program.subtree(at: random.integer(below: program.length))
        return program.nodes[..<part.lowerBound] + product(program.nodes[part], &random) + program.nodes[part.upperBound...]
    }

    /// add(summand, part) for one node's subtree.
    private func shiftedPart(_ program: Program, _ random: inout RandomStream) -> [ProgramNode] {
        let part = program.subtree(at: random.integer(below: program.length))
        let summand = ProgramNode.constant(0.7 * random.approximatelyNormal())
        return program.nodes[..<part.lowerBound] + [.function(add, arity: 2), summand] + program.nodes[part.lowerBound...]
    }

    /// add(program, mul(factor, other)).
    private func sum(_ program: Program, _ other: [ProgramNode], _ random: inout RandomStream) -> [ProgramNode] {
        [.function(add, arity: 2)] + program.nodes + product(other[...], &random)
    }

    private func product(_ part: ArraySlice<ProgramNode>, _ random: inout RandomStream) -> [ProgramNode] {
        [.function(multiply, arity: 2), .constant(Self.factor(&random))] + part
    }

    /// A positive number about 1: e to the power of a normal number of deviation 0.4, times the step.
    private static func factor(_ random: inout RandomStream, step: Double = 1) -> Double {
        exp(0.4 * step * random.approximatelyNormal())
    }
}
