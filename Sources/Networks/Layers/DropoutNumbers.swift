import Datasets

/// Random numbers that a layer's kernel decides by what is left out: those below `threshold`.
///
/// Each number takes 16 random bits, so the probability is a multiple of 2^-16; the factor for what is kept fits the
/// probability so rounded. Eight generators run side by side (xoshiro256++, by the authors of `RandomStream`'s), filled
/// from one seed.
struct DropoutNumbers {
    /// A number below this one leaves out.
    let threshold: Float
    /// What is kept is multiplied by this, so that the expected value stays.
    let factor: Float
    private var state: (Lanes, Lanes, Lanes, Lanes)

    private typealias Lanes = SIMD8<UInt64>
    private typealias Words = SIMD16<UInt32>

    /// Numbers that leave out with a probability.
    init(probability: Double, random: RandomStream) {
        var random = random
        func lanes() -> Lanes {
            var lanes = Lanes()
            for index in lanes.indices { lanes[index] = random.next() }
            return lanes
        }
        state = (lanes(), lanes(), lanes(), lanes())
        let parts = Float(min(max((probability * 65_536).rounded(), 0), 65_535))
        threshold = 1 + parts / 65_536
        factor = 65_536 / (65_536 - parts)
    }

    /// Fills memory with numbers from 1 up to but not including 2, multiples of 2^-16. There must be room for `count`
    /// numbers, rounded up to a multiple of 32.
    mutating func fill(_ numbers: UnsafeMutablePointer<Float>, count: Int) {
        let target = UnsafeMutableRawPointer(numbers)
        // The bits of 1; random bits go into the upper 16 of a Float's 23 below.
        let one = Words(repeating: 0x3F80_0000)
        for start in stride(from: 0, to: count, by: 32) {
            let words = unsafeBitCast(next(), to: Words.self)
            let upper = (words &>> 16) &<< 7 | one
            let lower = (words &<< 16) &>> 9 | one
            let offset = start * MemoryLayout<Float>.stride
            target.storeBytes(of: upper, toByteOffset: offset, as: Words.self)
            target.storeBytes(of: lower, toByteOffset: offset + MemoryLayout<Words>.stride, as: Words.self)
        }
    }

    @inline(__always)
    private mutating func next() -> Lanes {
        let result = Self.rotated(state.0 &+ state.3, by: 23) &+ state.0
        let shifted = state.1 &<< 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotated(state.3, by: 45)
        return result
    }

    @inline(__always)
    private static func rotated(_ lanes: Lanes, by distance: UInt64) -> Lanes {
        lanes &<< distance | lanes &>> (64 - distance)
    }
}
