import Experiments
import Formulas
import Kernels
import Lanes

extension Bench {
    /// Measures from how many rows on compiling each formula pays.
    func runBreakEven<Value: LaneFloat>(as type: Value.Type) throws {
        var table = TextTable(header: ["formula", "compile ms", "interpreted ns", "compiled ns", "rows"])
        for (name, text) in try list.entries(options) {
            if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
            let formula = try options.parse(text)
            let record = try BreakEven(formula, as: type, options: options.kernel, budget: budget).record(name)
            if json {
                try Console.json(record, pretty: false)
            } else {
                table.append([
                    name, (record.compile_s * 1000).formatted(digits: 2), record.interpreted_ns.formatted(digits: 1),
                    record.compiled_ns.formatted(digits: 3), "\(record.rows)",
                ])
            }
        }
        if !json { table.lines.forEach(Console.result) }
    }
}

/// What a formula costs compiled, and interpreted row by row.
private struct BreakEven<Value: LaneFloat> {
    /// Seconds from the formula to the callable kernel, in a process that has compiled before; the least of several.
    private let compiling: Double
    /// Nanoseconds a row.
    private let interpreted: Double
    private let compiled: Double

    init(_ formula: Formula, as type: Value.Type, options: KernelOptions, budget: Double) throws {
        let clock = ContinuousClock()
        func compile() throws -> Kernel<Value> { try Kernel<Value>(formula, variants: [.forward], options: options) }
        let kernel = try compile()
        guard let function = kernel.function(.forward) else { throw CommandFailure(.failure, "no forward kernel") }
        compiling = try (0..<5).map { _ in try clock.measure { _ = try compile() }.milliseconds / 1000 }.min() ?? 0
        let parameters = formula.parameters.map { Value($0.value) }
        compiled = try KernelTiming(function, parameters: parameters, count: Self.rows, budget: budget).least

        let program = LaneProgram(expanding: formula, precision: Value.precision, math: options.math)
        let interpreter = try LaneInterpreter<Value>(program)
        let column = (0..<Self.rows).map { Value(Double($0) / Double(Self.rows) * 16 - 8) }
        let columns = formula.variables.map { _ in column }
        var least = Double.infinity
        let start = clock.now
        repeat {
            let elapsed = clock.measure { _ = interpreter.run(columns: columns, uniforms: parameters) }
            least = min(least, elapsed.milliseconds * 1e6 / Double(Self.rows))
        } while !Interruption.isRequested && (clock.now - start).milliseconds < budget * 1000
        interpreted = least
    }

    func record(_ name: String) -> BreakEvenRecord {
        let saved = interpreted - compiled
        return BreakEvenRecord(
            formula: name, dtype: Value.precision == .float ? "float32" : "float64", compile_s: compiling,
            interpreted_ns: interpreted, compiled_ns: compiled, rows: saved > 0 ? Int((compiling * 1e9 / saved).rounded(.up)) : 0)
    }

    private static var rows: Int { 4096 }
}

/// One line of `bench --break-even --json`.
private struct BreakEvenRecord: Encodable {
    let formula: String
    let dtype: String
    let compile_s: Double
    let interpreted_ns: Double
    let compiled_ns: Double
    let rows: Int
}
