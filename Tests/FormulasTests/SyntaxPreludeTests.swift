import Formulas
import Grammar
import TestSupport
import Testing

@Suite("Prelude")
struct SyntaxPreludeTests {
    struct Sample: Sendable {
        let text: String
        let x: Double
        let value: Double

        init(_ text: String, _ x: Double, _ value: Double) {
            self.text = text
            self.x = x
            self.value = value
        }
    }

    /// Computed with mpmath at 60 digits from the functions' usual definitions, then rounded to Double.
    private static let samples: [Sample] = [
        Sample("relu(x)", -3.0, 0.0),
        Sample("relu(x)", -0.625, 0.0),
        Sample("relu(x)", 0.001, 0.001),
        Sample("relu(x)", 0.5, 0.5),
        Sample("relu(x)", 2.25, 2.25),
        Sample("relu6(x)", -3.0, 0.0),
        Sample("relu6(x)", -0.625, 0.0),
        Sample("relu6(x)", 0.001, 0.001),
        Sample("relu6(x)", 0.5, 0.5),
        Sample("relu6(x)", 2.25, 2.25),
        Sample("leaky_relu(x)", -3.0, -0.03),
        Sample("leaky_relu(x)", -0.625, -0.00625),
        Sample("leaky_relu(x)", 0.001, 0.001),
        Sample("leaky_relu(x)", 0.5, 0.5),
        Sample("leaky_relu(x)", 2.25, 2.25),
        Sample("elu(x)", -3.0, -0.950212931632136),
        Sample("elu(x)", -0.625, -0.4647385714810098),
        Sample("elu(x)", 0.001, 0.001),
        Sample("elu(x)", 0.5, 0.5),
        Sample("elu(x)", 2.25, 2.25),
        Sample("elu(x)", -1e-09, -9.999999995e-10),
        Sample("elu(x)", -50.0, -1.0),
        Sample("celu(x)", -3.0, -0.950212931632136),
        Sample("celu(x)", -0.625, -0.4647385714810098),
        Sample("celu(x)", 0.001, 0.001),
        Sample("celu(x)", 0.5, 0.5),
        Sample("celu(x)", 2.25, 2.25),
        Sample("selu(x)", -3.0, -1.6705687287671118),
        Sample("selu(x)", -0.625, -0.8170565761871147),
        Sample("selu(x)", 0.001, 0.0010507009873554805),
        Sample("selu(x)", 0.5, 0.5253504936777402),
        Sample("selu(x)", 2.25, 2.364077221549831),
        Sample("selu(x)", -1e-09, -1.7580993399683272e-09),
        Sample("gelu(x)", -3.0, -0.0040496940948902835),
        Sample("gelu(x)", -0.625, -0.16624095565543784),
        Sample("gelu(x)", 0.001, 0.000500398942213911),
        Sample("gelu(x)", 0.5, 0.34573123063700656),
        Sample("gelu(x)", 2.25, 2.2224949365261493),
        Sample("gelu(x)", -8.0, -4.976768459417427e-15),
        Sample("gelu(x)", -30.0, -1.472014178144456e-196),
        Sample("gelu_tanh(x)", -3.0, -0.003637392081773019),
        Sample("gelu_tanh(x)", -0.625, -0.16627885004239948),
        Sample("gelu_tanh(x)", 0.001, 0.000500398942213582),
        Sample("gelu_tanh(x)", 0.5, 0.34571400982514394),
        Sample("gelu_tanh(x)", 2.25, 2.2227986701027116),
        Sample("gelu_tanh(x)", -5.0, -2.291796196629507e-07),
        Sample("silu(x)", -3.0, -0.14227761953270035),
        Sample("silu(x)", -0.625, -0.2179032095837161),
        Sample("silu(x)", 0.001, 0.0005002499999791667),
        Sample("silu(x)", 0.5, 0.3112296656009273),
        Sample("silu(x)", 2.25, 2.035463703977004),
        Sample("silu(x)", -30.0, -2.8072868906517896e-12),
        Sample("silu(x)", 40.0, 40.0),
        Sample("swish(x)", -3.0, -0.14227761953270035),
        Sample("swish(x)", -0.625, -0.2179032095837161),
        Sample("swish(x)", 0.001, 0.0005002499999791667),
        Sample("swish(x)", 0.5, 0.3112296656009273),
        Sample("swish(x)", 2.25, 2.035463703977004),
        Sample("mish(x)", -3.0, -0.14564746127562458),
        Sample("mish(x)", -0.625, -0.25264679684765073),
        Sample("mish(x)", 0.001, 0.000600319983954133),
        Sample("mish(x)", 0.5, 0.37524521130489513),
        Sample("mish(x)", 2.25, 2.209456757662626),
        Sample("mish(x)", -30.0, -2.807286890651921e-12),
        Sample("mish(x)", 30.0, 30.0),
        Sample("softsign(x)", -3.0, -0.75),
        Sample("softsign(x)", -0.625, -0.38461538461538464),
        Sample("softsign(x)", 0.001, 0.000999000999000999),
        Sample("softsign(x)", 0.5, 0.3333333333333333),
        Sample("softsign(x)", 2.25, 0.6923076923076923),
        Sample("logsigmoid(x)", -3.0, -3.048587351573742),
        Sample("logsigmoid(x)", -0.625, -1.0537006782765186),
        Sample("logsigmoid(x)", 0.001, -0.6926473055599401),
        Sample("logsigmoid(x)", 0.5, -0.4740769841801067),
        Sample("logsigmoid(x)", 2.25, -0.10020655891674721),
        Sample("logsigmoid(x)", 40.0, -4.248354255291589e-18),
        Sample("logsigmoid(x)", -40.0, -40.0),
        Sample("logistic(x)", -3.0, 0.04742587317756678),
        Sample("logistic(x)", -0.625, 0.34864513533394575),
        Sample("logistic(x)", 0.001, 0.5002499999791666),
        Sample("logistic(x)", 0.5, 0.6224593312018546),
        Sample("logistic(x)", 2.25, 0.9046505351008906),
        Sample("hard_sigmoid(x)", -3.0, 0.0),
        Sample("hard_sigmoid(x)", -0.625, 0.3958333333333333),
        Sample("hard_sigmoid(x)", 0.001, 0.5001666666666666),
        Sample("hard_sigmoid(x)", 0.5, 0.5833333333333334),
        Sample("hard_sigmoid(x)", 2.25, 0.875),
        Sample("hard_swish(x)", -3.0, 0.0),
        Sample("hard_swish(x)", -0.625, -0.24739583333333334),
        Sample("hard_swish(x)", 0.001, 0.0005001666666666667),
        Sample("hard_swish(x)", 0.5, 0.2916666666666667),
        Sample("hard_swish(x)", 2.25, 1.96875),
        Sample("hard_tanh(x)", -3.0, -1.0),
        Sample("hard_tanh(x)", -0.625, -0.625),
        Sample("hard_tanh(x)", 0.001, 0.001),
        Sample("hard_tanh(x)", 0.5, 0.5),
        Sample("hard_tanh(x)", 2.25, 1.0),
        Sample("soft_shrink(x)", -3.0, -2.5),
        Sample("soft_shrink(x)", -0.625, -0.125),
        Sample("soft_shrink(x)", 0.001, 0.0),
        Sample("soft_shrink(x)", 0.5, 0.0),
        Sample("soft_shrink(x)", 2.25, 1.75),
        Sample("hard_shrink(x)", -3.0, -3.0),
        Sample("hard_shrink(x)", -0.625, -0.625),
        Sample("hard_shrink(x)", 0.001, 0.0),
        Sample("hard_shrink(x)", 0.5, 0.0),
        Sample("hard_shrink(x)", 2.25, 2.25),
        Sample("tanh_shrink(x)", -3.0, -2.0049452463132695),
        Sample("tanh_shrink(x)", -0.625, -0.07040027765061771),
        Sample("tanh_shrink(x)", 0.001, 3.33333200000054e-10),
        Sample("tanh_shrink(x)", 0.5, 0.03788284273999024),
        Sample("tanh_shrink(x)", 2.25, 1.2719738852611864),
        Sample("squareplus(x)", -3.0, 0.3027756377319947),
        Sample("squareplus(x)", -0.625, 0.7351909133900131),
        Sample("squareplus(x)", 0.001, 1.000500124999992),
        Sample("squareplus(x)", 0.5, 1.2807764064044151),
        Sample("squareplus(x)", 2.25, 2.630199322349037),
        Sample("snake(x)", -3.0, -2.980085143325183),
        Sample("snake(x)", -0.625, -0.28266118119763434),
        Sample("snake(x)", 0.001, 0.0010009999996666667),
        Sample("snake(x)", 0.5, 0.7298488470659301),
        Sample("snake(x)", 2.25, 2.8553978997153897),
        Sample("sinc(x)", -3.0, 0.04704000268662241),
        Sample("sinc(x)", -0.625, 0.9361556367047394),
        Sample("sinc(x)", 0.001, 0.9999998333333416),
        Sample("sinc(x)", 0.5, 0.958851077208406),
        Sample("sinc(x)", 2.25, 0.345810309727965),
        Sample("sinc(x)", 0.0, 1.0),
        Sample("sinc(x)", 1e-09, 1.0),
        Sample("gaussian(x)", -3.0, 0.00012340980408667956),
        Sample("gaussian(x)", -0.625, 0.676633846161729),
        Sample("gaussian(x)", 0.001, 0.9999990000005),
        Sample("gaussian(x)", 0.5, 0.7788007830714049),
        Sample("gaussian(x)", 2.25, 0.006329715427485747),
        Sample("gaussian(x)", 5.0, 1.3887943864964021e-11),
        Sample("gaussian(x)", 26.0, 2.6117417612840555e-294),
        Sample("heaviside(x)", -3.0, 0.0),
        Sample("heaviside(x)", -0.625, 0.0),
        Sample("heaviside(x)", 0.001, 1.0),
        Sample("heaviside(x)", 0.5, 1.0),
        Sample("heaviside(x)", 2.25, 1.0),
        Sample("square(x)", -3.0, 9.0),
        Sample("square(x)", -0.625, 0.390625),
        Sample("square(x)", 0.001, 1e-06),
        Sample("square(x)", 0.5, 0.25),
        Sample("square(x)", 2.25, 5.0625),
        Sample("cube(x)", -3.0, -27.0),
        Sample("cube(x)", -0.625, -0.244140625),
        Sample("cube(x)", 0.001, 1e-09),
        Sample("cube(x)", 0.5, 0.125),
        Sample("cube(x)", 2.25, 11.390625),
        Sample("inv(x)", -3.0, -0.3333333333333333),
        Sample("inv(x)", -0.625, -1.6),
        Sample("inv(x)", 0.001, 1000.0),
        Sample("inv(x)", 0.5, 2.0),
        Sample("inv(x)", 2.25, 0.4444444444444444),
        Sample("neg(x)", -3.0, 3.0),
        Sample("neg(x)", -0.625, 0.625),
        Sample("neg(x)", 0.001, -0.001),
        Sample("neg(x)", 0.5, -0.5),
        Sample("neg(x)", 2.25, -2.25),
        Sample("trunc(x)", -3.0, -3.0),
        Sample("trunc(x)", -0.625, 0.0),
        Sample("trunc(x)", 0.001, 0.0),
        Sample("trunc(x)", 0.5, 0.0),
        Sample("trunc(x)", 2.25, 2.0),
        Sample("asinh(x)", -3.0, -1.8184464592320668),
        Sample("asinh(x)", -0.625, -0.590143685781959),
        Sample("asinh(x)", 0.001, 0.0009999998333334083),
        Sample("asinh(x)", 0.5, 0.48121182505960347),
        Sample("asinh(x)", 2.25, 1.5501579568690622),
        Sample("sec(x)", -3.0, -1.0101086659079936),
        Sample("sec(x)", -0.625, 1.23310169839797),
        Sample("sec(x)", 0.001, 1.0000005000002083),
        Sample("sec(x)", 0.5, 1.139493927324549),
        Sample("sec(x)", 2.25, -1.591916571831887),
        Sample("csc(x)", -3.0, -7.086167395737186),
        Sample("csc(x)", -0.625, -1.709117519851707),
        Sample("csc(x)", 0.001, 1000.0001666666861),
        Sample("csc(x)", 0.5, 2.085829642933488),
        Sample("csc(x)", 2.25, 1.2852261252536714),
        Sample("cot(x)", -3.0, 7.015252551434534),
        Sample("cot(x)", -0.625, -1.3860312754999615),
        Sample("cot(x)", 0.001, 999.9996666666444),
        Sample("cot(x)", 0.5, 1.830487721712452),
        Sample("cot(x)", 2.25, -0.8073451511185076),
        Sample("sech(x)", -3.0, 0.0993279274194332),
        Sample("sech(x)", -0.625, 0.832117268159956),
        Sample("sech(x)", 0.001, 0.9999995000002083),
        Sample("sech(x)", 0.5, 0.8868188839700739),
        Sample("sech(x)", 2.25, 0.20848241865658826),
        Sample("csch(x)", -3.0, -0.09982156966882273),
        Sample("csch(x)", -0.625, -1.5003925076539173),
        Sample("csch(x)", 0.001, 999.9998333333527),
        Sample("csch(x)", 0.5, 1.9190347513349437),
        Sample("csch(x)", 2.25, 0.21316651520319008),
        Sample("coth(x)", -3.0, -1.0049698233136892),
        Sample("coth(x)", -0.625, -1.8031022369860257),
        Sample("coth(x)", 0.001, 1000.0003333333111),
        Sample("coth(x)", 0.5, 2.163953413738653),
        Sample("coth(x)", 2.25, 1.0224675854049712),
        Sample("acot(x)", -3.0, -0.3217505543966422),
        Sample("acot(x)", -0.625, -1.0121970114513341),
        Sample("acot(x)", 0.001, 1.5697963271282298),
        Sample("acot(x)", 0.5, 1.1071487177940904),
        Sample("acot(x)", 2.25, 0.4182243295792291),
        Sample("acsch(x)", -3.0, -0.32745015023725843),
        Sample("acsch(x)", -0.625, -1.2489833279048763),
        Sample("acsch(x)", 0.001, 7.600902709541988),
        Sample("acsch(x)", 0.5, 1.4436354751788103),
        Sample("acsch(x)", 2.25, 0.4309781827119612),
        Sample("pinv(x)", -3.0, -0.3333333333333333),
        Sample("pinv(x)", -0.625, -1.6),
        Sample("pinv(x)", 0.001, 0.0),
        Sample("pinv(x)", 0.5, 2.0),
        Sample("pinv(x)", 2.25, 0.4444444444444444),
        Sample("plog(x)", -3.0, 1.0986122886681098),
        Sample("plog(x)", -0.625, -0.4700036292457356),
        Sample("plog(x)", 0.001, 0.0),
        Sample("plog(x)", 0.5, -0.6931471805599453),
        Sample("plog(x)", 2.25, 0.8109302162163288),
        Sample("psqrt(x)", -3.0, 1.7320508075688772),
        Sample("psqrt(x)", -0.625, 0.7905694150420949),
        Sample("psqrt(x)", 0.001, 0.03162277660168379),
        Sample("psqrt(x)", 0.5, 0.7071067811865476),
        Sample("psqrt(x)", 2.25, 1.5),
        Sample("fabs(x)", -3.0, 3.0),
        Sample("fabs(x)", -0.625, 0.625),
        Sample("fabs(x)", 0.001, 0.001),
        Sample("fabs(x)", 0.5, 0.5),
        Sample("fabs(x)", 2.25, 2.25),
        Sample("ceiling(x)", -3.0, -3.0),
        Sample("ceiling(x)", -0.625, 0.0),
        Sample("ceiling(x)", 0.001, 1.0),
        Sample("ceiling(x)", 0.5, 1.0),
        Sample("ceiling(x)", 2.25, 3.0),
        Sample("arctan(x)", -3.0, -1.2490457723982544),
        Sample("arctan(x)", -0.625, -0.5585993153435624),
        Sample("arctan(x)", 0.001, 0.0009999996666668668),
        Sample("arctan(x)", 0.5, 0.4636476090008061),
        Sample("arctan(x)", 2.25, 1.1525719972156676),
        Sample("arcsinh(x)", -3.0, -1.8184464592320668),
        Sample("arcsinh(x)", -0.625, -0.590143685781959),
        Sample("arcsinh(x)", 0.001, 0.0009999998333334083),
        Sample("arcsinh(x)", 0.5, 0.48121182505960347),
        Sample("arcsinh(x)", 2.25, 1.5501579568690622),
        Sample("acosh(x)", 1.0, 0.0),
        Sample("acosh(x)", 1.0000001, 0.0004472135919037347),
        Sample("acosh(x)", 1.5, 0.9624236501192069),
        Sample("acosh(x)", 3.0, 1.762747174039086),
        Sample("acosh(x)", 100000.0, 12.206072645505174),
        Sample("acosh(x)", 1e+300, 691.4686750787737),
        Sample("atanh(x)", 1e-09, 1e-09),
        Sample("atanh(x)", -1e-09, -1e-09),
        Sample("atanh(x)", 0.25, 0.25541281188299536),
        Sample("atanh(x)", -0.75, -0.9729550745276566),
        Sample("atanh(x)", 0.999999, 7.254328619247669),
        Sample("atanh(x)", -0.999999, -7.254328619247669),
        Sample("logit(x)", 0.1, -2.197224577336219),
        Sample("logit(x)", 0.75, 1.0986122886681098),
        Sample("asec(x)", 1.5, 0.8410686705679302),
        Sample("asec(x)", -3.0, 1.9106332362490186),
        Sample("acsc(x)", 1.5, 0.7297276562269663),
        Sample("acsc(x)", -3.0, -0.3398369094541219),
        Sample("asech(x)", 0.25, 2.0634370688955603),
        Sample("asech(x)", 0.75, 0.7953654612239056),
        Sample("acoth(x)", 1.5, 0.8047189562170501),
        Sample("acoth(x)", -3.0, -0.34657359027997264),
        Sample("arcsin(x)", 0.5, 0.5235987755982989),
        Sample("arccos(x)", 0.5, 1.0471975511965979),
        Sample("arccosh(x)", 2.0, 1.3169578969248168),
        Sample("arctanh(x)", 0.5, 0.5493061443340549),
        Sample("ln(x)", 0.5, -0.6931471805599453),
        Sample("ln(x)", 10.0, 2.302585092994046),
        Sample("asinh(x)", 1e-09, 1e-09),
        Sample("asinh(x)", -1e-09, -1e-09),
        Sample("asinh(x)", -2.5, -1.6472311463710958),
        Sample("asinh(x)", 100000.0, 12.206072645555174),
        Sample("asinh(x)", -1e+300, -691.4686750787737),
        Sample("asinh(x)", 1e+300, 691.4686750787737),
        Sample("leaky_relu(x, 0.2)", -2.0, -0.4),
        Sample("elu(x, 2)", -0.5, -0.7869386805747332),
        Sample("celu(x, 2)", -0.5, -0.44239843385719024),
        Sample("snake(x, 2)", 0.75, 1.2474981241501113),
        Sample("swish(x, 2)", 0.75, 0.6131808571452327),
        Sample("clamp(x, -1, 2)", 2.5, 2.0),
        Sample("clamp(x, -1, 2)", -2.5, -1.0),
        Sample("mod(x, 3)", -1.0, 2.0),
        Sample("mod(x, -3)", 1.0, -2.0),
        Sample("pdiv(x, 0.001)", 5.0, 1.0),
        Sample("pdiv(x, 0.002)", 5.0, 2500.0),
        Sample("heaviside(x, 3)", 0.0, 3.0),
        Sample("pow(x, 3)", 1.5, 3.375),
        Sample("div(x, 4)", 1.0, 0.25),
        Sample("sub(x, 4)", 1.0, -3.0),
        Sample("mul(x, 4)", 1.5, 6.0),
        Sample("fmax(x, 4)", 1.5, 4.0),
        Sample("fmin(x, 4)", 1.5, 1.5),
        Sample("arctan2(x, -1)", 1.0, 2.356194490192345),
    ]

