import Foundation
import Formulas

/// A type in which the system's mathematical library computes reference values, independently of this package.
public protocol WideFloat: BinaryFloatingPoint, Sendable {
    /// The library's functions of one or two numbers; those of one leave the second aside.
    static var library: [Operator: @Sendable (Self, Self) -> Self] { get }
}

extension Double: WideFloat {
    public static let library: [Operator: @Sendable (Double, Double) -> Double] = [
        .cubeRoot: { x, _ in Foundation.cbrt(x) }, .exp: { x, _ in Foundation.exp(x) },
        .expm1: { x, _ in Foundation.expm1(x) }, .exp2: { x, _ in Foundation.exp2(x) },
        .log: { x, _ in Foundation.log(x) }, .log1p: { x, _ in Foundation.log1p(x) },
        .log2: { x, _ in Foundation.log2(x) }, .log10: { x, _ in Foundation.log10(x) },
        .sin: { x, _ in Foundation.sin(x) }, .cos: { x, _ in Foundation.cos(x) }, .tan: { x, _ in Foundation.tan(x) },
        .asin: { x, _ in Foundation.asin(x) }, .acos: { x, _ in Foundation.acos(x) },
        .atan: { x, _ in Foundation.atan(x) }, .sinh: { x, _ in Foundation.sinh(x) },
        .cosh: { x, _ in Foundation.cosh(x) }, .tanh: { x, _ in Foundation.tanh(x) },
        .erf: { x, _ in Foundation.erf(x) }, .erfc: { x, _ in Foundation.erfc(x) },
        .power: { x, y in Foundation.pow(x, y) }, .atan2: { x, y in Foundation.atan2(x, y) },
        .hypot: { x, y in Foundation.hypot(x, y) },
    ]
}

#if arch(x86_64)
    extension Float80: WideFloat {
        public static let library: [Operator: @Sendable (Float80, Float80) -> Float80] = [
            .cubeRoot: { x, _ in Foundation.cbrt(x) }, .exp: { x, _ in Foundation.exp(x) },
            .expm1: { x, _ in Foundation.expm1(x) }, .exp2: { x, _ in Foundation.exp2(x) },
            .log: { x, _ in Foundation.log(x) }, .log1p: { x, _ in Foundation.log1p(x) },
            .log2: { x, _ in Foundation.log2(x) }, .log10: { x, _ in Foundation.log10(x) },
            .sin: { x, _ in Foundation.sin(x) }, .cos: { x, _ in Foundation.cos(x) },
            .tan: { x, _ in Foundation.tan(x) }, .asin: { x, _ in Foundation.asin(x) },
            .acos: { x, _ in Foundation.acos(x) }, .atan: { x, _ in Foundation.atan(x) },
            .sinh: { x, _ in Foundation.sinh(x) }, .cosh: { x, _ in Foundation.cosh(x) },
            .tanh: { x, _ in Foundation.tanh(x) }, .erf: { x, _ in Foundation.erf(x) },
            .erfc: { x, _ in Foundation.erfc(x) }, .power: { x, y in Foundation.pow(x, y) },
            .atan2: { x, y in Foundation.atan2(x, y) }, .hypot: { x, y in Foundation.hypot(x, y) },
        ]
    }
#endif

extension WideFloat {
    /// An operation in this type by the library's functions, its own rounding errors kept within a few units in this type's
    /// last place; `nil` for what is no function of one or two numbers to verify.
    public static func function(_ operation: Operator) -> (@Sendable (Self, Self) -> Self)? {
        switch operation {
        case .squareRoot: { x, _ in x.squareRoot() }
        case .absolute: { x, _ in x.magnitude }
        case .sign: { x, _ in x.isNaN || x == 0 ? x : (x < 0 ? -1 : 1) }
        case .floor: { x, _ in x.rounded(.down) }
        case .ceil: { x, _ in x.rounded(.up) }
        case .round: { x, _ in x.rounded(.toNearestOrAwayFromZero) }
        case .rint: { x, _ in x.rounded(.toNearestOrEven) }
        case .expProduct, .sigmoid, .softplus, .logisticDensity, .tanhSoftplus, .normalCDF: composed(operation)
        default: library[operation]
        }
    }

    // Without specialisation every step would go through witness tables, many times slower.
    @_specialize(where Self == Double)
    #if arch(x86_64)
        @_specialize(where Self == Float80)
    #endif
    private static func composed(_ operation: Operator) -> (@Sendable (Self, Self) -> Self)? {
        guard let exp = library[.exp], let log1p = library[.log1p], let erfc = library[.erfc] else { return nil }
        switch operation {
        case .expProduct:
            return { x, y in
                let product = x * y
                let value = exp(product, 0)
                // The product's rounding error, where it is a number, is a relative one of the exponential.
                let lost = (-product).addingProduct(x, y)
                return value.isFinite && lost.isFinite ? value.addingProduct(value, lost) : value
            }
        case .sigmoid: return { x, _ in 1 / (1 + exp(-x, 0)) }
        case .softplus: return { x, _ in x > 0 ? x + log1p(exp(-x, 0), 0) : log1p(exp(x, 0), 0) }
        case .logisticDensity:
            return { x, _ in
                let small = exp(-x.magnitude, 0)
                return small / ((1 + small) * (1 + small))
            }
        case .tanhSoftplus:
            return { x, _ in
                // Beyond 100 the result is 1 to more digits than there are.
                let power = exp(x > 100 ? 100 : x, 0)
                let numerator = power * (power + 2)
                return numerator / (numerator + 2)
            }
        default:
            let root = Self(2).squareRoot()
            // √2 = root + rest, of which the rest counts because erfc magnifies its argument's error.
            let rest = Self(2).addingProduct(-root, root) / (2 * root)
            return { x, _ in
                let argument = -x / root
                let value = erfc(argument, 0) / 2
                guard argument.isFinite, value.isFinite else { return value }
                // −x/√2 = argument + lost, and erfc' = −2/√π·e^(−argument²).
                let lost = ((-x).addingProduct(-argument, root) - argument * rest) / root
                return value - exp(-argument * argument, 0) * lost * Self(0.5641895835477563)
            }
        }
    }
}
