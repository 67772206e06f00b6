/// A seeded generator of random numbers: the same numbers on every machine, for every number of threads.
///
/// The algorithm is xoshiro256** 1.0 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", 2021),
/// its state filled by SplitMix64 as its authors advise. What is drawn from one stream does not depend on any other, so
/// that work with a stream of its own can be done in any order.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    private let key: UInt64

    /// The stream of a seed.
    public init(seed: UInt64) { self.init(key: seed) }

    private init(key: UInt64) {
        self.key = key
        var filler = SplitMix64(state: key)
        state = (filler.next(), filler.next(), filler.next(), filler.next())
    }

    /// Another stream, determined by this one's seed and a number; how much was drawn from this one has no influence.
    public func stream(_ index: UInt64) -> RandomStream {
        var mixer = SplitMix64(state: key)
        var inner = SplitMix64(state: mixer.next() ^ index)
        // A second round, so that neighbouring seeds and indices have nothing in common.
        return RandomStream(key: inner.next())
    }

    public mutating func next() -> UInt64 {
        let result = (state.1 &* 5).rotatedLeft(by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3.rotatedLeft(by: 45)
        return result
    }

    /// A number from 0 up to but not including 1, a multiple of 2^-24.
    public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// A number from 0 up to but not including 1, a multiple of 2^-53.
    public mutating func uniformDouble() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A number of a range; its upper bound can come up through rounding.
    public mutating func uniform(in range: ClosedRange<Float>) -> Float {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// A whole number from 0 up to but not including `bound`, each equally likely; 0 for a bound below 2.
    ///
    /// D. Lemire, "Fast random integer generation in an interval", 2019.
    public mutating func integer(below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }

    /// A number of about the normal distribution with mean 0 and standard deviation 1, never beyond ±6.
    ///
    /// The sum of twelve uniform numbers less 6: unlike methods by logarithms it gives the same bits everywhere.
    public mutating func approximatelyNormal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += uniformDouble() }
        return sum
    }

    /// Puts numbers into a random order, each order equally likely (Fisher and Yates).
    public mutating func shuffle(_ numbers: inout [Int]) {
        for last in stride(from: numbers.count - 1, to: 0, by: -1) { numbers.swapAt(last, integer(below: last + 1)) }
    }

    /// The numbers from 0 to `count` − 1 in a random order.
    public mutating func permutation(count: Int) -> [Int] {
        var order = Array(0..<count)
        shuffle(&order)
        return order
    }
}

/// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", 2014).
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension UInt64 {
    fileprivate func rotatedLeft(by distance: UInt64) -> UInt64 { self << distance | self >> (64 - distance) }
}
