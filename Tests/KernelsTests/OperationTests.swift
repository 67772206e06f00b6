import Accuracy
import Formulas
import Kernels
import Testing

@testable import Lanes

/// Each primitive operation, compiled at each width, against the interpreter.
@Suite struct OperationTests {
    @Test(arguments: LaneOperation.allCases)
    func floatAgreesWithInterpreter(_ operation: LaneOperation) throws { try compare(operation, Float.self) }

    @Test(arguments: LaneOperation.allCases)
    func doubleAgreesWithInterpreter(_ operation: LaneOperation) throws { try compare(operation, Double.self) }

    private func compare<Value: LaneFloat>(_ operation: LaneOperation, _: Value.Type) throws {
        guard let program = program(applying: operation, Value.precision) else { return }
        var generator = SplitMix64(seed: 1)
        var streams: [[Value]] = [[], [], []]
        for a in Value.specials {
            for b in Value.specials {
                streams[0].append(a)
                streams[1].append(b)
                streams[2].append(Value.specials.randomElement(using: &generator) ?? 0)
            }
        }
        for _ in 0..<1000 { for index in streams.indices { streams[index].append(.random(&generator)) } }
        let interpreter = try LaneInterpreter<Value>(program)
        let expected = streams[0].indices.map { row in
            interpreter.run(streams: streams.map { $0[row] }, uniforms: [0.3])[0]
        }
        for width in allWidths {
            let function = try CompiledFunction<Value>(program, options: KernelOptions(width: width))
            let found = try function(streams, parameters: [0.3])[0]
            for row in expected.indices where !found[row].isSame(as: expected[row]) {
                Issue.record(
                    "\(operation) at width \(width) of \(streams.map { $0[row] }): \(found[row]), not \(expected[row])")
                break
            }
        }
    }
}
