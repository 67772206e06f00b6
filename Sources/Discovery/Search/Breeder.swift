import Datasets
import Dispatch
import Synchronization

/// Makes new individuals for islands: variation, simplification, no duplicates, tuned constants.
struct Breeder {
    let search: IslandSearch
    let primitives: PrimitiveSet
    let simplifier: ProgramSimplifier
    let tuner: ConstantTuner
    let threads: Int

    /// As many programs as an island holds, different from its individuals and from one another where a few attempts find
    /// such. Without parents, the given programs and then random ones.
    func offspring(of parents: [Individual], start: [Program], _ stream: RandomStream) -> [Program] {
        var seen = Set(parents.map(\.program))
        let sorting = parents.sorting
        var result: [Program] = []
        if parents.isEmpty {
            for program in start.prefix(search.populationSize) where seen.insert(program).inserted { result.append(program) }
        }
        for index in result.count..<max(search.populationSize, result.count) {
            var random = stream.stream(UInt64(index))
            for _ in 0..<Self.attempts {
                let made =
                    parents.isEmpty
                    ? search.variation.initialization.program(primitives, random: &random)
                    : search.variation.offspring(primitives, random: &random) { random in
                        parents[winner(sorting, &random)].program
                    }
                let program = simplifier.simplified(moved(made, &random))
                if program.length <= search.maximumLength, seen.insert(program).inserted {
                    result.append(program)
                    break
                }
            }
        }
        // Where no attempt gave a program short enough, an island begins with the simplest there is.
        if parents.isEmpty, result.isEmpty { result = [Program(unchecked: [.variable(0)])] }
        return result
    }

    private func winner(_ sorting: NonDominatedSorting, _ random: inout RandomStream) -> Int {
        var best = random.integer(below: sorting.ranks.count)
        for _ in 1..<max(1, search.tournamentSize) {
            let contender = random.integer(below: sorting.ranks.count)
            if sorting.precedes(contender, best) { best = contender }
        }
        return best
    }

    /// The program with each constant moved a little, half of the time.
    private func moved(_ program: Program, _ random: inout RandomStream) -> Program {
        guard random.integer(below: 2) == 0 else { return program }
        var result = program
        for (index, node) in program.nodes.enumerated() {
            guard case .constant(let value) = node else { continue }
            result.replaceNode(
                at: index, by: .constant(value + 0.1 * max(abs(value), 0.1) * random.approximatelyNormal()))
        }
        return result
    }

    /// The programs of each island, a share of them with tuned constants.
    func tuned(_ islands: [[Program]], rows: Range<Int>, _ stream: RandomStream) -> [[Program]] {
        var result = islands
        var chosen: [(island: Int, index: Int)] = []
        for island in islands.indices {
            var random = stream.stream(UInt64(island)).stream(.max)
            for index in islands[island].indices where random.uniformDouble() < search.tunedShare {
                chosen.append((island, index))
            }
        }
        let programs = tuned(chosen.map { islands[$0.island][$0.index] }, rows: rows, steps: search.tuningSteps)
        for (place, program) in zip(chosen, programs) { result[place.island][place.index] = program }
        return result
    }

    /// Programs with tuned constants; each by itself, so that the number of threads changes nothing.
    func tuned(_ programs: [Program], rows: Range<Int>, steps: Int) -> [Program] {
        guard steps > 0, !programs.isEmpty else { return programs }
        let results = Mutex(programs)
        let next = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, programs.count))) { _ in
            while true {
                let index = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard index < programs.count else { return }
                let made = tuner.tuned(programs[index], rows: rows, steps: steps)
                results.withLock { $0[index] = made }
            }
        }
        return results.withLock { $0 }
    }

    /// How often a duplicate is tried again before an island goes without.
    private static let attempts = 5
}
