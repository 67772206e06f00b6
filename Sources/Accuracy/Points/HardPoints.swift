import Formulas

/// Inputs at which numerical code tends to fail.
public enum HardPoints {
    /// Zeros, units, infinities, NaN, the ends of the normal and subnormal ranges, and the neighbourhoods where elementary
    /// functions change their behaviour, of both signs, each a number of the type.
    public static func special(_ precision: Precision) -> [Double] {
        let magnitudes: [Double] =
            switch precision {
            case .float:
                [
                    Float.leastNonzeroMagnitude, 3 * Float.leastNonzeroMagnitude, Float.leastNormalMagnitude.nextDown,
                    Float.leastNormalMagnitude, 1e-30, 1e-20, 1e-10, Float.ulpOfOne / 2, Float.ulpOfOne, 1e18, 1.9e19,
                    1e30, Float.greatestFiniteMagnitude / 2, Float.greatestFiniteMagnitude, Float(1).nextDown, Float(1).nextUp,
                    87, 88.5, 88.72283, 88.8, 103.9, 104.5,
                ].map(Double.init)
            case .double:
                [
                    .leastNonzeroMagnitude, 3 * .leastNonzeroMagnitude, Double.leastNormalMagnitude.nextDown,
                    .leastNormalMagnitude, 1e-200, 1e-100, 1e-20, .ulpOfOne / 2, .ulpOfOne, 1e18, 1e100, 1.4e154, 1e300,
                    .greatestFiniteMagnitude / 2, .greatestFiniteMagnitude, 1.0.nextDown, 1.0.nextUp,
                    700, 709.7827128933841, 710.5, 744.4, 746,
                ]
            }
        let shared: [Double] = [
            0, 1, 2, 3, 0.5, 0.1, 0.25, 0.75, 1.5, 2.5, 3.5, 10, 20, 22, 30, 50, 100, 1e3, 1e4, 1e6, 1e-3, 1e-4, 1e-6,
            0.5671432904, 0.693147, 1.1924, 1.27846, 1.570796, 3.141592653589793, 6.283185307179586, .infinity,
        ]
        return (magnitudes + shared).map(precision.rounded).flatMap { [$0, -$0] } + [.nan]
    }

    /// Seeded random numbers of the type: a third uniform in ±10, a third of random exponent within ±2³⁰, a third random bits.
    public static func random(_ precision: Precision, count: Int, using generator: inout SplitMix64) -> [Double] {
        (0..<count).map { index in
            let number: Double =
                switch index % 3 {
                case 0: .random(in: -10...10, using: &generator)
                case 1:
                    .random(in: -1...1, using: &generator)
                        * Double(sign: .plus, exponent: .random(in: -30...30, using: &generator), significand: 1)
                default:
                    switch precision {
                    case .float: Double(Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &generator)))
                    case .double: Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
                    }
                }
            return precision.rounded(number)
        }
    }
}
