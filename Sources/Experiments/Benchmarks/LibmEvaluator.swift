import Formulas
import Foundation
import Lanes

/// Evaluates a formula with the C library's scalar functions, one node after the other over blocks of elements: what a
/// program does that calls libm for each number. It is the yardstick that `bench` puts beside the compiled kernels, and
/// no reference for accuracy.
public struct LibmEvaluator<Value: LibmFloat>: Sendable {
    private let formula: Formula
    private let parameters: [Value]

    /// Elements for which all nodes are computed before the next ones: few enough for the first-level cache.
    private static var blockLength: Int { 256 }

    /// Prepares a formula, whose parameters have their declared values.
    public init(_ formula: Formula) {
        self.formula = formula
        parameters = formula.parameters.map { Value($0.value) }
    }

    /// The values of output 0.
    ///
    /// - Parameter columns: an array for each variable, all of one length.
    public func values(_ columns: [[Value]]) -> [Value] {
        let count = columns.first?.count ?? 1
        var results = [Value](repeating: 0, count: count)
        var blocks = [[Value]](repeating: [Value](repeating: 0, count: Self.blockLength), count: formula.nodes.count)
        for start in stride(from: 0, to: count, by: Self.blockLength) {
            let length = min(Self.blockLength, count - start)
            for (index, node) in formula.nodes.enumerated() {
                // Taken out of the list while it is written, so that the other blocks can be read.
                var block: [Value] = []
                swap(&block, &blocks[index])
                compute(node, into: &block, length: length, start: start, columns: columns, blocks: blocks)
                swap(&block, &blocks[index])
            }
            let output = blocks[formula.outputs[0].index]
            for element in 0..<length { results[start + element] = output[element] }
        }
        return results
    }

    private func compute(
        _ node: Node, into block: inout [Value], length: Int, start: Int, columns: [[Value]], blocks: [[Value]]
    ) {
        switch node {
        case .constant(let constant): for element in 0..<length { block[element] = Value(constant.value) }
        case .parameter(let index): for element in 0..<length { block[element] = parameters[index] }
        case .variable(let index): for element in 0..<length { block[element] = columns[index][start + element] }
        case .unary(let operation, let a):
            let (function, a) = (Self.unary(operation), blocks[a.index])
            for element in 0..<length { block[element] = function(a[element]) }
        case .binary(let operation, let a, let b):
            let (function, a, b) = (Self.binary(operation), blocks[a.index], blocks[b.index])
            for element in 0..<length { block[element] = function(a[element], b[element]) }
        case .ternary(_, let condition, let a, let b):
            let (condition, a, b) = (blocks[condition.index], blocks[a.index], blocks[b.index])
            for element in 0..<length { block[element] = condition[element] != 0 ? a[element] : b[element] }
        }
    }

    private static func unary(_ operation: Operator) -> (Value) -> Value {
        switch operation {
        case .negate: { -$0 }
        case .absolute: { $0.magnitude }
        case .sign: { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
        case .floor: { $0.rounded(.down) }
        case .ceil: { $0.rounded(.up) }
        case .round: { $0.rounded(.toNearestOrAwayFromZero) }
        case .rint: { $0.rounded(.toNearestOrEven) }
        case .squareRoot: { $0.squareRoot() }
        case .not: { $0 == 0 ? 1 : 0 }
        case .sigmoid: { 1 / (1 + Value.libm(.exp, -$0)) }
        case .logisticDensity: { (1 / (1 + Value.libm(.exp, -$0))) * (1 / (1 + Value.libm(.exp, $0))) }
        case .softplus: { max($0, 0) + Value.libm(.log1p, Value.libm(.exp, -$0.magnitude)) }
        case .tanhSoftplus: { Value.libm(.tanh, max($0, 0) + Value.libm(.log1p, Value.libm(.exp, -$0.magnitude))) }
        case .normalCDF: { Value.libm(.erfc, $0 * Value(-0.7071067811865476)) / 2 }
        default: { Value.libm(operation, $0) }
        }
    }

    private static func binary(_ operation: Operator) -> (Value, Value) -> Value {
        switch operation {
        case .add: { $0 + $1 }
        case .subtract: { $0 - $1 }
        case .multiply: { $0 * $1 }
        case .divide: { $0 / $1 }
        case .minimum: { $0 < $1 || $0.isNaN ? $0 : $1 }
        case .maximum: { $0 > $1 || $0.isNaN ? $0 : $1 }
        case .less: { $0 < $1 ? 1 : 0 }
        case .lessOrEqual: { $0 <= $1 ? 1 : 0 }
        case .equal: { $0 == $1 ? 1 : 0 }
        case .notEqual: { $0 != $1 ? 1 : 0 }
        case .and: { $0 != 0 && $1 != 0 ? 1 : 0 }
        case .or: { $0 != 0 || $1 != 0 ? 1 : 0 }
        case .expProduct: { Value.libm(.exp, $0 * $1) }
        default: { Value.libm(operation, $0, $1) }
        }
    }
}

/// The types for which the C library has functions.
public protocol LibmFloat: LaneFloat {
    /// A function of one number that the C library has under the operation's name; NaN for others.
    static func libm(_ operation: Operator, _ x: Self) -> Self
    /// A function of two numbers that the C library has under the operation's name; NaN for others.
    static func libm(_ operation: Operator, _ x: Self, _ y: Self) -> Self
}

extension Float: LibmFloat {
    public static func libm(_ operation: Operator, _ x: Float) -> Float {
        switch operation {
        case .cubeRoot: cbrtf(x)
        case .exp: expf(x)
        case .expm1: expm1f(x)
        case .exp2: exp2f(x)
        case .log: logf(x)
        case .log1p: log1pf(x)
        case .log2: log2f(x)
        case .log10: log10f(x)
        case .sin: sinf(x)
        case .cos: cosf(x)
        case .tan: tanf(x)
        case .asin: asinf(x)
        case .acos: acosf(x)
        case .atan: atanf(x)
        case .sinh: sinhf(x)
        case .cosh: coshf(x)
        case .tanh: tanhf(x)
        case .erf: erff(x)
        case .erfc: erfcf(x)
        default: .nan
        }
    }

    public static func libm(_ operation: Operator, _ x: Float, _ y: Float) -> Float {
        switch operation {
        case .power: powf(x, y)
        case .atan2: atan2f(x, y)
        case .hypot: hypotf(x, y)
        default: .nan
        }
    }
}

extension Double: LibmFloat {
    public static func libm(_ operation: Operator, _ x: Double) -> Double {
        switch operation {
        case .cubeRoot: cbrt(x)
        case .exp: exp(x)
        case .expm1: expm1(x)
        case .exp2: exp2(x)
        case .log: log(x)
        case .log1p: log1p(x)
        case .log2: log2(x)
        case .log10: log10(x)
        case .sin: sin(x)
        case .cos: cos(x)
        case .tan: tan(x)
        case .asin: asin(x)
        case .acos: acos(x)
        case .atan: atan(x)
        case .sinh: sinh(x)
        case .cosh: cosh(x)
        case .tanh: tanh(x)
        case .erf: erf(x)
        case .erfc: erfc(x)
        default: .nan
        }
    }

    public static func libm(_ operation: Operator, _ x: Double, _ y: Double) -> Double {
        switch operation {
        case .power: pow(x, y)
        case .atan2: atan2(x, y)
        case .hypot: hypot(x, y)
        default: .nan
        }
    }
}
