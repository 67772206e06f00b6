/// A program with its loss on the rows at hand.
public struct Individual: Hashable, Sendable {
    /// The program, simplified.
    public let program: Program
    /// Its mean loss.
    public let loss: Double

    /// Puts both together.
    public init(program: Program, loss: Double) {
        self.program = program
        self.loss = loss
    }

    /// What the second objective is: the number of nodes.
    public var complexity: Int { program.length }
}

extension [Individual] {
    /// The individuals sorted by NSGA-II.
    var sorting: NonDominatedSorting {
        NonDominatedSorting(losses: map(\.loss), complexities: map(\.complexity))
    }

    /// The best so many by NSGA-II, the best first.
    func survivors(_ count: Int) -> [Individual] { sorting.order.prefix(count).map { self[$0] } }
}
