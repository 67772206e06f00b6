import Accuracy
import Formulas
import Kernels
import Testing

@testable import Lanes

/// Random programs: the same bits from interpreter and machine code, at every width and length.
@Suite struct RandomProgramTests {
    @Test(arguments: 0..<24) func floatAgreesWithInterpreter(_ seed: Int) throws { try compare(seed, Float.self) }

    @Test(arguments: 0..<24) func doubleAgreesWithInterpreter(_ seed: Int) throws { try compare(seed, Double.self) }

    private func compare<Value: LaneFloat>(_ seed: Int, _: Value.Type) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let length = Int.random(in: 1...300, using: &generator)
        let program = randomProgram(Value.precision, length: length, using: &generator)
        let columns = randomColumns(Value.self, columns: 3, rows: 300, using: &generator)
        let uniforms: [Value] = [.random(&generator), 0.75]
        let expected = try LaneInterpreter<Value>(program).run(columns: columns, uniforms: uniforms)
        for width in [1, 4, 8, 16, 32] {
            let function = try CompiledFunction<Value>(program, options: KernelOptions(width: width))
            let found = try function(columns, parameters: uniforms)
            for (output, (found, expected)) in zip(found, expected).enumerated() {
                for row in expected.indices where !found[row].isSame(as: expected[row]) {
                    Issue.record(
                        """
                        seed \(seed), width \(width), output \(output), row \(row) of \(columns.map { $0[row] }): \
                        \(found[row]), not \(expected[row])
                        """)
                    return
                }
            }
        }
    }
}
