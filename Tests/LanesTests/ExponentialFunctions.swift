import CMPFR
import TestSupport
import Testing

@testable import Lanes

/// The exponentials, logarithms and what is made of them, each with its exact counterpart and the error it may have.
enum ExponentialFunctions {
    /// A function, the largest error allowed in ULP for each type, and where it has something to show.
    struct Case: Sendable, CustomTestStringConvertible {
        let function: MeasuredFunction
        let floatBound: Double
        let doubleBound: Double
        /// Within this interval Double points are drawn evenly.
        let range: ClosedRange<Double>

        var testDescription: String { function.name }
    }

    static let all: [Case] = [
        Case(
            function: MeasuredFunction("exp", ExactFunction(mpfr_exp)) { $0.exponential },
            floatBound: 1, doubleBound: 1, range: -750...712),
        Case(
            function: MeasuredFunction("expm1", ExactFunction(mpfr_expm1)) { $0.exponentialMinusOne },
            floatBound: 1.75, doubleBound: 2, range: -40...5),
        Case(
            function: MeasuredFunction("exp2", ExactFunction(mpfr_exp2)) { $0.exponentialBase2 },
            floatBound: 1, doubleBound: 1, range: -1080...1025),
        Case(
            function: MeasuredFunction("gaussian", gaussian) { builder in { builder.exponentialOfProduct(-$0, $0) } },
            floatBound: 1, doubleBound: 1, range: -27.5...27.5),
        Case(
            function: MeasuredFunction("log", ExactFunction(mpfr_log)) { $0.logarithm },
            floatBound: 1.25, doubleBound: 1, range: 0.4...2.5),
        Case(
            function: MeasuredFunction("log1p", ExactFunction(mpfr_log1p)) { $0.logarithmOnePlus },
            floatBound: 1.75, doubleBound: 1.5, range: -1...3),
        Case(
            function: MeasuredFunction("log2", ExactFunction(mpfr_log2)) { $0.logarithmBase2 },
            floatBound: 1.25, doubleBound: 1.25, range: 0.4...2.5),
        Case(
            function: MeasuredFunction("log10", ExactFunction(mpfr_log10)) { $0.logarithmBase10 },
            floatBound: 1.25, doubleBound: 1, range: 0.4...2.5),
        Case(
            function: MeasuredFunction("sinh", ExactFunction(mpfr_sinh)) { $0.hyperbolicSine },
            floatBound: 1.5, doubleBound: 2, range: -711...711),
        Case(
            function: MeasuredFunction("cosh", ExactFunction(mpfr_cosh)) { $0.hyperbolicCosine },
            floatBound: 1.5, doubleBound: 1.5, range: -711...711),
        Case(
            function: MeasuredFunction("tanh", ExactFunction(mpfr_tanh)) { $0.hyperbolicTangent },
            floatBound: 1.5, doubleBound: 1.5, range: -20...20),
        Case(
            function: MeasuredFunction("sigmoid", sigmoid) { $0.sigmoid },
            floatBound: 1.75, doubleBound: 1.75, range: -40...40),
        Case(
            function: MeasuredFunction("sigmoid of the opposite", oppositeSigmoid) { builder in { builder.sigmoid(-$0) } },
            floatBound: 1.75, doubleBound: 1.75, range: -40...40),
        Case(
            function: MeasuredFunction("logistic density", logisticDensity) { builder in { builder.logisticDensity($0) } },
            floatBound: 2, doubleBound: 2, range: -40...40),
        Case(
            function: MeasuredFunction("logistic density beside tanh", logisticDensity) { builder in
                { builder.logisticDensity(of: $0, besideTangentOf: $0 * 0.5) }
            }, floatBound: 2, doubleBound: 2, range: -40...40),
        Case(
            function: MeasuredFunction("wide gaussian", scaledGaussian) { builder in
                { builder.exponentialOfProduct($0, $0 * -0.25) }
            }, floatBound: 1, doubleBound: 1, range: -55...55),
        Case(
            function: MeasuredFunction("softplus", softplus) { $0.softplus },
            floatBound: 1.75, doubleBound: 1.75, range: -40...40),
        Case(
            function: MeasuredFunction("tanh of softplus", tanhOfSoftplus) { $0.hyperbolicTangentOfSoftplus },
            floatBound: 2, doubleBound: 2, range: -40...25),
    ]

    static let gaussian = ExactFunction(steps: { result, x, _ in
        mpfr_sqr(result, x, MPFR_RNDN)
        mpfr_neg(result, result, MPFR_RNDN)
        mpfr_exp(result, result, MPFR_RNDN)
    })

    static let sigmoid = ExactFunction(steps: { result, x, _ in
        mpfr_neg(result, x, MPFR_RNDN)
        mpfr_exp(result, result, MPFR_RNDN)
        mpfr_add_ui(result, result, 1, MPFR_RNDN)
        mpfr_ui_div(result, 1, result, MPFR_RNDN)
    })

    static let oppositeSigmoid = ExactFunction(steps: { result, x, _ in
        mpfr_exp(result, x, MPFR_RNDN)
        mpfr_add_ui(result, result, 1, MPFR_RNDN)
        mpfr_ui_div(result, 1, result, MPFR_RNDN)
    })

    /// 1/(4·cosh(x/2)²).
    static let logisticDensity = ExactFunction(steps: { result, x, _ in
        mpfr_div_ui(result, x, 2, MPFR_RNDN)
        mpfr_cosh(result, result, MPFR_RNDN)
        mpfr_sqr(result, result, MPFR_RNDN)
        mpfr_mul_ui(result, result, 4, MPFR_RNDN)
        mpfr_ui_div(result, 1, result, MPFR_RNDN)
    })

    /// e^(-x²/4).
    static let scaledGaussian = ExactFunction(steps: { result, x, _ in
        mpfr_sqr(result, x, MPFR_RNDN)
        mpfr_div_si(result, result, -4, MPFR_RNDN)
        mpfr_exp(result, result, MPFR_RNDN)
    })

    static let softplus = ExactFunction(steps: { result, x, _ in
        guard mpfr_cmp_ui(x, 200) <= 0 else {
            mpfr_set(result, x, MPFR_RNDN)
            return
        }
        mpfr_exp(result, x, MPFR_RNDN)
        mpfr_log1p(result, result, MPFR_RNDN)
    })

    static let tanhOfSoftplus = ExactFunction(steps: { result, x, _ in
        guard mpfr_cmp_ui(x, 200) <= 0 else {
            mpfr_set_ui(result, 1, MPFR_RNDN)
            return
        }
        mpfr_exp(result, x, MPFR_RNDN)
        mpfr_log1p(result, result, MPFR_RNDN)
        mpfr_tanh(result, result, MPFR_RNDN)
    })
}
