import Datasets
import Formulas
import Lanes

/// Writes the parts of a predictor: routines of the layers' formulas, the network's numbers, and the function around them.
///
/// Rows go through the layers in blocks, so that a unit's numbers over a block stand next to each other and loops over them
/// become vector instructions.
struct CPredictorWriter {
    private let network: TrainedNetwork
    private let name: String
    /// The element-wise computations, one for each different formula.
    private(set) var routines: [ExportRoutine] = []
    private var constants = ""
    private var steps = ""

    init(_ network: TrainedNetwork, name: String) throws(TrainingError) {
        self.network = network
        self.name = name
        var inputs = network.featureNames.count
        constants += CDriver.array(network.standardization.means, named: "\(name)_mean")
        constants += CDriver.array(network.standardization.deviations, named: "\(name)_deviation")
        for (index, layer) in network.configuration.hidden.enumerated() {
            try append(layer, index, inputs: inputs)
            inputs = layer.units
        }
        try appendOutput(inputs: inputs)
    }

    private func numbers(_ tensor: String) -> [Float] { network.weights[tensor]?.values ?? [] }

    private var outputCount: Int { network.configuration.task.outputCount }

    /// Numbers that a row has at most on its way.
    private var width: Int {
        max(network.featureNames.count, network.configuration.hidden.map(\.units).max() ?? 1, outputCount)
    }

    /// Rows of a block: few enough that two arrays of them fit into the first caches and onto any stack.
    private var blockLength: Int {
        var length = 64
        while length > 1, length * width > 8_192 { length /= 2 }
        return length
    }

    /// The name of the array function that computes a formula over a block.
    private mutating func routine(_ formula: Formula, _ variant: String, _ results: [String]) -> String {
        let program = LaneProgram(expanding: formula, precision: .float, math: network.configuration.math)
        let known = routines.first { $0.program == program }
        let routine =
            known
            ?? ExportRoutine(
                variant: variant, program: program, inputs: formula.variables, parameters: formula.parameters.map(\.name),
                results: results)
        if known == nil { routines.append(routine) }
        return routine.arraySymbol(in: name)
    }

    /// A hidden layer: the sums, then its formula for each unit with the unit's own scale, shift and parameters.
    private mutating func append(_ layer: LayerConfiguration, _ index: Int, inputs: Int) throws(TrainingError) {
        let prefix = "layers.\(index)."
        constants += CDriver.array(numbers(prefix + "weight"), named: "\(name)_weight_\(index)")
        let own = layer.activation.formula.parameters.map { parameter in
            let trained = numbers("\(prefix)activation.\(parameter.name)")
            return trained.isEmpty ? [Float(parameter.value)] : trained
        }
        var parameters: [Float] = []
        for unit in 0..<layer.units {
            let affine = affine(prefix, unit: unit, hasBatchNormalization: layer.hasBatchNormalization)
            parameters += [affine.scale, affine.shift] + own.map { $0.count == 1 ? $0[0] : $0[unit] }
        }
        // Parameters of a formula are finite unless its author declared otherwise; such a literal has no form in C.
        guard parameters.allSatisfy(\.isFinite) else {
            throw .weights("a parameter of \"\(layer.activation.text)\" is not finite, for which C has no literal")
        }
        constants += CDriver.array(parameters, named: "\(name)_parameters_\(index)")
        let function = routine(try LayerFormulas.evaluation(layer.activation), "layer_\(index)", ["y"])
        steps += """
                    \(name)_dense(\(layer.units), \(inputs), \(name)_weight_\(index), input, output);
                    for (unit = 0; unit < \(layer.units); unit++) {
                        const float *const in = output + unit * \(blockMacro);
                        float *const out = output + unit * \(blockMacro);
                        \(function)(length, &in, \(name)_parameters_\(index) + unit * \(2 + own.count), &out);
                    }
                    swap = input;
                    input = output;
                    output = swap;

            """
    }

    private func affine(_ prefix: String, unit: Int, hasBatchNormalization: Bool) -> BatchNormalization.Affine {
        let bias = numbers(prefix + "bias")[unit]
        guard hasBatchNormalization else { return BatchNormalization.Affine(scale: 1, shift: bias) }
        return BatchNormalization.Affine(
            scale: numbers(prefix + "norm.weight")[unit], shift: numbers(prefix + "norm.bias")[unit],
            mean: numbers(prefix + "norm.running_mean")[unit], variance: numbers(prefix + "norm.running_var")[unit], bias: bias)
    }

    private mutating func appendOutput(inputs: Int) throws(TrainingError) {
        constants += CDriver.array(numbers("output.weight"), named: "\(name)_weight_output")
        constants += CDriver.array(numbers("output.bias"), named: "\(name)_bias_output")
        steps += "        \(name)_dense(\(outputCount), \(inputs), \(name)_weight_output, input, output);\n"
        switch network.target.kind {
        case .binary:
            let function = routine(try BinaryCrossEntropy.probabilityFormula(), "output", ["logit", "probability"])
            steps += """
                        {
                            const float *const in = output;
                            float *out[2];
                            out[0] = input, out[1] = output;
                            \(function)(length, &in, \(name)_bias_output, out);
                            for (row = 0; row < length; row++) predictions[start + row] = output[row];
                        }

                """
        case .classes:
            var composer = FormulaComposer(variables: ["sum", "largest"], parameters: ["bias"])
            try composer.define("exponential", as: "exp(sum + bias - largest)")
            let function = routine(composer.formula(outputs: ["exponential"]), "output", ["exponential"])
            steps += Self.softmax(function, name: name, units: outputCount, block: blockMacro)
        case .number(let mean, let deviation):
            constants += CDriver.array([mean, deviation], named: "\(name)_scale_output")
            steps += """
                        for (row = 0; row < length; row++) {
                            const float score = output[row] + \(name)_bias_output[0];
                            predictions[start + row] = (float)((double)score * \(name)_scale_output[1] + \(name)_scale_output[0]);
                        }

                """
        }
    }

