import Accuracy
import Foundation
import Formulas
import Testing

@testable import Lanes

/// Routines as one export, with what the interpreter makes of them.
struct CSourceSample: Sendable {
    let export: CSource
    let seed: UInt64
    /// Calls every function of one element for each element of arrays, under the signature of array functions.
    let driver: String
    let floatExpectations: [Expectation<Float>]
    let doubleExpectations: [Expectation<Double>]

    struct Expectation<Value: LaneFloat>: Sendable {
        let routine: ExportRoutine
        let inputs: [[Value]]
        let parameters: [Value]
        let results: [[Value]]
    }

    /// The number of elements computed: more than two blocks and a rest.
    static let count = 301

    /// Random programs of each seed; the last seed also makes the numbers.
    init(seeds: [UInt64], programs: Int, length: Int) throws {
        var routines: [ExportRoutine] = []
        for (part, seed) in seeds.enumerated() {
            var random = SplitMix64(seed: seed)
            for index in 0..<programs {
                for precision in Precision.allCases {
                    let program = CSourcePrograms.program(precision, length: length, cold: index % 2 == 0, using: &random)
                    routines.append(
                        ExportRoutine(
                            variant: "program\(part)_\(index)", program: program, inputs: ["x", "int", "results"],
                            parameters: ["a", "a"], results: program.outputs.indices.map { "result \($0)" }))
                }
            }
        }
        try self.init(routines, seed: seeds.last ?? 0)
    }

    /// Given programs on random numbers.
    init(_ routines: [ExportRoutine], seed: UInt64) throws {
        var random = SplitMix64(seed: ~seed)
        self.seed = seed
        export = try CSource(name: "sample", routines: routines, banner: ["A sample, seed \(seed) */ /*", "\\"])
        driver = Self.driver(routines)
        floatExpectations = try Self.expectations(routines, &random)
        doubleExpectations = try Self.expectations(routines, &random)
    }

    private static func expectations<Value: LaneFloat>(
        _ routines: [ExportRoutine], _ random: inout SplitMix64
    ) throws -> [Expectation<Value>] {
        let special: [Value] = [
            0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
            -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, Value(laneBits: 1 << 22 - 1),
        ]
        func number() -> Value {
            switch random.next() % 4 {
            case 0: special[Int(random.next() % UInt64(special.count))]
            case 1: Value(laneBits: Value.Bits(truncatingIfNeeded: random.next()))
            default: Value(Double.random(in: -10...10, using: &random))
            }
        }
        return try routines.filter { $0.program.precision == Value.precision }.map { routine in
            let interpreter = try LaneInterpreter<Value>(routine.program)
            let inputs = routine.inputs.map { _ in (0..<count).map { _ in number() } }
            let parameters = routine.parameters.map { _ in number() }
            let results = interpreter.run(columns: inputs, uniforms: parameters)
            return Expectation(routine: routine, inputs: inputs, parameters: parameters, results: results)
        }
    }

    private static func driver(_ routines: [ExportRoutine]) -> String {
        var text = "#include \"sample.h\"\n"
        for routine in routines {
            let number = routine.program.precision == .float ? "float" : "double"
            let symbol = routine.symbol(in: "sample")
            var arguments = routine.inputs.indices.map { "inputs[\($0)][i]" }
            arguments += routine.parameters.indices.map { "parameters[\($0)]" }
            text += "void each_\(symbol)(size_t count, const \(number) *const *inputs, const \(number) *parameters, "
            text += "\(number) *const *outputs)\n{\n    for (size_t i = 0; i < count; i++) {\n"
            if routine.results.count == 1 {
                text += "        outputs[0][i] = \(symbol)(\(arguments.joined(separator: ", ")));\n"
            } else {
                text += "        \(number) r[\(routine.results.count)];\n"
                text += "        \(symbol)(\((arguments + ["r"]).joined(separator: ", ")));\n"
                for result in routine.results.indices { text += "        outputs[\(result)][i] = r[\(result)];\n" }
            }
            text += "    }\n}\n"
        }
        return text
    }

    /// Compiles the export, which must give no warning, and compares its results with the interpreter's.
    ///
    /// - Returns: where they differ, and what else the compiler said.
    func check(
        _ compiler: CSourceCompiler, _ flags: [String]
    ) throws -> (differences: [String], messages: String) {
        let folder = try CSourceFolder(export)
        let arguments = flags + CSourceCompiler.warnings + ["-fPIC", "-c", "sample.c"]
        let object = try compiler.run(arguments, in: folder.url)
        guard object.status == 0 else { throw CSourceFailure(messages: object.messages) }
        // The driver lacks prototypes and gains nothing by optimisation.
        try folder.write(driver, to: "driver.c")
        let library = try folder.load(["sample.o", "driver.c"], with: compiler, ["-std=c99"])
        return (try differences(library), object.messages)
    }

    /// Where the results of a library are not the interpreter's.
    func differences(_ library: CSourceLibrary) throws -> [String] {
        try Self.differences(library, floatExpectations) + Self.differences(library, doubleExpectations)
    }

    private static func differences<Value: LaneFloat>(
        _ library: CSourceLibrary, _ expectations: [Expectation<Value>]
    ) throws -> [String] {
        var differences: [String] = []
        for expectation in expectations {
            let symbol = expectation.routine.symbol(in: "sample")
            func check(_ symbol: String, _ count: Int, inPlace: Bool) throws {
                let results = try library.call(
                    symbol, expectation.inputs, count: count, parameters: expectation.parameters,
                    results: expectation.results.count, inPlace: inPlace)
                for (result, (found, wanted)) in zip(results, expectation.results).enumerated() {
                    for (element, (a, b)) in zip(found, wanted).enumerated()
                    where a.laneBits != b.laneBits && !(a.isNaN && b.isNaN) {
                        let inputs = expectation.inputs.map { "\($0[element])" }.joined(separator: " ")
                        differences.append(
                            "\(symbol), n \(count): result \(result) at \(inputs) is \(a), not \(b)")
                        break
                    }
                }
            }
            for count in [0, 1, 7, 8, 9, 127, 128, 129, Self.count] {
                try check("\(symbol)_array", count, inPlace: false)
            }
            try check("\(symbol)_array", Self.count, inPlace: true)
            try check("each_\(symbol)", Self.count, inPlace: false)
        }
        return differences
    }
}
