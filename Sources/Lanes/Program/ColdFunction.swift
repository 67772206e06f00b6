import Formulas

/// A function that hot code needs for rare arguments only, run one lane at a time beside the hot loop.
public enum ColdFunction: UInt64, CaseIterable, Hashable, Sendable {
    /// Reduces the magnitude of any x by multiples of π/2. Results: 0 the remainder, 1 its rounding error, 2 the quadrant,
    /// the multiple modulo 4 (an integer), 3 and 4 angles in [-π/2, π/2] whose sines are sin |x| and cos x. The remainder
    /// and the angles are NaN for infinite x.
    case trigonometricReduction = 0

    /// The types of the function's results, in order.
    public var resultTypes: [LaneType] {
        switch self {
        case .trigonometricReduction: [.number, .number, .integer, .number, .number]
        }
    }

    /// The body: one stream in, `resultTypes` out. It may use scalar-only operations but no cold function.
    public func program(_ precision: Precision) -> LaneProgram {
        switch self {
        case .trigonometricReduction: PayneHanek.program(precision)
        }
    }
}

/// A table of words that cold functions read.
public enum ColdTable: UInt64, CaseIterable, Hashable, Sendable {
    /// The binary digits of 2/π, most significant word first, in words as wide as the integer type.
    case twoOverPi = 0

    /// The words for a precision: each fits 32 bits beside Float, 64 beside Double.
    public func words(_ precision: Precision) -> [UInt64] {
        switch self {
        case .twoOverPi: PayneHanek.twoOverPi(precision)
        }
    }
}

/// Which result of which cold function an instruction asks for.
public struct ColdCall: Hashable, Sendable {
    /// The function.
    public let function: ColdFunction
    /// The index into its `resultTypes`.
    public let result: Int

    /// Names one result of a function.
    public init(_ function: ColdFunction, result: Int) {
        self.function = function
        self.result = result
    }

    /// Reads what `payload` wrote; `nil` for anything else.
    public init?(payload: UInt64) {
        guard let function = ColdFunction(rawValue: payload >> 8), payload & 0xff < function.resultTypes.count else {
            return nil
        }
        self.init(function, result: Int(payload & 0xff))
    }

    /// The instruction payload that stands for this call.
    public var payload: UInt64 { function.rawValue << 8 | UInt64(result) }
}
