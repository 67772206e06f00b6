import Formulas

/// Where a function has something to show: what points for it crowd around.
struct FunctionPlaces {
    /// The interval in which the value changes without being saturated or out of range.
    var interval: ClosedRange<Double>
    /// Half the width of the range reduction, so that its joints lie at multiples of it; high part and low part.
    var period: (high: Double, low: Double)?
    /// How many periods away from 0 points may lie; as far as the interval goes if `nil`.
    var largestMultiple: Double?
    /// Poles, zeros, joints between expansions, and the ends of range and domain.
    var anchors: [Double]

    private static let halfPi = (high: Double.pi / 2, low: 6.123233995736766e-17)
    private static let halfLogarithmOf2 = (high: 0.34657359027997264, low: 1.1595234069231498e-17)
    private static let half = (high: 0.5, low: 0.0)

    /// Ends of the type's range that every function is tried at.
    private static func ends(_ precision: Precision) -> [Double] {
        switch precision {
        case .float: [Double(Float.leastNormalMagnitude), Double(Float.greatestFiniteMagnitude), 0x1p-149, 0x1p-24, 0x1p-12]
        case .double: [.leastNormalMagnitude, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0x1p-53, 0x1p-26]
        }
    }

    /// The places of a function of one number, as the type has them.
    static func places(_ operation: Operator, _ precision: Precision) -> FunctionPlaces {
        var places = wherever(operation, isFloat: precision == .float)
        places.anchors += ends(precision) + [0, 1, 2, 0.5]
        return places
    }

    private static func wherever(_ operation: Operator, isFloat: Bool) -> FunctionPlaces {
        // The logarithms of the largest, the least normal and half the least number.
        let overflow = isFloat ? 88.72283905206835 : 709.782712893384
        let subnormal = isFloat ? -87.33654475055310 : -708.3964185322641
        let underflow = isFloat ? -103.97207708399179 : -745.1332191019412
        // Beyond this e^-x no longer counts beside 1.
        let saturation = isFloat ? 17.328679513998632 : 37.42994775023705
        switch operation {
        case .exp:
            return FunctionPlaces(
                interval: underflow...overflow, period: halfLogarithmOf2, anchors: [overflow, subnormal, underflow])
        case .expm1:
            return FunctionPlaces(
                interval: -saturation...overflow, period: halfLogarithmOf2, anchors: [overflow, -saturation, -0.69314718])
        case .exp2:
            let (top, least) = isFloat ? (128.0, -150.0) : (1024, -1075)
            return FunctionPlaces(interval: least...top, period: half, anchors: [top, least, isFloat ? -126 : -1022])
        case .log, .log2, .log10:
            return FunctionPlaces(interval: 0...10, anchors: [1, 0.7071067811865476, 1.4142135623730951, 0.6666666666666666, 10])
        case .log1p:
            return FunctionPlaces(interval: -1...10, anchors: [-1, -0.2928932188134524, 0.41421356237309503])
        case .sin, .cos, .tan:
            let cold = isFloat ? 0x1p17 : 0x1p30
            return FunctionPlaces(
                interval: -20...20, period: halfPi, largestMultiple: 0x1p52,
                anchors: [.pi / 4, .pi / 2, .pi, cold, isFloat ? 0x1p15 : 0x1p27])
        case .asin, .acos: return FunctionPlaces(interval: -1...1, anchors: [0.8660254037844386, 0.7071067811865476])
        case .atan: return FunctionPlaces(interval: -20...20, anchors: [0.4142135623730951, 2.414213562373095, 0x1p25, 0x1p54])
        case .sinh, .cosh:
            let top = overflow + 0.6931471805599453
            return FunctionPlaces(interval: -top...top, period: halfLogarithmOf2, anchors: [top, overflow, saturation / 2])
        case .tanh:
            let end = saturation / 2
            return FunctionPlaces(interval: -end - 1...end + 1, period: halfLogarithmOf2, anchors: [end, 0.5493061443340549])
        case .sigmoid, .softplus, .logisticDensity, .tanhSoftplus:
            return FunctionPlaces(
                interval: underflow...saturation * 2, period: halfLogarithmOf2,
                anchors: [saturation, -saturation, underflow, subnormal, overflow])
        case .erf: return FunctionPlaces(interval: -6...6, anchors: [0.84375, 1.25, isFloat ? 3.919 : 5.921])
        case .erfc:
            return FunctionPlaces(
                interval: -6...28, anchors: [0.84375, 1.25, isFloat ? 10.054 : 27.226, isFloat ? 9.194 : 26.543])
        case .normalCDF:
            return FunctionPlaces(
                interval: -39...9, anchors: [isFloat ? -14.17 : -38.46, isFloat ? -12.95 : -37.52, 0.6744897501960817])
        case .squareRoot, .cubeRoot: return FunctionPlaces(interval: -8...8, anchors: [4, 8, 27])
        default: return FunctionPlaces(interval: -100...100, period: half, anchors: [1.5, 2.5, isFloat ? 0x1p23 : 0x1p52])
        }
    }
}
