import Formulas

/// How an operator of the language is said in ONNX.
enum ONNXForm: Hashable, Sendable {
    /// By the standard operator of this name, with the same operands.
    case node(String)
    /// By a standard operator that gives a truth value.
    case comparison(String)
    /// By a standard operator from truth values to one.
    case logic(String)
    /// By `Where`, whose first operand is a truth value.
    case choice
    /// By other operators of the language, over the operands a and b.
    case formula(String)
    /// The same, computed in double precision and rounded once.
    case wide(String)
}

/// Every operator of the language in ONNX's standard operators.
///
/// What ONNX has no operator for is composed of others, in forms that keep all digits where the plain definition loses
/// them. So is sigmoid: onnxruntime's own is a rational function that is 0 on negative arguments beyond 18. Float's own
/// digits do not suffice for exponents (an error of half a unit in 80 is one of 40 in its exponential), so some forms are
/// computed in double.
///
/// onnxruntime's `Where` makes +0 of a −0 that it takes from its second input, but not from its third (it merges both by
/// whether the second differs from 0), and its `Sign` gives +0 for −0. So where a result may be −0, the forms choose it last.
enum ONNXOperators {
    static let forms: [Operator: ONNXForm] = [
        .add: .node("Add"),
        .subtract: .node("Sub"),
        .multiply: .node("Mul"),
        .divide: .node("Div"),
        .power: .node("Pow"),
        .negate: .node("Neg"),
        .absolute: .node("Abs"),
        .sign: .formula("where(a > 0, 1, where(a < 0, -1, a))"),
        .floor: .node("Floor"),
        .ceil: .node("Ceil"),
        .round: .formula("let t = sign(a)*floor(abs(a)); where(abs(a - t) >= 0.5, t + sign(a), t)"),
        .rint: .node("Round"),
        .squareRoot: .node("Sqrt"),
        .cubeRoot: .wide("sign(a)*abs(a)^0.3333333333333333"),
        .exp: .node("Exp"),
        .expm1: .formula("tanh(a/2)*(exp(a) + 1)"),
        .exp2: .wide("2^a"),
        .expProduct: .wide("exp(a*b)"),
        .log: .node("Log"),
        .log1p: .wide("where(abs(a) >= 1e-5, log(1 + a), a - a*a/2 + a*a*a/3)"),
        .log2: .wide("log(a)/0.6931471805599453"),
        .log10: .wide("log(a)/2.302585092994046"),
        .sin: .node("Sin"),
        .cos: .node("Cos"),
        .tan: .node("Tan"),
        .asin: .node("Asin"),
        .acos: .node("Acos"),
        .atan: .node("Atan"),
        .atan2: .formula(atan2),
        .sinh: .node("Sinh"),
        .cosh: .node("Cosh"),
        .tanh: .node("Tanh"),
        .erf: .node("Erf"),
        .erfc: .wide("let z = a; \(complementaryError); where(z < 0, 2 - y, y)"),
        .normalCDF: .wide("let z = -0.7071067811865476*a; \(complementaryError); where(z < 0, 1 - y/2, y/2)"),
        .sigmoid: .formula("1/(1 + exp(-a))"),
        .softplus: .node("Softplus"),
        .logisticDensity: .formula("let t = exp(-abs(a)); t/((1 + t)*(1 + t))"),
        .tanhSoftplus: .formula("let t = exp(min(a, 22)); let n = t*(t + 2); n/(n + 2)"),
        .hypot: .wide("where(abs(a) == inf or abs(b) == inf, inf, sqrt(a*a + b*b))"),
        .minimum: .node("Min"),
        .maximum: .node("Max"),
        .less: .comparison("Less"),
        .lessOrEqual: .comparison("LessOrEqual"),
        .equal: .comparison("Equal"),
        .notEqual: .formula("not(a == b)"),
        .not: .logic("Not"),
        .and: .logic("And"),
        .or: .logic("Or"),
        .select: .choice,
    ]

    /// erfc(|z|) as y = t·exp(−z² + P(t)) with t = 1/(1 + |z|/2). The form is that of W. H. Press
    /// et al., "Numerical recipes", 1992, section 6.2; P is a Chebyshev fit of our own, of degree 13, whose largest relative
    /// error is 1.2e-9.
    private static let complementaryError: String = {
        let coefficients = [
            "-1.2655121228073571", "0.9999997569405452", "0.3750140666152636", "0.0830261153664895", "-0.0826782567505178",
            "-0.16176209488367801", "-0.047936880190088293", "0.07736035998826737", "-0.5341717407028065", "2.226942740338152",
            "-3.456431016238814", "2.6650780427477154", "-1.0486923599864793", "0.16976339068895974",
        ]
        let polynomial = coefficients.dropLast().reversed().reduce(coefficients[coefficients.count - 1]) { "(\($1) + t*\($0))" }
        return "let t = 1/(1 + abs(z)/2); let y = t*exp(-z*z + \(polynomial))"
    }()

    /// The angle of the quotient of the smaller by the larger magnitude, turned into the octant that the signs and
    /// magnitudes tell. Equal magnitudes, zeros and infinities among them, have no quotient to rely on; the reciprocal
    /// tells −0 from 0.
    private static let atan2 = """
        let u = abs(a); let v = abs(b); let small = where(u < v, u, v); let large = where(u < v, v, u);
        let near = where(large == 0, 0, where(u == v, 0.7853981633974483, atan(small/large)));
        let half = where(u > v, 1.5707963267948966 - near, near);
        let whole = where(where(b == 0, 1/b, b) < 0, 3.141592653589793 - half, half);
        let signed = where(where(a == 0, 1/a, a) > 0, whole, -whole);
        where(a != a or b != b, a + b, signed)
        """
}
