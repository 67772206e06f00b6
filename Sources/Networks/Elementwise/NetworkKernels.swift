import Formulas
import Kernels

/// The compiled kernels of a network. May be shared by any number of runs.
struct NetworkKernels: Sendable {
    /// A hidden layer's way forward.
    struct Layer: Sendable {
        let training: CompiledFunction<Float>
        let evaluation: CompiledFunction<Float>
    }

    /// One for each hidden layer; equal layers share theirs.
    let layers: [Layer]
    /// The way back through a layer's element-wise work, the same for all activations.
    let backward: CompiledFunction<Float>
    let loss: CompiledFunction<Float>
    let probability: CompiledFunction<Float>
    let adam: CompiledFunction<Float>

    /// Takes what a network needs from a cache, which compiles what is new.
    init(_ configuration: NetworkConfiguration, cache: KernelCache = KernelCache()) throws(TrainingError) {
        let options = KernelOptions(math: configuration.math)
        var layers: [Layer] = []
        for layer in configuration.hidden {
            let training = try LayerFormulas.training(layer.activation, hasDropout: layer.dropout > 0)
            let evaluation = try LayerFormulas.evaluation(layer.activation)
            layers.append(
                Layer(
                    training: try Self.compile(training, options, cache), evaluation: try Self.compile(evaluation, options, cache)
                ))
        }
        self.layers = layers
        backward = try Self.compile(try LayerFormulas.backward(), options, cache)
        loss = try Self.compile(try BinaryCrossEntropy.formula(), options, cache)
        probability = try Self.compile(try BinaryCrossEntropy.probabilityFormula(), options, cache)
        adam = try Self.compile(try Adam.formula(), options, cache)
    }

    private static func compile(
        _ formula: Formula, _ options: KernelOptions, _ cache: KernelCache
    ) throws(TrainingError) -> CompiledFunction<Float> {
        do { return try cache.function(formula, options: options) } catch { throw .kernel(error) }
    }
}
