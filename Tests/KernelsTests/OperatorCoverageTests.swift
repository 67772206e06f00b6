import Accuracy
import Formulas
import Foundation
import Grammar
import Lanes
import TestSupport
import Testing

@testable import Kernels

/// Every primitive operation is everywhere: an operation added in one place fails here until it stands in all of them.
@Suite("Every operator everywhere", .serialized)
struct OperatorCoverageTests {
    /// The operation applied to variables.
    private func formula(_ operation: Operator) throws -> Formula {
        let names = Array(["x", "x0", "x1"].prefix(operation.arity))
        var builder = FormulaBuilder(variables: names)
        let operands = names.indices.map { builder.variable($0) }
        let result = builder.insert(try #require(Node(operation, operands)))
        return builder.formula(outputs: [result])
    }

    @Test("Parser, printers and documentation", arguments: Operator.allCases)
    func language(_ operation: Operator) throws {
        let formula = try formula(operation)
        // By its own name in prefix form, and as it is printed.
        let call = "\(operation.rawValue)(\(formula.variables.joined(separator: ", ")))"
        for text in [call, formula.text] {
            let parsed = try Formula(parsing: text)
            #expect(parsed.text == formula.text)
            #expect(parsed.nodes.contains { $0.operation == operation }, "\(text) does not hold it")
        }
        #expect(!formula.latex.isEmpty)
        let description = try #require(PrimitiveDescription.all.first { $0.operation == operation })
        #expect(!description.documentation.isEmpty)
        #expect(description.derivatives.count == operation.arity)
        #expect(Grammar.derivatives.contains("\nd \(operation.rawValue)("))
    }

    @Test("Interpreter within 2 ULP, machine code with its bits, value and derivatives", arguments: Operator.allCases)
    func backends(_ operation: Operator) throws {
        let formula = try formula(operation)
        var generator = SplitMix64(seed: 7)
        let columns = formula.variables.indices.map { _ in
            (0..<50).map { _ in Double.random(in: -2...2, using: &generator) } + [0, -0.0, 1, -1, 0.5, .infinity, .nan]
        }
        for variant in [KernelVariant.forward, .valueAndGradient] {
            let kernel = try Kernel<Double>(formula, variants: [variant])
            let programs = Kernel<Double>.programs(formula, variants: [variant])
            let program = try #require(programs.first).program
            let expected = try LaneInterpreter<Double>(program).run(columns: columns, uniforms: [])
            let function = try #require(kernel.function(variant))
            let found = try function(columns, parameters: [])
            for (found, expected) in zip(found, expected) {
                for row in expected.indices {
                    #expect(
                        found[row].isSame(as: expected[row]), "\(variant) of \(operation) at \(columns.map { $0[row] })")
                }
            }
            let reference = MPFRReference(formula)
            for row in columns[0].indices {
                let point = columns.map { $0[row] }
                let error = ulpError(of: expected[0][row], from: reference.value(point))
                #expect(error <= 2, "\(operation) at \(point): \(error) ULP")
            }
        }
    }

    @Test("Exported C", arguments: Operator.allCases)
    func exported(_ operation: Operator) throws {
        let export = try FormulaExport(try formula(operation), options: .init(name: "sample", version: "test"))
        let source = try export.cSource()
        #expect(source.source.contains("sample_forward_f32_array"))
    }
}
