import Formulas
import Lanes

extension Activation {
    /// A number, near 0 if possible, for which the activation has no finite value; NaN is told before an infinity, which a
    /// batch seldom meets exactly.
    var firstGap: TrainingError.Divergence.Gap? {
        guard let interpreter = try? LaneInterpreter<Float>(LaneProgram(expanding: formula, precision: .float)) else {
            return nil
        }
        let uniforms = formula.parameters.map { Float($0.value) }
        let gaps = Self.probes.compactMap { input -> (input: Float, output: Float)? in
            guard let output = interpreter.run(streams: [input], uniforms: uniforms).first, !output.isFinite else { return nil }
            return (input, output)
        }
        // NaN's sign and payload say nothing.
        if let gap = gaps.first(where: \.output.isNaN) { return .init(input: gap.input, output: "nan") }
        return gaps.first.map { .init(input: $0.input, output: "\($0.output)") }
    }

    /// Where sums of a layer usually lie, from 0 on.
    private static let probes: [Float] = (0...32).flatMap { (step: Int) -> [Float] in
        let distance = Float(step) / 4
        return step == 0 ? [0] : [-distance, distance]
    }
}
