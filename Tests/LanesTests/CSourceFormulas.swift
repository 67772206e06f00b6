/// The formulas by which formulac is compared with other programs: activations, protected forms, and trees that genetic
/// programming found.
enum CSourceFormulas {
    static let all: [(name: String, text: String)] = [
        ("relu", "max(x, 0)"),
        ("relu6", "min(max(x, 0), 6)"),
        ("hardswish", "x*min(max(x + 3, 0), 6)/6"),
        ("gelu", "0.5*x*(1 + erf(x*0.7071067811865476))"),
        ("gelu_tanh", "0.5*x*(1 + tanh(0.7978845608028654*(x + 0.044715*x^3)))"),
        ("silu", "x*sigmoid(x)"),
        ("mish", "x*tanh(log(1 + exp(x)))"),
        ("mish_stable", "x*tanh(max(x, 0) + log(1 + exp(-abs(x))))"),
        ("softplus", "log(1 + exp(x))"),
        ("tanh", "tanh(x)"),
        ("sigmoid", "sigmoid(x)"),
        ("elu", "max(x, 0) + min(exp(x) - 1, 0)"),
        ("selu", "1.0507009873554805*(max(x, 0) + min(1.6732632423543772*(exp(x) - 1), 0))"),
        ("x_cos_x", "x*cos(x)"),
        ("cos_minus_cos_cos", "cos(x) - cos(cos(x))"),
        ("quadratic", "2*x^2 + x"),
        ("snake", "x + sin(x)^2"),
        ("pdiv_sin_x", "pdiv(sin(x), x)"),
        ("gaussian", "exp(-x^2)"),
        ("log_one_plus_square", "log(1 + x^2)"),
        ("pade_tanh", "x*(27 + x^2)/(27 + 9*x^2)"),
        ("tan_scaled", "tan(0.15*x)"),
        ("pow_real", "pow(abs(x) + 0.5, 1.7)"),
        ("psqrt_plog", "psqrt(x)*plog(x)"),
        ("three_variables", "x*sin(y) + exp(-z^2)*tanh(x*y)"),
        (
            "gp_30_nodes",
            """
            (((sin((cos(x) + x)) * x) - 0.446) - sin(((((x * (sin(x) + x)) - sin(x)) + x) + sin(cos(sin((x + cos(x))))))))
            """
        ),
        (
            "gp_100_nodes",
            """
            sin((((cos(sin(x)) * sin(cos((x - x)))) - x) - (cos(sin((x + ((x + x) + 1.705)))) * cos(sin((((cos(sin(x)) - a\
            bs(((cos((cos(x) - sin(cos(x)))) + cos(sin(x))) + sin((cos(x) * abs((x * abs(1.600)))))))) * (abs(abs((x + (si\
            n(x) + abs(x))))) - cos(x))) * (((x + cos(x)) + cos((abs(x) - x))) + (cos((x - cos(1.985))) - ((x - cos(x)) - \
            ((x - x) * sin(((x - (x + cos(x))) - x))))))))))))
            """
        ),
    ]
}
