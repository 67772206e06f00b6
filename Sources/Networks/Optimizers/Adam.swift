import Formulas
import Kernels

/// Adam (D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", 2015), each operation where PyTorch has it.
final class Adam {
    /// The step size.
    private let learningRate: Double
    private static let firstDecay = 0.9
    private static let secondDecay = 0.999
    private static let epsilon = 1e-8

    private let store: ParameterStore
    private let means: FloatBuffer
    private let squares: FloatBuffer
    private let call: KernelCall
    private var firstPower = 1.0
    private var secondPower = 1.0

    /// Prepares to change a store's numbers.
    init(_ store: ParameterStore, learningRate: Double, kernel: CompiledFunction<Float>) {
        self.store = store
        self.learningRate = learningRate
        means = FloatBuffer(count: store.values.count)
        squares = FloatBuffer(count: store.values.count)
        call = KernelCall(kernel)
        call[0] = Float(1 - Self.firstDecay)
        call[1] = Float(Self.secondDecay)
        call[2] = Float(1 - Self.secondDecay)
        call[5] = Float(Self.epsilon)
    }

    /// Changes all numbers by their gradients.
    func step() {
        firstPower *= Self.firstDecay
        secondPower *= Self.secondDecay
        call[3] = Float(learningRate / (1 - firstPower))
        call[4] = Float((1 - secondPower).squareRoot())
        let (values, means, squares) = (store.values.start, means.start, squares.start)
        call(count: store.values.count, values, means, squares, store.gradients.start, to: values, means, squares)
    }

    /// The update of one number, its running mean and its running square.
    static func formula() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(
            variables: ["value", "mean", "square", "gradient"],
            parameters: [
                "first_rest", "second_decay", "second_rest", "step", "square_correction", "epsilon",
            ])
        try composer.define("mean", as: "mean + (gradient - mean)*first_rest")
        try composer.define("square", as: "square*second_decay + gradient*gradient*second_rest")
        try composer.define("value", as: "value - step*(mean/(sqrt(square)/square_correction + epsilon))")
        return composer.formula(outputs: ["value", "mean", "square"])
    }
}
