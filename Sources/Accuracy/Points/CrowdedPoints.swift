import Foundation
import Formulas
import Lanes

/// Points for one function that crowd around what is hard about it: joints of the range reduction, poles, zeros, overflow,
/// underflow, subnormals, numbers known to be hard; and random bits. The first chunk begins with the special values.
public struct CrowdedPoints<Value: LaneFloat>: PointSource {
    public let count: Int
    private let function: ElementaryFunction
    private let seed: UInt64
    private let places: FunctionPlaces
    private let fixed: [[Value]]

    /// So many points for a function; other seeds give other points.
    public init(_ function: ElementaryFunction, count: Int, seed: UInt64 = 1) {
        self.function = function
        self.count = max(0, count)
        self.seed = seed
        places = FunctionPlaces.places(function.operation, Value.precision)
        fixed = Self.fixedPoints(function)
    }

    public var chunkCount: Int { Self.chunks(count) }

    // Without specialisation drawing a point would take longer than measuring it.
    @_specialize(where Value == Float)
    @_specialize(where Value == Double)
    public func columns(ofChunk index: Int) -> [[Value]] {
        var stream = PointStream<Value>(seed: seed &+ UInt64(index) &* 0x9e37_79b9_7f4a_7c15)
        let range = range(ofChunk: index)
        var columns = [[Value]](repeating: [], count: function.operandCount)
        for column in columns.indices { columns[column].reserveCapacity(range.count) }
        for number in range {
            if fixed.indices.contains(number) {
                for (column, coordinate) in fixed[number].enumerated() { columns[column].append(coordinate) }
            } else if function.operandCount == 1 {
                columns[0].append(stream.number(kind: number % 8, places))
            } else {
                let (x, y) = stream.pair(kind: number % 8, function.operation)
                columns[0].append(x)
                columns[1].append(y)
            }
        }
        return columns
    }

    private static func fixedPoints(_ function: ElementaryFunction) -> [[Value]] {
        guard function.operandCount == 1 else {
            let coordinates = pairCoordinates.flatMap { [$0, -$0] }.map { Value($0) } + [.nan]
            return coordinates.flatMap { x in coordinates.map { [x, $0] } }
        }
        var numbers = HardPoints.special(Value.precision) + HardPoints.hardToRound(function.operation).flatMap { [$0, -$0] }
        if [.sin, .cos, .tan].contains(function.operation) {
            numbers += HardPoints.nearQuarterTurns(Value.precision).flatMap { [$0, -$0] }
        }
        return numbers.flatMap { number -> [[Value]] in
            let value = Value(number)
            return value.isFinite ? [[value], [value.nextUp], [value.nextDown]] : [[value]]
        }
    }

    /// What C99's Annex F treats apart for functions of two numbers, and the ends of the range.
    private static var pairCoordinates: [Double] {
        [
            0, 1, 2, 3, 0.5, 1.5, 64, 65, .infinity, Double(Value.leastNonzeroMagnitude), Double(Value.leastNormalMagnitude),
            Double(Value.greatestFiniteMagnitude), Double(Value(1).nextUp), Double(Value(1).nextDown),
            Double(sign: .plus, exponent: Value.significandBitCount, significand: 1) + 1,
            Double(sign: .plus, exponent: Value.significandBitCount + 1, significand: 1),
        ]
    }
}

/// Draws points of one chunk.
struct PointStream<Value: LaneFloat> {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// A point of one coordinate. The kinds go round so that each has its share.
    mutating func number(kind: Int, _ places: FunctionPlaces) -> Value {
        switch kind {
        case 0, 1: return bits()
        case 2, 3: return Value(Double.random(in: places.interval, using: &generator))
        case 4:
            // All sizes within the interval alike.
            return Value(Double.random(in: places.interval, using: &generator) * power(of: -60...0))
        case 5:
            guard let period = places.period else { return signed(power(of: -40...40)) }
            let top = places.largestMultiple ?? max(abs(places.interval.lowerBound), places.interval.upperBound) / period.high
            let multiple = (top * power(of: -Int(top.exponent)...0)).rounded()
            // The product's rounding error is added back, so that this is the number next to the multiple.
            let product = multiple * period.high
            let exact = product + ((-product).addingProduct(multiple, period.high) + multiple * period.low)
            return moved(Value(exact * (Bool.random(using: &generator) ? 1 : -1)), largestShift: 6)
        default:
            let anchor = places.anchors.randomElement(using: &generator) ?? 1
            return moved(Value(Bool.random(using: &generator) ? anchor : -anchor), largestShift: Value.significandBitCount + 1)
        }
    }

