import Lanes

/// An estimate of the cycles that one pass of a loop takes, by which loops are cut.
///
/// A loop is bound by its instructions' throughput or, where they form one long chain, by how many of its iterations the
/// processor overlaps: as many as fit its look-ahead. So a chain costs by the square of its length, and two short loops run
/// faster than one long one. The figures are those of recent x86 processors with 8-lane registers, rounded; they decide
/// where to cut and nothing else.
struct LoopCost {
    /// Instructions beyond which no loop is considered.
    static let longest = 48

    /// What keeping one value in memory from one loop to the next costs. Stores of 64 bytes keep both multipliers busy.
    static func perValueKept(_ target: KernelTarget) -> Double { target.hasMaskRegisters ? 1 : 0.4 }

    private var count = 0
    private var depth = 0
    private var multiplications = 0

    /// Adds an instruction whose operands are there after some cycles.
    ///
    /// - Returns: when its result is there.
    mutating func append(_ operation: LaneOperation, earliest: Int) -> Int {
        let latency: Int
        switch operation {
        case .divide, .squareRoot:
            latency = 12
            multiplications += 5
        case .multiply, .fusedMultiplyAdd:
            latency = 4
            multiplications += 1
        case .add, .subtract, .roundToEven: latency = 3
        default: latency = 1
        }
        count += 1
        depth = max(depth, earliest + latency)
        return earliest + latency
    }

    /// The estimate for what was added so far.
    var cycles: Double {
        let throughput = max(Double(count) / Self.vectorPipes, Double(multiplications) / Self.multipliers)
        let lookAhead = Double((depth + Self.memoryLatency) * (count + Self.overhead)) / Self.window
        return max(throughput, lookAhead) + Self.perIteration
    }

    private static let vectorPipes = 4.0
    private static let multipliers = 2.0
    /// Instructions that the processor looks ahead, less than its reorder buffer holds: its schedulers fill up sooner.
    private static let window = 128.0
    /// Cycles to load and store, at the ends of the chain.
    private static let memoryLatency = 12
    /// Instructions of the loop itself, with loads and stores.
    private static let overhead = 6
    private static let perIteration = 0.5
}

extension LaneOperation {
    /// How many instructions it takes to compute this of a single value that varies again, if that is better than to keep
    /// the result in memory.
    var costOfRepeating: Int? {
        switch self {
        case .bits, .fromBits: 0
        case .negate, .absolute, .add, .subtract, .minimum, .maximum, .less, .lessOrEqual, .equal, .unordered, .integerAdd,
            .integerSubtract, .integerAnd, .integerOr, .integerXor, .shiftLeft, .shiftRightLogical, .shiftRightArithmetic,
            .integerEqual, .integerLess:
            1
        default: nil
        }
    }
}
