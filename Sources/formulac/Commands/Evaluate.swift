import ArgumentParser
import Datasets
import Formulas
import Kernels
import Lanes

/// `formulac eval`: value and gradient at one point, or at every row of a table.
struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Evaluates a formula and its gradient.",
        discussion: """
            At one point the value and the derivative by each variable are printed, to the last digit of the type; a formula \
            without variables needs no point. \
            With --input, every row of the table is a point; its columns are found by the variables' names, and the \
            output has a column `value` and one column `d_NAME` for each variable.

            Examples:
              formulac eval "x*cos(x)" --at x=1.5
              formulac eval "x*sin(y)" --at x=2,y=pi/3 --type double --json
              formulac eval "sub(cos(X25), cos(cos(X27)))" --dialect gplearn --collapse --at x=0.5
              formulac eval "x*y" --input points.csv -o values.csv
            """)

    @Argument(help: "The formula, or - for standard input.", transform: LeadingMinus.trimmed)
    var formula: String

    @OptionGroup var options: FormulaOptions

    @Option(help: ArgumentHelp("The point: a value for every variable.", valueName: "x=1.5,y=2"))
    var at: [String] = []

    @Option(
        help: ArgumentHelp(
            "A table of points, CSV, TSV, .npy or .npz; one column for each variable.", valueName: "file"))
    var input: String?

    @OptionGroup var folder: DataFolder

    @Option(
        help: "What to do about missing values of --input: error, drop (the row) or mean (of the column); error if left out.")
    var missing: MissingValuePolicy?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Where to write the table, .csv, .npy or either with .gz.", valueName: "file"))
    var output: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many threads share the rows of --input; 1 if left out.", valueName: "count"),
        transform: Number.threads)
    var threads: Int?

    @Flag(help: "Prints JSON; NaN and infinities become strings.")
    var json = false

    func validate() throws {
        if !at.isEmpty, input != nil { throw ValidationError(Self.eitherWanted) }
        if input != nil, output == nil { throw ValidationError("--input also wants -o FILE for the result") }
        if input == nil {
            try IdleOption.refuse(
                [
                    ("-o", output != nil), ("--data-dir", folder.dataDir != nil), ("--missing", missing != nil),
                    ("--threads", threads != nil),
                ], "goes with --input")
        } else {
            try IdleOption.refuse([("--json", json)], "goes with --at: leave it out with --input")
        }
        if let output { try OutputName.checkTable(output) }
        try OutputName.checkDistinct(outputs: [output], inputs: [input])
    }

    private static let eitherWanted = "give either --at x=1.5 (a point) or --input points.csv (a table)"

    func run() throws {
        switch options.type {
        case .float: try run(as: Float.self)
        case .double: try run(as: Double.self)
        }
    }

    private func run<Value: TableValue>(as type: Value.Type) throws {
        if let input, let output {
            let path = try folder.path(of: input)
            try TableEvaluation<Value>(options: options, threads: threads ?? 1, missing: missing ?? .error)
                .run(formula, input: path, output: output)
        } else {
            try evaluatePoint(as: type)
        }
    }

    private func evaluatePoint<Value: TableValue>(as type: Value.Type) throws {
        let point = try Point<Value>(at.flatMap { $0.split(separator: ",").map(String.init) })
        let parsed = try options.formula(formula, declaring: point.names)
        // Where nothing varies there is nothing to give.
        if at.isEmpty, !parsed.variables.isEmpty { throw ValidationError(Self.eitherWanted) }
        let streams = try point.values(for: parsed)
        // A single point is read off the interpreter: it gives the kernel's bits without waiting for a compiler.
        let inputs = parsed.variables.indices.map(FormulaInput.variable)
        let simplified = parsed.simplified(options.simplification)
            .valueAndGradient(withRespectTo: inputs).simplified(options.simplification)
        let program = LaneProgram(expanding: simplified, precision: options.type, math: options.math)
        let results = try LaneInterpreter<Value>(program)
            .run(streams: streams, uniforms: simplified.parameters.map { Value($0.value) })
        if json {
            let gradient = Dictionary(uniqueKeysWithValues: zip(parsed.variables, results.dropFirst()))
            try Console.json(Report(value: results[0], gradient: gradient))
        } else {
            var table = TextTable(header: ["value", "\(results[0])"])
            for (name, derivative) in zip(parsed.variables, results.dropFirst()) {
                table.append(["d/d\(name)", "\(derivative)"])
            }
            table.lines.forEach(Console.result)
        }
    }

    private struct Report<Value: Encodable>: Encodable {
        let value: Value
        let gradient: [String: Value]
    }
}

/// The point of `--at`: numbers by name.
private struct Point<Value: LaneFloat> {
    private var numbers: [String: Value] = [:]

    var names: [String] { numbers.keys.sorted() }

    init(_ assignments: [String]) throws {
        for text in assignments {
            guard let assignment = try Assignment(argument: text) else {
                throw ValidationError("--at: '\(text)' is not NAME=VALUE, such as x=1.5")
            }
            LostNumbers.note(in: [assignment.formula], Value.precision)
            guard numbers.updateValue(ConstantFormula.value(assignment.formula, as: Value.self), forKey: assignment.name) == nil
            else { throw ValidationError("--at gives '\(assignment.name)' twice") }
        }
    }

    /// One number for each of the formula's variables, no more and no fewer.
    func values(for formula: Formula) throws -> [Value] {
        let missing = formula.variables.filter { numbers[$0] == nil }
        guard missing.isEmpty else {
            let remedy = missing.map { "\($0)=…" }.joined(separator: ",")
            throw ValidationError("--at has no value for \(missing.joined(separator: ", ")): add \(remedy)")
        }
        let unused = numbers.keys.filter { !formula.variables.contains($0) }.sorted()
        if !unused.isEmpty { Console.note("note: the formula does not use \(unused.joined(separator: ", "))") }
        return formula.variables.compactMap { numbers[$0] }
    }
}