    /// With every step correctly rounded the definitions lose at most a few units in the last place: 4 units cover three
    /// roundings in a row. One loses more by what it is: the exponential in `gelu_tanh` multiplies the rounding errors of
    /// its argument by the argument, which is 17 at −5.
    @Test("Values")
    func values() throws {
        for sample in Self.samples {
            let value = RoundedReference<Double>(try Formula(parsing: sample.text)).value([sample.x])
            let units: Double = ["gelu_tanh(x)": 3 * 17][sample.text] ?? 4
            #expect(
                value == sample.value || abs(value - sample.value) <= units * sample.value.ulp,
                "\(sample.text) at \(sample.x): \(value) instead of \(sample.value)")
        }
        let tested = Self.samples.map { $0.text.prefix { $0 != "(" } }.map(String.init)
        let untested = Set(FunctionLibrary.prelude.functions.map(\.name)).subtracting(tested)
        #expect(untested.isEmpty)
    }

    @Test(
        "The sign of zero is kept",
        arguments: ["asinh(x)", "atanh(x)", "softsign(x)", "silu(x)", "gelu(x)", "leaky_relu(x)", "elu(x)", "tanh_shrink(x)"])
    func negativeZero(text: String) throws {
        let value = RoundedReference<Double>(try Formula(parsing: text)).value([-0.0])
        #expect(value == 0 && value.sign == .minus)
    }

    @Test("Every function says what it is", arguments: Dialect.allCases)
    func documentation(dialect: Dialect) throws {
        let library = try FunctionLibrary.library(of: dialect)
        #expect(library.functions.count >= 60)
        for function in library.functions {
            #expect(function.documentation.hasSuffix("."), "\(function.name)")
            #expect(!function.definition.isEmpty)
        }
    }

    @Test("A function's documentation")
    func example() throws {
        let function = try #require(FunctionLibrary.prelude.functions.first { $0.name == "leaky_relu" })
        #expect(function.signature == "leaky_relu(x, a = 0.01)")
        #expect(function.parameters == ["x", "a = 0.01"])
        #expect(function.definition == "where(x > 0, x, a*x)")
        #expect(function.documentation == "x above 0 and a*x below (Maas et al. 2013).")
        let maximum = try #require(FunctionLibrary.library(of: .sympy).functions.first { $0.name == "Max" })
        #expect(maximum.signature == "Max(a, b, ...)")
    }

    @Test("gplearn's names are protected in its dialect only")
    func protected() throws {
        let options = ParsingOptions(dialect: .gplearn)
        for (name, meaning) in [
            ("div(X0, X1)", "pdiv(X0, X1)"), ("log(X0)", "plog(X0)"), ("sqrt(X0)", "psqrt(X0)"), ("inv(X0)", "pinv(X0)"),
        ] {
            #expect(try Formula(parsing: name, options: options) == Formula(parsing: meaning))
            #expect(try Formula(parsing: name) != Formula(parsing: meaning))
        }
    }
}
