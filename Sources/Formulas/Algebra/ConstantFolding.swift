/// Arithmetic on literals as the target type does it: only operations that IEEE 754 rounds correctly, so that folding never
/// changes a bit of the result. Elementary functions of literals stay as they are; the lane program folds those with
/// its own arithmetic.
enum ConstantFolding {
    /// The result of an operation on literals that are rounded to the type first, or `nil` if it is not to be folded.
    static func fold(_ operation: Operator, _ operands: [Double], _ precision: Precision) -> Double? {
        switch operation {
        // These round nothing and commute with rounding: the literal keeps its digits.
        case .negate, .absolute, .minimum, .maximum: fold(operation, operands)
        default:
            switch precision {
            case .float: fold(operation, operands.map { Float($0) }).map { Double($0) }
            case .double: fold(operation, operands)
            }
        }
    }

    private static func fold<Value: BinaryFloatingPoint>(_ operation: Operator, _ operands: [Value]) -> Value? {
        let a = operands[0]
        let b = operands.count > 1 ? operands[1] : a
        switch operation {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return a / b
        case .negate: return -a
        case .absolute: return abs(a)
        case .sign: return a.isNaN || a == 0 ? nil : (a < 0 ? -1 : 1)
        case .floor: return a.rounded(.down)
        case .ceil: return a.rounded(.up)
        case .round: return a.rounded(.toNearestOrAwayFromZero)
        case .rint: return a.rounded(.toNearestOrEven)
        case .squareRoot:
            // Exact roots only: √2 means the number, and is more use to the rules that way.
            let root = a.squareRoot()
            return root * root == a && a.isFinite && (-(root * root)).addingProduct(root, root) == 0 ? root : nil
        case .power: return IntegerPower.exponent(Double(b)).map { IntegerPower.chain(a, $0, one: 1, multiply: *, divide: /) }
        // Which of two zeros an extreme returns is the lane program's affair.
        case .minimum: return a.isNaN || b.isNaN ? .nan : a == b && a == 0 ? nil : Swift.min(a, b)
        case .maximum: return a.isNaN || b.isNaN ? .nan : a == b && a == 0 ? nil : Swift.max(a, b)
        case .less: return a < b ? 1 : 0
        case .lessOrEqual: return a <= b ? 1 : 0
        case .equal: return a == b ? 1 : 0
        case .notEqual: return a != b ? 1 : 0
        case .not: return a == 0 ? 1 : 0
        case .and: return a != 0 && b != 0 ? 1 : 0
        case .or: return a != 0 || b != 0 ? 1 : 0
        default: return nil
        }
    }

    /// Whether the type does an operation on two of its numbers without rounding.
    static func isExact(_ operation: Operator, _ a: Double, _ b: Double, _ precision: Precision) -> Bool {
        switch precision {
        case .float: isExact(operation, Float(a), Float(b)) && Double(Float(a)) == a && Double(Float(b)) == b
        case .double: isExact(operation, a, b)
        }
    }

    private static func isExact<Value: BinaryFloatingPoint>(_ operation: Operator, _ a: Value, _ b: Value) -> Bool {
        switch operation {
        case .add:
            // The error of a sum, after D. Knuth, The Art of Computer Programming, volume 2, section 4.2.2.
            let sum = a + b
            let part = sum - a
            return sum.isFinite && (a - (sum - part)) + (b - part) == 0
        case .subtract: return isExact(.add, a, -b)
        case .multiply:
            let product = a * b
            return product.isFinite && (product.isNormal || product == 0) && (-product).addingProduct(a, b) == 0
        default: return false
        }
    }
}