    /// The classes' probabilities: exponentials of the distances from the largest logit, by their total.
    private static func softmax(_ function: String, name: String, units: Int, block: String) -> String {
        """
                {
                    float largest[\(block)], total[\(block)];
                    for (row = 0; row < length; row++) largest[row] = output[row] + \(name)_bias_output[0], total[row] = 0;
                    for (unit = 1; unit < \(units); unit++) {
                        for (row = 0; row < length; row++) {
                            const float score = output[unit * \(block) + row] + \(name)_bias_output[unit];
                            if (score > largest[row]) largest[row] = score;
                        }
                    }
                    for (unit = 0; unit < \(units); unit++) {
                        const float *in[2];
                        float *const out = output + unit * \(block);
                        in[0] = out, in[1] = largest;
                        \(function)(length, in, \(name)_bias_output + unit, &out);
                        for (row = 0; row < length; row++) total[row] += out[row];
                    }
                    for (row = 0; row < length; row++) {
                        for (unit = 0; unit < \(units); unit++) {
                            predictions[(start + row) * \(units) + unit] = output[unit * \(block) + row] / total[row];
                        }
                    }
                }

        """
    }

    private var prefixMacro: String { name.uppercased() }
    private var blockMacro: String { "\(prefixMacro)_BLOCK" }

    /// The parts of the file around the routines.
    var driver: CDriver {
        let features = network.featureNames.count
        return CDriver(
            declarations: """
                #define \(prefixMacro)_FEATURES \(features)
                #define \(prefixMacro)_OUTPUTS \(outputCount)

                void \(name)_predict(size_t count, const float *rows, float *predictions);

                """,
            definitions: """
                #define \(blockMacro) \(blockLength)

                \(constants)
                /* The sums of a layer over a block: output = weight (units x inputs) * input, from the first input to the last, fused. */
                static void \(name)_dense(size_t units, size_t inputs, const float *weight, const float *input, float *output)
                {
                    size_t unit, k, row;
                    for (unit = 0; unit < units; unit++) {
                        float sum[\(blockMacro)];
                        for (row = 0; row < \(blockMacro); row++) sum[row] = 0;
                        for (k = 0; k < inputs; k++) {
                            const float w = weight[unit * inputs + k];
                            for (row = 0; row < \(blockMacro); row++) {
                                sum[row] = FORMULAC_FMA_F32(w, input[k * \(blockMacro) + row], sum[row]);
                            }
                        }
                        for (row = 0; row < \(blockMacro); row++) output[unit * \(blockMacro) + row] = sum[row];
                    }
                }

                void \(name)_predict(size_t count, const float *rows, float *predictions)
                {
                    float first[\(width) * \(blockMacro)], second[\(width) * \(blockMacro)];
                    size_t start, row, k, unit = 0;
                    for (start = 0; start < count; start += \(blockMacro)) {
                        const size_t length = count - start < \(blockMacro) ? count - start : \(blockMacro);
                        float *input = first, *output = second, *swap = first;
                        for (k = 0; k < \(features); k++) {
                            for (row = 0; row < \(blockMacro); row++) {
                                const double x = row < length ? (double)rows[(start + row) * \(features) + k] : \(name)_mean[k];
                                input[k * \(blockMacro) + row] = (float)((x - \(name)_mean[k]) / \(name)_deviation[k]);
                            }
                        }
                \(steps)        (void)unit;
                        (void)swap;
                    }
                }

                """, conventions: conventions)
    }

    /// The features' names with their places, a few on a line.
    private var featureLines: [String] {
        var lines: [String] = []
        for (index, name) in network.featureNames.enumerated() {
            let entry = "\(index) \(name)"
            if let last = lines.last, last.count + entry.count < 116 {
                lines[lines.count - 1] += ", \(entry)"
            } else {
                lines.append(entry)
            }
        }
        return lines
    }

    private var conventions: [String] {
        let target = network.target
        let result =
            switch target.kind {
            case .binary(let positive): "the probability that \(target.labelName) is \(positive.shortestText)"
            case .classes(let classes):
                "the probabilities that \(target.labelName) is " + classes.map(\.shortestText).joined(separator: ", ")
            case .number: "\(target.labelName)"
            }
        return [
            "\(name)_predict takes `count` rows of \(network.featureNames.count) features each, without gaps and not standardised, and writes",
            "\(outputCount) number\(outputCount == 1 ? "" : "s") for each row: \(result).",
            "It may be called from any thread, takes \(2 * width * blockLength * 4 / 1024 + 1) KiB of stack and no other memory.",
            "Results are the same bits at every optimisation level (payloads and signs of NaN excepted), in the default",
            "rounding mode and with subnormal numbers on.",
            "", "Features:",
        ] + featureLines
    }
}
