import Accuracy
import Datasets
import Formulas
import Foundation
import Lanes
import TestSupport
import Testing

@testable import Networks

@Suite("formulac export onnx")
struct ONNXExportTests {
    /// The operation applied to variables.
    private static func formula(_ operation: Operator) throws -> Formula {
        let names = Array(["x", "x0", "x1"].prefix(operation.arity))
        var builder = FormulaBuilder(variables: names)
        let operands = names.indices.map { builder.variable($0) }
        let result = builder.insert(try #require(Node(operation, operands)))
        return builder.formula(outputs: [result])
    }

    @Test("Every operator of the language has a form, of operators that ONNX has", arguments: Operator.allCases)
    func coverage(_ operation: Operator) throws {
        let model = try ONNXModel(try Self.formula(operation), text: operation.rawValue)
        #expect(!model.operators.isEmpty)
        // All of operator set 17, https://onnx.ai/onnx/operators/.
        let standard: Set = [
            "Abs", "Acos", "Add", "And", "Asin", "Atan", "Cast", "Ceil", "Cos", "Cosh", "Div", "Equal", "Erf", "Exp", "Floor",
            "Identity", "Less", "LessOrEqual", "Log", "Max", "Min", "Mul", "Neg", "Not", "Or", "Pow", "Round", "Sign", "Sin",
            "Sinh", "Softplus", "Sqrt", "Sub", "Tan", "Tanh", "Where",
        ]
        #expect(standard.isSuperset(of: model.operators), "\(model.operators)")
    }

    /// Formulas besides the operators alone: activations, shared parts, conditions as numbers, parameters and none.
    private static let formulas = [
        "relu(x)", "gelu(x)", "silu(x)", "mish(x)", "elu(x)", "selu(x)", "snake(x, 0.5)", "softsign(x)", "hard_swish(x)",
        "cos(x) - cos(cos(x))", "x*cos(x)", "2*x^2 + x", "x^3 - x^-2", "(x > 1) + (x < -1)*2", "x*x0 + sin(x*x0)*tanh(x - x0)",
        "x*sigmoid(b*x)", "pdiv(x, x0)", "asinh(x)", "where(x, 1, x0)",
    ]

    /// Compares formulas by onnxruntime with the interpreter, at random points and at hard ones.
    private static func compare(_ formulas: [(name: String, formula: Formula)], ulps: Int, floor: String) throws {
        let folder = try TemporaryFolder()
        var generator = SplitMix64(seed: 20)
        let special: [Float] = [
            0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999997, 8_388_609, 1e-6, -1e-20, 100, -30, 88, .infinity, -.infinity,
            .nan,
        ]
        for (name, formula) in formulas {
            let inputs = formula.variables.indices
            var rows = (0..<200).map { _ in inputs.map { _ in Float.random(in: -4...4, using: &generator) } }
            rows += (0..<200).map { _ in
                inputs.map { _ in
                    Float(
                        sign: Bool.random(using: &generator) ? .plus : .minus,
                        exponent: Int.random(in: -20...4, using: &generator),
                        significand: Float.random(in: 1..<2, using: &generator))
                }
            }
            for value in special {
                for place in inputs {
                    rows.append(inputs.map { $0 == place ? value : special.randomElement(using: &generator) ?? 0 })
                }
            }
            let interpreter = try LaneInterpreter<Float>(LaneProgram(expanding: formula, precision: .float))
            let uniforms = formula.parameters.map { Float($0.value) }
            let expected = rows.map { interpreter.run(streams: $0, uniforms: uniforms)[0] }
            try #require(Table(columnNames: formula.variables, values: rows.flatMap(\.self)))
                .write(to: folder.path("\(name).inputs.npy"))
            try #require(Table(columnNames: ["value"], values: expected)).write(to: folder.path("\(name).expected.npy"))
            try folder.write(try ONNXModel(formula, text: name).bytes, to: "\(name).onnx")
        }
        let script = try #require(Bundle.module.url(forResource: "check_onnx", withExtension: "py", subdirectory: "Python"))
        let run = try Tool.run(
            try #require(PythonExportTests.python), ["-B", script.path, folder.url.path, "\(ulps)", floor], folder: folder.url)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.components(separatedBy: "\n").count == formulas.count + 1)
    }

    private static let hasRuntime = PythonExportTests.has("onnxruntime") && PythonExportTests.has("onnx")

    /// formulac's own functions are within 2 units; onnxruntime's were seen within 4 of formulac's.
    @Test(
        "onnxruntime gives each operator's results but for roundings",
        .enabled(if: hasRuntime, "needs a Python with onnxruntime and onnx"))
    func operators() throws {
        try Self.compare(try Operator.allCases.map { ($0.rawValue, try Self.formula($0)) }, ulps: 6, floor: "1.2e-38")
    }

    /// Differences cancel digits, so that results are judged by the size of what they are made of: 1.
    @Test(
        "onnxruntime gives formulas' results but for roundings",
        .enabled(if: hasRuntime, "needs a Python with onnxruntime and onnx"))
    func activations() throws {
        let options = ParsingOptions(parameters: [Parameter(name: "b", value: 1.25)])
        let formulas = try Self.formulas.enumerated().map { index, text in
            ("formula\(index)", try Formula(parsing: text, options: options).simplified())
        }
        try Self.compare(formulas, ulps: 8, floor: "1")
    }

    @Test("The command writes one file and tells inputs, outputs and operators")
    func command() throws {
        let folder = try TemporaryFolder()
        let run = try CommandLine(
            "export", "onnx", "x*sigmoid(b*y)", "--param", "b=2", "--variables", "y", "-o", "s.onnx", "--json", folder: folder.url
        )
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.json()
        #expect(report["inputs"] as? [String] == ["x", "y"])
        #expect(report["outputs"] as? [String] == ["value"])
        #expect(report["operators"] as? [String] == ["Add", "Div", "Exp", "Identity", "Mul", "Neg"])
        #expect(folder.names == ["s.onnx"])
        #expect(try CommandLine("export", "onnx", "x +", "-o", "t.onnx", folder: folder.url).status == 65)
        #expect(try CommandLine("export", "onnx", "x", "--type", "double", "-o", "t.onnx", folder: folder.url).status == 64)
        #expect(folder.names == ["s.onnx"])
    }
}
