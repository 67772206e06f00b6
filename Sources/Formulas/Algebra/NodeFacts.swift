/// What is known of a node from its operation and its operands' facts alone.
struct NodeFacts: Sendable {
    /// Whether the value is never below 0, whatever the inputs: it is at least 0, −0, or NaN.
    var isNonnegative = false
    /// Whether the value is always 1 or 0.
    var isCondition = false
    /// The longest way down to a leaf, in operations.
    var height = 0
    /// The same number for equal expressions, whatever graph they stand in.
    var fingerprint: UInt64 = 0

    /// The facts of a node whose operands' facts are known.
    init(_ node: Node, _ facts: [NodeFacts]) {
        switch node {
        case .constant(let constant):
            isNonnegative = constant.value >= 0
            isCondition = constant.value == 1 || constant.value.bitPattern == 0
            fingerprint = Self.mixed(3, constant.value.bitPattern)
        case .variable(let index): fingerprint = UInt64(index)
        case .parameter(let index): fingerprint = UInt64(index)
        case .unary(let operation, let a):
            let a = facts[a.index]
            isNonnegative = Self.isNonnegative(operation, a)
            height = a.height + 1
            fingerprint = Self.mixed(operation.rank, a.fingerprint)
        case .binary(let operation, let a, let b):
            isNonnegative = Self.isNonnegative(operation, facts[a.index], facts[b.index], areEqual: a == b)
            let (a, b) = (facts[a.index], facts[b.index])
            height = max(a.height, b.height) + 1
            fingerprint = Self.mixed(Self.mixed(operation.rank, a.fingerprint), b.fingerprint)
        case .ternary(let operation, let condition, let a, let b):
            let (condition, a, b) = (facts[condition.index], facts[a.index], facts[b.index])
            isNonnegative = a.isNonnegative && b.isNonnegative
            height = max(condition.height, a.height, b.height) + 1
            fingerprint = Self.mixed(
                Self.mixed(Self.mixed(operation.rank, condition.fingerprint), a.fingerprint), b.fingerprint)
        }
        if let operation = node.operation { isCondition = operation.isCondition }
        if isCondition { isNonnegative = true }
    }

    private static func isNonnegative(_ operation: Operator, _ a: NodeFacts) -> Bool {
        switch operation {
        case .absolute, .exp, .exp2, .acos, .cosh, .squareRoot, .erfc, .normalCDF, .sigmoid, .softplus, .logisticDensity,
            .tanhSoftplus:
            true
        case .floor, .ceil, .round, .rint, .sign, .cubeRoot, .expm1, .log1p, .asin, .atan, .sinh, .tanh, .erf:
            a.isNonnegative
        default: false
        }
    }

    private static func isNonnegative(_ operation: Operator, _ a: NodeFacts, _ b: NodeFacts, areEqual: Bool) -> Bool {
        switch operation {
        case .hypot, .expProduct: true
        case .add, .divide, .minimum: a.isNonnegative && b.isNonnegative
        case .multiply: areEqual || (a.isNonnegative && b.isNonnegative)
        case .maximum: a.isNonnegative || b.isNonnegative
        case .power: a.isNonnegative
        default: false
        }
    }

    /// Bits that depend on both arguments, by the finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
    private static func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var bits = (a &* 0x9e37_79b9_7f4a_7c15) &+ b &+ 1
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }
}

extension Operator {
    /// The place in the list of operations.
    var rank: UInt64 { Self.ranks[self] ?? 0 }

    private static let ranks = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, UInt64($0.offset)) })
}
