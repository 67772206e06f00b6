import Formulas
import Lanes

/// Makes programs shorter before they are judged: functions of constants become constants, and what changes nothing goes.
///
/// The rules are those of real numbers: `x - x` becomes 0 even where x could be infinite.
struct ProgramSimplifier: Sendable {
    private let interpreters: [LaneInterpreter<Double>]
    /// The operation of the language that a function is, `nil` for one of several operations.
    private let operations: [Operator?]

    init(_ primitives: PrimitiveSet) throws {
        interpreters = try primitives.functions.map {
            try LaneInterpreter<Double>(LaneProgram(expanding: $0.formula, precision: .double))
        }
        operations = primitives.functions.map(\.operation)
    }

    func simplified(_ program: Program) -> Program {
        // From the last node to the first, a function finds its operands on the stack, the first on top.
        var stack: [ArraySlice<ProgramNode>] = []
        for node in program.nodes.reversed() {
            guard case .function(let function, let arity) = node else {
                stack.append([node])
                continue
            }
            let operands = Array(stack.suffix(Int(arity)).reversed())
            stack.removeLast(Int(arity))
            stack.append(simplest(Int(function), operands) ?? [node] + operands.joined())
        }
        return Program(unchecked: Array(stack.last ?? []))
    }

    /// What a function of simplified operands becomes, `nil` for itself.
    private func simplest(_ function: Int, _ operands: [ArraySlice<ProgramNode>]) -> ArraySlice<ProgramNode>? {
        let constants = operands.map(\.constant)
        if let numbers = constants as? [Double] {
            let value = interpreters[function].run(streams: numbers, uniforms: []).first ?? .nan
            return value.isFinite ? [.constant(value)] : nil
        }
        let (first, second) = (operands[0], operands.count > 1 ? operands[1] : [])
        switch operations[function] {
        case .add:
            if constants[0] == 0 { return second }
            if constants[1] == 0 { return first }
        case .subtract:
            if constants[1] == 0 { return first }
            if first == second { return [.constant(0)] }
        case .multiply:
            if constants[0] == 1 { return second }
            if constants[1] == 1 { return first }
            if constants[0] == 0 || constants[1] == 0 { return [.constant(0)] }
        case .divide:
            if constants[1] == 1 { return first }
            if first == second { return [.constant(1)] }
        case .minimum, .maximum:
            if first == second { return first }
        case .absolute:
            if operation(first) == .absolute { return first }
            if operation(first) == .negate { return [node(function)] + first.dropFirst() }
        case .negate:
            if operation(first) == .negate { return first.dropFirst() }
        case .cos:
            var inner = first
            while operation(inner) == .absolute || operation(inner) == .negate { inner = inner.dropFirst() }
            if inner.count < first.count { return [node(function)] + inner }
        default: break
        }
        return nil
    }

    /// The operation on top of a subtree.
    private func operation(_ subtree: ArraySlice<ProgramNode>) -> Operator? {
        guard case .function(let function, _)? = subtree.first else { return nil }
        return operations[Int(function)]
    }

    /// The node of a function of one operand.
    private func node(_ function: Int) -> ProgramNode { .function(Int16(function), arity: 1) }
}

extension ArraySlice<ProgramNode> {
    /// The number, if a subtree is one.
    fileprivate var constant: Double? {
        guard count == 1, case .constant(let value)? = first else { return nil }
        return value
    }
}
