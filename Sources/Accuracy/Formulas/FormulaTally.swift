/// What was found about one output of a formula: its value or a derivative.
public struct FormulaTally<Value: MeasuredFloat>: Sendable {
    /// An error and how far the formula itself explains it.
    public struct Finding: Sendable {
        /// The coordinates of the point.
        public let point: [Value]
        /// What the kernel gives there.
        public let computed: Value
        /// The true value of the written formula, rounded.
        public let correct: Value
        /// How far the two are apart, in units in the last place.
        public let ulps: Double
        /// How much the formula's steps magnify an error of one unit each; `nil` where no error made it worth asking.
        public let condition: Double?
        /// Whether a NaN, an infinity or a zero is missing, out of place or of the wrong sign.
        public let isWrongSpecial: Bool

        /// Whether two findings are of the same point. Zeros of either sign are two points.
        func isAt(_ other: Finding) -> Bool { point.map(\.laneBits) == other.point.map(\.laneBits) }
    }

    /// The largest error that a step may have by itself, in units in the last place.
    public let promisedUlps: Double
    /// How many points were looked at.
    public internal(set) var points = 0
    /// The largest error where the formula is well conditioned.
    public private(set) var worst: Finding?
    /// The largest error where it is not.
    public private(set) var illConditioned: Finding?
    /// How many points are so.
    public private(set) var illConditionedPoints = 0
    /// How many errors are larger than the steps' promised errors, magnified, can be: faults of the kernel.
    public private(set) var unexplained = 0
    /// How many values were NaN, an infinity or a zero wrongly, where the steps keep any digit.
    public private(set) var wrongSpecials = 0
    /// Some of the unexplained errors, each at another point.
    public private(set) var examples: [Finding] = []
    /// Some of the wrong NaN, infinities and zeros, each at another point.
    public private(set) var wrongSpecialExamples: [Finding] = []

    /// Above this condition number errors are put down to the formula.
    public static var illConditionedFrom: Double { 16 }
    private static var exampleLimit: Int { 5 }

    init(promisedUlps: Double) { self.promisedUlps = promisedUlps }

    mutating func record(_ finding: Finding) {
        let condition = finding.condition ?? 0
        // Each step may be off by what its function promises, and the largest second-order terms by a unit. Where that
        // leaves no digit, the steps may as well meet a zero or an infinity that is not there.
        let explained = promisedUlps * (condition + 1)
        if finding.isWrongSpecial {
            if !(explained >= 1 / Value.ulpOfOne.asDouble) {
                wrongSpecials += 1
                Self.add([finding], to: &wrongSpecialExamples)
            }
        } else if !(finding.ulps <= explained) {
            unexplained += 1
            Self.add([finding], to: &examples)
        }
        if condition > Self.illConditionedFrom {
            illConditionedPoints += 1
            if finding.ulps > illConditioned?.ulps ?? 0 { illConditioned = finding }
        } else if finding.ulps > worst?.ulps ?? 0, !finding.isWrongSpecial {
            worst = finding
        }
    }

    private static func add(_ findings: [Finding], to examples: inout [Finding]) {
        for finding in findings where examples.count < exampleLimit && !examples.contains(where: finding.isAt) {
            examples.append(finding)
        }
    }

    mutating func append(_ other: FormulaTally) {
        points += other.points
        illConditionedPoints += other.illConditionedPoints
        unexplained += other.unexplained
        wrongSpecials += other.wrongSpecials
        Self.add(other.examples, to: &examples)
        Self.add(other.wrongSpecialExamples, to: &wrongSpecialExamples)
        if other.worst?.ulps ?? 0 > worst?.ulps ?? 0 { worst = other.worst }
        if other.illConditioned?.ulps ?? 0 > illConditioned?.ulps ?? 0 { illConditioned = other.illConditioned }
    }
}
