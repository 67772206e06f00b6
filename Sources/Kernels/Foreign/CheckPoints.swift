import Lanes

/// Numbers at which exported functions are compared: those where numerical code tends to fail, then random ones.
struct CheckPoints<Value: LaneFloat>: Sendable {
    private var generator: Generator

    /// The points of a seed.
    init(seed: UInt64) { generator = Generator(state: seed) }

    /// Zero, the ends of the normal and subnormal ranges, powers of two and multiples of π/2 of all sizes with their
    /// neighbours, and where exponentials overflow and underflow; each with both signs; infinities and NaN.
    static var hard: [Value] {
        var magnitudes: [Value] = [
            0, .leastNonzeroMagnitude, .leastNormalMagnitude.nextDown, .leastNormalMagnitude, .greatestFiniteMagnitude,
            .infinity, 0.1, 3, 5, 10, 20, 30,
        ]
        // log of the largest, the least normal and half of the least number.
        let exponents: [Double] =
            Value.precision == .float
            ? [88.72284, 87.33655, 103.97208] : [709.782712893384, 708.3964185322641, 745.1332191019412]
        var centres = exponents.map { Value($0) }
        let (lowest, highest) = (Int(Value.leastNormalMagnitude.exponent), Int(Value.greatestFiniteMagnitude.exponent))
        for exponent in stride(from: lowest, through: highest, by: Value.precision == .float ? 4 : 16) {
            centres.append(Value(sign: .plus, exponent: Value.Exponent(exponent), significand: 1))
        }
        centres += [0.25, 0.5, 1, 2, 4, 8, 0.693147180559945, 1.5]
        for power in 0..<(Value.precision == .float ? 30 : 70) {
            centres.append(Value(Double.pi / 2) * Value(sign: .plus, exponent: Value.Exponent(power), significand: 1))
        }
        for centre in centres { magnitudes += [centre.nextDown, centre, centre.nextUp] }
        return magnitudes.flatMap { [$0, -$0] } + [.nan]
    }

    /// Columns of points for several inputs, the hard ones first, every column in an order of its own.
    ///
    /// - Parameter count: how many points; the hard ones are taken whole whatever it is.
    mutating func columns(_ inputs: Int, count: Int) -> [[Value]] {
        let hard = Self.hard
        return (0..<inputs).map { input in
            // The first column in order, the others at random, so that hard points meet both each other and common ones.
            var column = input == 0 ? hard : hard.map { _ in generator.next() % 2 == 0 ? pick(hard) : number() }
            while column.count < count { column.append(generator.next() % 8 == 0 ? pick(hard) : number()) }
            return column
        }
    }

    /// A random number: uniform in ±10, of random size within ±2³⁰, or of random bits, each as often as the others.
    mutating func number() -> Value {
        switch generator.next() % 3 {
        case 0: return Value(Double.random(in: -10...10, using: &generator))
        case 1:
            let size = Double(sign: .plus, exponent: .random(in: -30...30, using: &generator), significand: 1)
            return Value(Double.random(in: -1...1, using: &generator) * size)
        default: return Value(laneBits: Value.Bits(truncatingIfNeeded: generator.next()))
        }
    }

    private mutating func pick(_ values: [Value]) -> Value { values[Int(generator.next() % UInt64(values.count))] }

    /// SplitMix64 (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }
}
