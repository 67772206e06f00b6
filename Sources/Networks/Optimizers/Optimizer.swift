import Kernels
import Lanes

/// Changes a store's numbers by their gradients, one kernel call for all of them together. Not thread-safe.
final class Optimizer {
    private let configuration: OptimizerConfiguration
    private let largestGradientNorm: Double?
    private let store: ParameterStore
    private let reductions: Reductions
    private let call: KernelCall
    /// What is remembered of each number, in the rule's order.
    let memory: [(name: String, values: FloatBuffer)]
    /// How many steps there were.
    private(set) var stepCount = 0

    /// The kernel of a configuration's rule.
    static func kernel(
        _ configuration: OptimizerConfiguration, math: MathMode, cache: KernelCache
    ) throws(TrainingError) -> CompiledFunction<Float> {
        try NetworkKernels.compile(OptimizerRule.rule(configuration.method).formula(), math, cache)
    }

    /// Prepares to change a store's numbers.
    ///
    /// - Parameters:
    ///   - largestGradientNorm: gradients whose Euclidean norm over all numbers is larger are shortened to it.
    ///   - kernel: what `kernel(_:math:cache:)` gave for the configuration.
    init(
        _ store: ParameterStore, _ configuration: OptimizerConfiguration, largestGradientNorm: Double? = nil,
        kernel: CompiledFunction<Float>
    ) throws(TrainingError) {
        reductions = try Reductions()
        self.store = store
        self.configuration = configuration
        self.largestGradientNorm = largestGradientNorm
        memory = OptimizerRule.rule(configuration.method).memory.map { ($0, FloatBuffer(count: store.values.count)) }
        call = KernelCall(kernel)
    }

    /// Changes all numbers by their gradients.
    func step(learningRate: Double) {
        stepCount += 1
        call[0] = gradientScale()
        switch configuration.method {
        case .adam: setAdam(learningRate: learningRate, decay: configuration.weightDecay)
        case .adamW: setAdam(learningRate: learningRate, decay: 1 - learningRate * configuration.weightDecay)
        case .sgd:
            call[1] = Float(configuration.weightDecay)
            call[2] = Float(configuration.momentum)
            call[3] = Float(learningRate)
        }
        let (values, gradients) = (store.values.start, store.gradients.start)
        let first = memory[0].values.start
        if memory.count > 1 {
            let second = memory[1].values.start
            call(count: store.values.count, values, first, second, gradients, to: values, first, second)
        } else {
            call(count: store.values.count, values, first, gradients, to: values, first)
        }
    }

    /// Continues from a state that was noted before: as many numbers in each memory as the store has.
    func restore(stepCount: Int, memory: [[Float]]) {
        self.stepCount = stepCount
        for (own, values) in zip(self.memory, memory) { own.values.write(values) }
    }

    private func setAdam(learningRate: Double, decay: Double) {
        call[1] = Float(decay)
        call[2] = Float(1 - configuration.firstDecay)
        call[3] = Float(configuration.secondDecay)
        call[4] = Float(1 - configuration.secondDecay)
        call[5] = Float(learningRate / (1 - Self.power(configuration.firstDecay, stepCount)))
        call[6] = Float((1 - Self.power(configuration.secondDecay, stepCount)).squareRoot())
        call[7] = Float(configuration.epsilon)
    }

    /// By repeated squaring: the same bits on every machine, and after a resumption.
    private static func power(_ base: Double, _ exponent: Int) -> Double {
        var (result, square, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }

    /// What shortens the gradient to the largest norm; 1 where it is not longer. The divisor's small summand is that of
    /// PyTorch's `clip_grad_norm_`.
    private func gradientScale() -> Float {
        guard let largestGradientNorm else { return 1 }
        let norm = reductions.squares(store.gradients.start, about: 0, count: store.gradients.count).squareRoot()
        return Float(min(1, largestGradientNorm / (norm + 1e-6)))
    }
}
