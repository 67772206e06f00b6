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
            function: MeasuredFunction("exp", "exp(x)") { $0.exponential },
            floatBound: 1, doubleBound: 1, range: -750...712),
        Case(
            function: MeasuredFunction("expm1", "expm1(x)") { $0.exponentialMinusOne },
            floatBound: 1.75, doubleBound: 2, range: -40...5),
        Case(
            function: MeasuredFunction("exp2", "exp2(x)") { $0.exponentialBase2 },
            floatBound: 1, doubleBound: 1, range: -1080...1025),
        Case(
            function: MeasuredFunction("gaussian", "exp(-x^2)") { builder in { builder.exponentialOfProduct(-$0, $0) } },
            floatBound: 1, doubleBound: 1, range: -27.5...27.5),
        Case(
            function: MeasuredFunction("log", "log(x)") { $0.logarithm },
            floatBound: 1.25, doubleBound: 1, range: 0.4...2.5),
        Case(
            function: MeasuredFunction("log1p", "log1p(x)") { $0.logarithmOnePlus },
            floatBound: 1.75, doubleBound: 1.5, range: -1...3),
        Case(
            function: MeasuredFunction("log2", "log2(x)") { $0.logarithmBase2 },
            floatBound: 1.25, doubleBound: 1.25, range: 0.4...2.5),
        Case(
            function: MeasuredFunction("log10", "log10(x)") { $0.logarithmBase10 },
            floatBound: 1.25, doubleBound: 1, range: 0.4...2.5),
        Case(
            function: MeasuredFunction("sinh", "sinh(x)") { $0.hyperbolicSine },
            floatBound: 1.5, doubleBound: 2, range: -711...711),
        Case(
            function: MeasuredFunction("cosh", "cosh(x)") { $0.hyperbolicCosine },
            floatBound: 1.5, doubleBound: 1.5, range: -711...711),
        Case(
            function: MeasuredFunction("tanh", "tanh(x)") { $0.hyperbolicTangent },
            floatBound: 1.5, doubleBound: 1.5, range: -20...20),
        Case(
            function: MeasuredFunction("tanh beside its slope", "tanh(x)") { $0.hyperbolicTangentBesideSlope },
            floatBound: 2, doubleBound: 2, range: -20...20),
        Case(
            function: MeasuredFunction("sigmoid", "sigmoid(x)") { builder in { builder.sigmoid($0) } },
            floatBound: 2, doubleBound: 2, range: -40...40),
        Case(
            function: MeasuredFunction("sigmoid of the opposite", "sigmoid(-x)") { builder in { builder.sigmoid(-$0) } },
            floatBound: 2, doubleBound: 2, range: -40...40),
        Case(
            function: MeasuredFunction("logistic density", "logistic_density(x)") { builder in { builder.logisticDensity($0) } },
            floatBound: 2, doubleBound: 2, range: -40...40),
        Case(
            function: MeasuredFunction("sigmoid beside softplus", "sigmoid(x)") { builder in
                { builder.sigmoid($0, besideSoftplus: true) }
            }, floatBound: 1.75, doubleBound: 1.75, range: -40...40),
        Case(
            function: MeasuredFunction("wide gaussian", "exp(-(x/2)^2)") { builder in
                { builder.exponentialOfProduct($0, $0 * -0.25) }
            }, floatBound: 1, doubleBound: 1, range: -55...55),
        Case(
            function: MeasuredFunction("softplus", "softplus(x)") { $0.softplus },
            floatBound: 1.75, doubleBound: 1.75, range: -40...40),
        Case(
            function: MeasuredFunction("tanh of softplus", "tanh_softplus(x)") { $0.hyperbolicTangentOfSoftplus },
            floatBound: 2, doubleBound: 2, range: -40...25),
    ]
}