    /// A point of two coordinates.
    mutating func pair(kind: Int, _ operation: Operator) -> (Value, Value) {
        if kind == 0 { return (bits(), bits()) }
        if kind == 1 {
            return (Value(Double.random(in: -10...10, using: &generator)), Value(Double.random(in: -10...10, using: &generator)))
        }
        let isFloat = Value.precision == .float
        switch operation {
        case .power:
            let base: Double =
                switch kind {
                case 2: .random(in: 0.8...1.25, using: &generator)
                case 3: .random(in: 0.5...2.5, using: &generator)
                case 4: Double(moved(Value(1), largestShift: 12))
                case 5: -Double.random(in: 1...9, using: &generator).rounded()
                default: power(of: isFloat ? -149...127 : -1074...1023)
                }
            // The result's exponent is anywhere, or at the ends of the range.
            let top = isFloat ? 152.0 : 1080
            let ends: [Double] = isFloat ? [128, -126, -149] : [1024, -1022, -1074]
            let wanted = kind == 7 ? ends.randomElement(using: &generator) ?? top : .random(in: -top...top, using: &generator)
            let logarithm = log2(abs(Double(Value(base))))
            var exponent = logarithm == 0 || !logarithm.isFinite ? wanted : wanted / logarithm
            if base < 0 { exponent.round() }
            return (Value(base), kind == 7 ? moved(Value(exponent), largestShift: 12) : Value(exponent))
        case .expProduct:
            let places = FunctionPlaces.places(.exp, Value.precision)
            let product = Double(number(kind: kind, places))
            let first = signed(power(of: kind < 5 ? -4...4 : -60...60))
            return (first, Value(product / Double(first)))
        default:
            let exponents = isFloat ? -149...127 : -1074...1023
            switch kind {
            case 2: return (signed(power(of: exponents)), signed(power(of: exponents)))
            case 3:
                let first = signed(power(of: -3...3))
                return (first, moved(first, largestShift: Value.significandBitCount))
            default:
                // Sizes that are near enough for both to count.
                let first = power(of: exponents)
                let second = first * power(of: -Value.significandBitCount / 2 - 2...0)
                return Bool.random(using: &generator) ? (signed(first), signed(second)) : (signed(second), signed(first))
            }
        }
    }

    private mutating func bits() -> Value { Value(laneBits: Value.Bits(truncatingIfNeeded: generator.next())) }

    /// A positive number whose exponent is drawn evenly, and then its digits.
    private mutating func power(of exponents: ClosedRange<Int>) -> Double {
        let exponent = Int.random(in: exponents, using: &generator)
        return Double(sign: .plus, exponent: exponent, significand: .random(in: 1..<2, using: &generator))
    }

    private mutating func signed(_ magnitude: Double) -> Value {
        Value(Bool.random(using: &generator) ? magnitude : -magnitude)
    }

    /// A number some steps away, where each power of 2 of steps is as likely as any other.
    private mutating func moved(_ value: Value, largestShift: Int) -> Value {
        guard value.isFinite else { return value }
        let shift = Int.random(in: 0...largestShift, using: &generator)
        let steps = Value.SignedBits.random(in: 0...(1 << Value.SignedBits(shift)), using: &generator)
        let bits = Value.SignedBits(truncatingIfNeeded: value.laneBits)
        let other = Bool.random(using: &generator) ? bits &+ steps : bits &- steps
        return Value(laneBits: Value.Bits(truncatingIfNeeded: other))
    }
}
