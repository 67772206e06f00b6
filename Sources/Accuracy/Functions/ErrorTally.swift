/// What was found at the points of a verification, or of a part of it.
public struct ErrorTally<Value: MeasuredFloat>: Sendable {
    /// A computed value that is off.
    public struct Finding: Sendable {
        /// The coordinates of the point.
        public let point: [Value]
        /// What the kernel gives there.
        public let computed: Value
        /// What is right: the true value, rounded.
        public let correct: Value
        /// How far the two are apart, in units in the last place.
        public let ulps: Double
    }

    /// How many points were looked at.
    public internal(set) var points = 0
    /// The largest error where the value is a number and ought to be; `nil` while every value is exact.
    public private(set) var worst: Finding?
    /// How many values were NaN, an infinity or a zero wrongly, or of the wrong sign as one.
    public private(set) var wrongSpecials = 0
    /// Some of those.
    public private(set) var examples: [Finding] = []

    /// The largest error in units in the last place.
    public var worstUlps: Double { worst?.ulps ?? 0 }

    static var exampleLimit: Int { 5 }

    mutating func record(_ finding: @autoclosure () -> Finding, _ deviation: Deviation) {
        if deviation.isWrongSpecial {
            wrongSpecials += 1
            if examples.count < Self.exampleLimit { examples.append(finding()) }
        } else if deviation.ulps > worstUlps {
            worst = finding()
        }
    }

    /// Adds what was found at points that come after these.
    mutating func append(_ other: ErrorTally) {
        points += other.points
        wrongSpecials += other.wrongSpecials
        examples += other.examples.prefix(Self.exampleLimit - examples.count)
        // Of equal errors the first stays, so that the order of threads does not show.
        if other.worstUlps > worstUlps { worst = other.worst }
    }
}
