extension LaneProgram {
    /// Random numbers of Float, a generator in each lane: xoshiro128++ 1.0 (D. Blackman, S. Vigna, "Scrambled linear
    /// pseudorandom number generators", 2021).
    ///
    /// Streams 0 to 3 hold the bits of a generator's state, not all 0; outputs 0 to 3 are those of the next state, and may be
    /// the same arrays. Outputs 4 and 5 are two numbers from 1 up to but not including 2, multiples of 2^-16: the upper and
    /// the lower half of the generator's word.
    public static let randomNumbers: LaneProgram = {
        let builder = LaneBuilder(precision: .float, streamCount: 4, uniformCount: 0)
        func rotated(_ word: LaneInteger, by distance: Int) -> LaneInteger {
            word.shiftedLeft(distance) | word.shiftedRight(32 - distance)
        }
        let state = (0..<4).map { builder.stream($0).bits }
        let word = rotated(state[0] + state[3], by: 7) + state[0]
        let shifted = state[1].shiftedLeft(9)
        let second = state[2] ^ state[0]
        let third = state[3] ^ state[1]
        let next = [state[0] ^ third, state[1] ^ second, second ^ shifted, rotated(third, by: 11)]
        // The bits of 1; random bits go into the upper 16 of a Float's 23 below.
        let one = builder.integer(0x3F80_0000)
        let upper = word.shiftedRight(16).shiftedLeft(7) | one
        let lower = word.shiftedLeft(16).shiftedRight(9) | one
        return builder.program(outputs: (next + [upper, lower]).map { $0.asNumber.id })
    }()
}
