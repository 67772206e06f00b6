import Datasets

extension Program {
    /// Subtree mutation: crossover with a new random program ("headless chicken").
    public func subtreeMutation(
        _ primitives: PrimitiveSet, _ initialization: Initialization, _ random: inout RandomStream
    ) -> Program {
        crossover(with: initialization.program(primitives, random: &random), &random)
    }

    /// Hoist mutation: a random subtree replaced by a random subtree of itself, which makes the program smaller.
    public func hoistMutation(_ random: inout RandomStream) -> Program {
        let outer = randomSubtree(&random)
        let inner = randomSubtree(of: outer, &random)
        return replacing(outer, by: nodes[inner])
    }

    /// Point mutation: each node, with a probability, replaced by a random one of the same arity (perhaps the same).
    public func pointMutation(
        _ primitives: PrimitiveSet, probability: Double, _ random: inout RandomStream
    ) -> Program {
        var result = self
        // All nodes are chosen before any is replaced, in gplearn's order of draws.
        let chosen = nodes.indices.filter { _ in random.uniformDouble() < probability }
        for index in chosen {
            let arity = nodes[index].arity
            let node = arity > 0 ? primitives.randomFunction(arity: arity, &random) : primitives.randomTerminal(&random)
            result.replaceNode(at: index, by: node)
        }
        return result
    }
}
