import Formulas

extension LaneProgram {
    /// Expands a formula into primitive operations: variables become streams and parameters uniforms, in their order,
    /// and outputs stay in theirs. Equal work is done once across all outputs.
    public init(expanding formula: Formula, precision: Precision, math: MathMode = .accurate) {
        let builder = LaneBuilder(
            precision: precision, streamCount: formula.variables.count, uniformCount: formula.parameters.count, math: math)
        var expansion = Expansion(formula, builder: builder)
        for node in formula.nodes { expansion.append(node) }
        self = builder.program(outputs: formula.outputs.map { expansion.number($0).id })
    }
}

/// One walk over a formula's nodes, operands first.
private struct Expansion {
    let builder: LaneBuilder
    private var values: [Value] = []
    /// The nodes whose functions are wanted in pairs that share work.
    private let pairs: FunctionPairs

    /// What a node became. A condition stays a mask until a number is wanted of it.
    private enum Value {
        case number(LaneNumber)
        case condition(LaneMask)
    }

    init(_ formula: Formula, builder: LaneBuilder) {
        self.builder = builder
        pairs = FunctionPairs(formula)
    }

    /// The value of a node as a number: 1 or 0 for a condition.
    func number(_ id: NodeID) -> LaneNumber {
        switch values[id.index] {
        case .number(let number): number
        case .condition(let mask): mask.select(1, builder.number(0))
        }
    }

    /// The value of a node as a truth value: a number is true when it differs from 0, as NaN does.
    private func condition(_ id: NodeID) -> LaneMask {
        switch values[id.index] {
        case .number(let number): !number.isEqual(to: 0)
        case .condition(let mask): mask
        }
    }

    mutating func append(_ node: Node) {
        switch node {
        case .constant(let constant): values.append(.number(builder.number(constant.value)))
        case .variable(let index): values.append(.number(builder.stream(index)))
        case .parameter(let index): values.append(.number(builder.uniform(index)))
        case .unary(.not, let a): values.append(.condition(!condition(a)))
        case .unary(.sin, let a) where pairs.angles.contains(a):
            values.append(.number(builder.sineAndCosine(number(a)).sine))
        case .unary(.cos, let a) where pairs.angles.contains(a):
            values.append(.number(builder.sineAndCosine(number(a)).cosine))
        case .unary(.tanh, let a) where pairs.tangents.contains(a):
            values.append(.number(builder.hyperbolicTangentBesideSlope(number(a))))
        case .unary(.sigmoid, let a) where pairs.softplusArguments.contains(a):
            values.append(.number(builder.sigmoid(number(a), besideSoftplus: true)))
        case .unary(let operation, let a): values.append(.number(unary(operation, number(a))))
        case .binary(let operation, let a, let b):
            if let mask = binaryCondition(operation, a, b) {
                values.append(.condition(mask))
            } else {
                values.append(.number(binary(operation, number(a), number(b))))
            }
        case .ternary(_, let a, let b, let c):
            values.append(.number(condition(a).select(number(b), number(c))))
        }
    }

    private func binaryCondition(_ operation: Operator, _ a: NodeID, _ b: NodeID) -> LaneMask? {
        switch operation {
        case .less: number(a) < number(b)
        case .lessOrEqual: number(a) <= number(b)
        case .equal: number(a).isEqual(to: number(b))
        case .notEqual: !number(a).isEqual(to: number(b))
        case .and: condition(a) && condition(b)
        case .or: condition(a) || condition(b)
        default: nil
        }
    }
}

extension Expansion {
    private func unary(_ operation: Operator, _ x: LaneNumber) -> LaneNumber {
        switch operation {
        case .negate: -x
        case .absolute: x.magnitude
        case .sign: builder.sign(x)
        case .floor: builder.floor(x)
        case .ceil: builder.ceil(x)
        case .round: builder.roundHalfAway(x)
        case .rint: x.roundedToEven
        case .squareRoot: x.squareRoot
        case .exp: builder.exponential(x)
        case .expm1: builder.exponentialMinusOne(x)
        case .exp2: builder.exponentialBase2(x)
        case .log: builder.logarithm(x)
        case .log1p: builder.logarithmOnePlus(x)
        case .log2: builder.logarithmBase2(x)
        case .log10: builder.logarithmBase10(x)
        case .sin: builder.sine(x)
        case .cos: builder.cosine(x)
        case .tan: builder.tangent(x)
        case .asin: builder.arcSine(x)
        case .acos: builder.arcCosine(x)
        case .atan: builder.arcTangent(x)
        case .cubeRoot: builder.cubeRoot(x)
        case .sinh: builder.hyperbolicSine(x)
        case .cosh: builder.hyperbolicCosine(x)
        case .tanh: builder.hyperbolicTangent(x)
        case .sigmoid: builder.sigmoid(x)
        case .softplus: builder.softplus(x)
        case .logisticDensity: builder.logisticDensity(x)
        case .tanhSoftplus: builder.hyperbolicTangentOfSoftplus(x)
        case .erf: builder.errorFunction(x)
        case .erfc: builder.complementaryErrorFunction(x)
        case .normalCDF: builder.normalDistribution(x)
        case .add, .subtract, .multiply, .divide, .power, .expProduct, .atan2, .hypot, .minimum, .maximum, .less,
            .lessOrEqual, .equal, .notEqual, .not, .and, .or, .select:
            // Conditions are expanded to masks before; the others do not take one operand.
            builder.number(.nan)
        }
    }

    private func binary(_ operation: Operator, _ x: LaneNumber, _ y: LaneNumber) -> LaneNumber {
        switch operation {
        case .add: x + y
        case .subtract: x - y
        case .multiply: x * y
        case .divide: builder.quotient(x, y)
        case .minimum: builder.minimum(x, y)
        case .maximum: builder.maximum(x, y)
        case .expProduct: builder.exponentialOfProduct(x, y)
        case .power:
            if let exponent = builder.literalValue(y).flatMap(IntegerPower.exponent) {
                builder.integerPower(x, exponent)
            } else {
                builder.power(x, y)
            }
        case .atan2: builder.arcTangent2(x, y)
        case .hypot: builder.hypotenuse(x, y)
        default:
            // Conditions are expanded to masks before; the others do not take two operands.
            builder.number(.nan)
        }
    }
}
