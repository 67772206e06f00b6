import Formulas
import Lanes

/// Points for a formula of any number of variables: special values, whole numbers, and random ones of all sizes.
public struct FormulaPoints<Value: LaneFloat>: PointSource {
    public let count: Int
    private let variableCount: Int
    private let seed: UInt64
    private let specials: [Value]

    /// So many points; other seeds give other points.
    public init(_ formula: Formula, count: Int, seed: UInt64 = 1) {
        // Without variables there is one point.
        self.count = formula.variables.isEmpty ? min(1, max(0, count)) : max(0, count)
        variableCount = formula.variables.count
        self.seed = seed
        specials = HardPoints.special(Value.precision).map { Value($0) }
    }

    // MPFR takes milliseconds for a hundred points.
    public var chunkCount: Int { (count + 127) / 128 }

    public func columns(ofChunk index: Int) -> [[Value]] {
        var generator = SplitMix64(seed: seed &+ UInt64(index) &* 0x9e37_79b9_7f4a_7c15)
        let range = index * 128..<min(count, (index + 1) * 128)
        return (0..<variableCount).map { variable in
            range.map { number in
                // One variable goes through the special values once; several meet in random pairs of them.
                if variableCount == 1, specials.indices.contains(number) { return specials[number] }
                if number % 8 == 0, variableCount > 1 { return specials.randomElement(using: &generator) ?? 0 }
                return Value(HardPoints.random(Value.precision, count: 3, using: &generator)[(number + variable) % 3])
            }
        }
    }
}
