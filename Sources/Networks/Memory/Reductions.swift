/// Sums over a unit's numbers.
///
/// Float lanes take at most 8 numbers each before they are added up in Double: the error stays near that of a sum in
/// Double, at the speed of Float. The order of additions is fixed, so that the bits are too.
enum Reductions {
    private typealias Lanes = SIMD8<Float>
    private static let lanesInBlock = 8
    private static let laneCount = 8

    /// The sum of numbers.
    static func sum(_ numbers: UnsafePointer<Float>, count: Int) -> Double {
        sum(count: count) {
            lanes(numbers, $0)
        } single: {
            numbers[$0]
        }
    }

    /// The sum of squared distances from a number.
    static func squares(_ numbers: UnsafePointer<Float>, about center: Float, count: Int) -> Double {
        sum(count: count) {
            let distance = lanes(numbers, $0) - center
            return distance * distance
        } single: {
            let distance = numbers[$0] - center
            return distance * distance
        }
    }

    /// The sum of products.
    static func products(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Double {
        sum(count: count) {
            lanes(a, $0) * lanes(b, $0)
        } single: {
            a[$0] * b[$0]
        }
    }

    /// The sum of products with the distance from a number: Σ a·b·(c − center).
    static func products(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>, about center: Float, count: Int
    ) -> Double {
        sum(count: count) {
            lanes(a, $0) * lanes(b, $0) * (lanes(c, $0) - center)
        } single: {
            a[$0] * b[$0] * (c[$0] - center)
        }
    }

    /// Adds up a term over the indices from 0 to `count` − 1, eight at a time as long as there are eight.
    @inline(__always)
    private static func sum(count: Int, lanes: (Int) -> Lanes, single: (Int) -> Float) -> Double {
        var total = SIMD8<Double>()
        let whole = count / laneCount
        var group = 0
        while group < whole {
            let end = min(group + lanesInBlock, whole)
            var block = Lanes()
            while group < end {
                block += lanes(group * laneCount)
                group += 1
            }
            total += SIMD8<Double>(block)
        }
        var rest = 0.0
        for index in whole * laneCount..<count { rest += Double(single(index)) }
        return total.sum() + rest
    }

    /// Eight numbers from an index on; the caller's bounds hold for all of them.
    @inline(__always)
    private static func lanes(_ numbers: UnsafePointer<Float>, _ index: Int) -> Lanes {
        UnsafeRawPointer(numbers + index).loadUnaligned(as: Lanes.self)
    }
}
