import Datasets

extension Program {
    /// A random subtree: a function's nine times as likely as a terminal's (Koza 1992), as in gplearn's `get_subtree`.
    public func randomSubtree(_ random: inout RandomStream) -> Range<Int> { randomSubtree(of: 0..<length, &random) }

    /// A random subtree of a subtree, by the same rule.
    func randomSubtree(of part: Range<Int>, _ random: inout RandomStream) -> Range<Int> {
        var functions = 0
        for index in part where nodes[index].arity > 0 { functions += 1 }
        let terminals = part.count - functions
        // A draw by weights of 9 and 1: first whether a function, then which.
        let weight = 9 * functions
        let choice = random.uniformDouble() * Double(weight + terminals)
        let wantsFunction = choice < Double(weight)
        var rank = wantsFunction ? Int(choice / 9) : Int(choice) - weight
        for index in part where (nodes[index].arity > 0) == wantsFunction {
            if rank == 0 { return subtree(at: index) }
            rank -= 1
        }
        return part
    }

    /// Crossover: a random subtree replaced by a random subtree of a donor.
    public func crossover(with donor: Program, _ random: inout RandomStream) -> Program {
        let removed = randomSubtree(&random)
        let inserted = donor.randomSubtree(&random)
        return replacing(removed, by: donor.nodes[inserted])
    }
}
