import Formulas

/// Reduction of large trigonometric arguments by multiples of π/2, after M. Payne and R. Hanek, "Radian reduction for
/// trigonometric functions" (SIGNUM Newsletter 18, 1983).
enum PayneHanek {
    static func program(_ precision: Precision) -> LaneProgram {
        LaneProgram(precision: precision, instructions: [], streamCount: 1, uniformCount: 0, outputs: [])
    }

    static func twoOverPi(_ precision: Precision) -> [UInt64] { [] }
}
