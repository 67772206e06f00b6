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

    /// Compiles what a network needs.
    init(_ configuration: NetworkConfiguration) throws(TrainingError) {
        var compiled: [Formula: CompiledFunction<Float>] = [:]
        var layers: [Layer] = []
        for layer in configuration.hidden {
            let training = try LayerFormulas.training(layer.activation, hasDropout: layer.dropout > 0)
            let evaluation = try LayerFormulas.evaluation(layer.activation)
            layers.append(
                Layer(training: try Self.compile(training, &compiled), evaluation: try Self.compile(evaluation, &compiled)))
        }
        self.layers = layers
        backward = try Self.compile(try LayerFormulas.backward(), &compiled)
        loss = try Self.compile(try BinaryCrossEntropy.formula(), &compiled)
        probability = try Self.compile(try BinaryCrossEntropy.probabilityFormula(), &compiled)
        adam = try Self.compile(try Adam.formula(), &compiled)
    }

    private static func compile(
        _ formula: Formula, _ compiled: inout [Formula: CompiledFunction<Float>]
    ) throws(TrainingError) -> CompiledFunction<Float> {
        if let known = compiled[formula] { return known }
        do {
            let function = try CompiledFunction<Float>(formula)
            compiled[formula] = function
            return function
        } catch { throw .kernel(error) }
    }
}
