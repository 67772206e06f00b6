import Formulas
import Lanes

extension LaneProgram {
    /// A digest of all that decides the program's results, the functions that it calls off the hot path included: equal ones
    /// mean equal bits.
    public var digest: String {
        var text = "\(precision) \(streamCount) \(uniformCount) \(outputs.map(\.index))\n"
        var called = Set<ColdFunction>()
        for instruction in instructions {
            text += "\(instruction.operation) \(instruction.operands.map(\.index)) \(instruction.payload)\n"
            if instruction.operation == .coldNumber || instruction.operation == .coldInteger,
                let call = ColdCall(payload: instruction.payload)
            {
                called.insert(call.function)
            }
            if instruction.operation == .tableWord, let table = ColdTable(rawValue: instruction.payload) {
                text += "\(table.words(precision))\n"
            }
        }
        for function in called.sorted(by: { $0.rawValue < $1.rawValue }) {
            text += "\(function) \(function.program(precision).digest)\n"
        }
        return Digest.sha256(Array(text.utf8))
    }
}
