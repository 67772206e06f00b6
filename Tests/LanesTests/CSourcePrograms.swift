import Accuracy
import Formulas

@testable import Lanes

/// Random lane programs over three streams and two uniforms that use every operation available to hot code.
struct CSourcePrograms {
    static let streamCount = 3
    static let uniformCount = 2

    private let builder: LaneBuilder
    private var numbers: [LaneNumber] = []
    private var integers: [LaneInteger] = []
    private var masks: [LaneMask] = []
    private var random: SplitMix64

    /// A program of about `length` instructions with one to three results.
    static func program(
        _ precision: Precision, length: Int, cold: Bool, using random: inout SplitMix64
    ) -> LaneProgram {
        var maker = CSourcePrograms(precision, SplitMix64(seed: random.next()))
        for _ in 0..<length { maker.append() }
        if cold { maker.appendCold() }
        let count = 1 + Int(random.next() % 3)
        // The newest numbers, so that most of what was built is needed, and never a constant.
        let x = maker.builder.stream(0)
        return maker.builder.program(outputs: maker.numbers.suffix(count).map { ($0 + x).id })
    }

    private init(_ precision: Precision, _ random: SplitMix64) {
        builder = LaneBuilder(precision: precision, streamCount: Self.streamCount, uniformCount: Self.uniformCount)
        self.random = random
        numbers = (0..<Self.streamCount).map(builder.stream) + (0..<Self.uniformCount).map(builder.uniform)
        integers = [anyInteger().bits]
        masks = [numbers[0] < numbers[1]]
    }

    /// Mostly recent values, so that programs grow deep.
    private mutating func pick<Value>(_ values: [Value]) -> Value {
        let window = max(1, min(values.count, random.next() % 4 == 0 ? values.count : 6))
        return values[values.count - 1 - Int(random.next() % UInt64(window))]
    }

    private mutating func anyNumber() -> LaneNumber {
        guard random.next() % 8 == 0 else { return pick(numbers) }
        return literal([0, -0.0, 1, -1, 0.5, 3.14159, -1e-3, 1e30, 0x1p-1070, 1e-40])
    }

    private mutating func literal(_ values: [Double]) -> LaneNumber {
        builder.number(values[Int(random.next() % UInt64(values.count))])
    }

    /// A number that is not NaN: sign and payload of NaN are nobody's promise, so they must not reach integers or signs.
    private mutating func anyInteger() -> LaneNumber {
        let number = pick(numbers)
        return number.isNaN.select(1, number)
    }

    private mutating func distance() -> Int { Int(random.next() % UInt64(builder.precision == .float ? 32 : 64)) }

    private mutating func append() {
        switch random.next() % 10 {
        case 0...5: numbers.append(number())
        case 6, 7: integers.append(integer())
        default: masks.append(mask())
        }
    }

    private mutating func number() -> LaneNumber {
        let a = anyNumber()
        switch random.next() % 18 {
        // Sums of products again and again: what compilers like to fuse.
        case 0, 1, 2: return a * anyNumber() + anyNumber()
        case 3, 4: return anyNumber() - a * anyNumber()
        case 5: return a + anyNumber()
        case 6: return a / anyNumber()
        case 7: return a.multipliedAdding(anyNumber(), anyNumber())
        case 8: return a.squareRoot
        case 9: return -a
        case 10: return a.magnitude
        case 11: return a.withSign(of: anyInteger())
        case 12: return a.roundedToEven
        case 13: return a.minimum(anyNumber())
        case 14: return a.maximum(anyNumber())
        case 15: return pick(masks).select(a, anyNumber())
        case 16: return pick(masks).select(literal([.infinity, -.infinity, .nan]), a)
        default: return pick(integers).asNumber
        }
    }

    private mutating func integer() -> LaneInteger {
        let a = pick(integers)
        switch random.next() % 10 {
        case 0: return anyInteger().bits
        case 1: return a + pick(integers)
        case 2: return a - pick(integers)
        case 3: return a & pick(integers)
        case 4: return a | pick(integers)
        case 5: return a ^ pick(integers)
        case 6: return a.shiftedLeft(distance())
        case 7: return a.shiftedRight(distance())
        case 8: return a.shiftedRightArithmetic(distance())
        default: return pick(masks).select(a, pick(integers) + Int64(bitPattern: random.next()))
        }
    }

    private mutating func mask() -> LaneMask {
        let a = anyNumber()
        switch random.next() % 10 {
        case 0: return a < anyNumber()
        case 1: return a <= anyNumber()
        case 2: return a.isEqual(to: anyNumber())
        case 3: return a.isUnordered(with: anyNumber())
        case 4: return a.isNaN
        case 5: return pick(masks) && pick(masks)
        case 6: return pick(masks) || pick(masks)
        case 7: return !pick(masks)
        case 8: return pick(integers).isEqual(to: pick(integers))
        default: return pick(integers) < pick(integers)
        }
    }

    /// All results of every cold function, as sines and cosines use them.
    private mutating func appendCold() {
        let x = builder.stream(0)
        let isLarge = x.magnitude > 1e5 && x.magnitude < .infinity
        for function in ColdFunction.allCases {
            var sum = pick(numbers)
            for (result, type) in function.resultTypes.enumerated() {
                switch type {
                case .number: sum = sum + isLarge.cold(function, x, result: result, otherwise: pick(numbers))
                case .integer:
                    let integer = isLarge.cold(function, x, result: result, otherwise: pick(integers))
                    sum = (integer & 1).isEqual(to: 1).select(sum * pick(numbers), sum)
                case .mask: break
                }
            }
            numbers.append(sum)
        }
    }
}
