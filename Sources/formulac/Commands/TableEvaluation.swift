import Datasets
import Formulas
import Kernels
import Lanes

/// A type that tables are read in and kernels compute with.
protocol TableValue: LaneFloat, TableScalar, Codable {
    /// Reads a table of numbers of this type.
    static func table(_ reader: TableReader) throws -> Table<Self>
}

extension Float: TableValue {
    static func table(_ reader: TableReader) throws -> Table<Float> { try reader.readTable(as: Float.self) }
}

extension Double: TableValue {
    static func table(_ reader: TableReader) throws -> Table<Double> { try reader.readTable(as: Double.self) }
}

/// `eval --input`: a formula and its gradient at every row of a table.
struct TableEvaluation<Value: TableValue> {
    let options: FormulaOptions
    let threads: Int
    let missing: MissingValuePolicy

    /// Reads `input`, finds the formula's variables among its columns, and writes `value` and `d_NAME` columns.
    func run(_ text: String, input: String, output: String) throws {
        let progress = ReadingDisplay()
        var reader = TableReader(path: input, missing: missing)
        progress.watch(&reader)
        let table = try Value.table(reader)
        progress.end()
        if let repairs = table.repairs.summary { Console.note("note: \(repairs)") }
        let parsed = try options.formula(text, declaring: table.columnNames)
        let columns = try parsed.variables.map { name in
            guard let index = try table.index(ofColumn: name, file: input) else {
                throw CommandFailure(
                    .badInput,
                    "\(input): has no column named '\(name)'; it has \(Self.list(table.columnNames))")
            }
            return table.column(index)
        }
        let inputs = parsed.variables.indices.map(FormulaInput.variable)
        let formula = parsed.simplified(options.simplification).valueAndGradient(withRespectTo: inputs)
            .simplified(options.simplification)
        let function = try KernelCache.standard.function(formula, as: Value.self)
        let results = try function(
            columns, parameters: formula.parameters.map { Value($0.value) }, count: table.rowCount, threads: threads)
        let names = ["value"] + parsed.variables.map { "d_\($0)" }
        var values: [Value] = []
        values.reserveCapacity(table.rowCount * names.count)
        for row in 0..<table.rowCount { for column in results { values.append(column[row]) } }
        guard let written = Table(columnNames: names, values: values) else {
            throw CommandFailure(.failure, "the results do not fill a table")
        }
        try written.write(to: output, isCancelled: { Interruption.isRequested })
        Console.note("wrote \(table.rowCount.counted("row")) to \(output)")
    }

    /// Names for a message, not more than a line of them.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).joined(separator: ", ")
        return names.count > 12 ? "\(shown), … (\(names.count) columns)" : shown
    }
}
