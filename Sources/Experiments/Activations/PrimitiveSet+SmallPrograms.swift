import Discovery

extension PrimitiveSet {
    /// Every program over the first variable, without constants, that is a function of one number, one such function of
    /// another, or a function of two numbers that are each the variable or a function of it; each once, in a fixed order.
    ///
    /// Chance finds the best of so few only if it happens to draw them: `sin(x)*gaussian(x)` is one of some 400, but random
    /// programs are longer and seldom hit it.
    var smallPrograms: [Program] {
        let variable: [ProgramNode] = [.variable(0)]
        func applying(_ index: Int, _ operands: [ProgramNode]...) -> [ProgramNode] {
            [.function(Int16(index), arity: UInt8(operands.count))] + operands.joined()
        }
        let unary = functions.indices.filter { functions[$0].arity == 1 }
        let single = unary.map { applying($0, variable) }
        let nested = unary.flatMap { outer in single.map { applying(outer, $0) } }
        let operands = [variable] + single
        let joined = functions.indices.filter { functions[$0].arity == 2 }.flatMap { function in
            operands.indices.flatMap { first in
                operands.indices.filter { $0 >= first || !functions[function].isCommutative }.map { second in
                    applying(function, operands[first], operands[second])
                }
            }
        }
        return (single + nested + joined).compactMap { Program(nodes: $0) }
    }
}
