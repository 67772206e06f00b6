import Formulas

/// Gathers the functions of a source file and what they call.
struct CSourceWriter {
    let names: CNames
    private let driver: CDriver?
    private var functions = ""
    private var helpers: [Precision: Set<CHelper>] = [:]
    private var coldFunctions: [Precision: Set<ColdFunction>] = [:]
    private var coldText = ""
    private var operations: Set<LaneOperation> = []

    /// - Parameter driver: code that follows the routines' functions and calls those of arrays, the only ones then.
    init(names: CNames, driver: CDriver?) {
        self.names = names
        self.driver = driver
    }

    /// Adds a routine's functions.
    mutating func append(_ routine: ExportRoutine) {
        let body = CFunctionBody(routine.program, names: names, prepares: true)
        note(body, routine.type)
        for function in ColdFunction.allCases where body.coldFunctions.contains(function) { append(function, routine.type) }
        let lane = CLaneFunctions(routine, body: body, names: names)
        let ends = driver == nil ? [lane.scalarFunction, lane.arrayFunction] : ["static " + lane.arrayFunction]
        let parts = [lane.preparation, lane.laneFunction] + ends
        functions += parts.filter { !$0.isEmpty }.map { "\n\($0)" }.joined()
    }

    private mutating func note(_ body: CFunctionBody, _ type: CType) {
        operations.formUnion(body.operations)
        for helper in body.helpers { require(helper, type.precision) }
    }

    private mutating func require(_ helper: CHelper, _ precision: Precision) {
        guard helpers[precision, default: []].insert(helper).inserted else { return }
        for other in helper.requirements { require(other, precision) }
    }

    private mutating func append(_ function: ColdFunction, _ type: CType) {
        guard coldFunctions[type.precision, default: []].insert(function).inserted else { return }
        let program = function.program(type.precision)
        for table in ColdTable.allCases
        where program.instructions.contains(where: { $0.operation == .tableWord && $0.payload == table.rawValue }) {
            coldText += Self.table(table, names.table(table.rawValue, type), type)
        }
        let body = CFunctionBody(program, names: names, prepares: false)
        note(body, type)
        let results = function.resultTypes.enumerated().map { "\(type.name($0.element)) *const r\($0.offset)" }
        coldText += """

            FORMULAC_RARE void \(names.cold(function, type))(const \(type.number) s0, \(results.joined(separator: ", ")))
            {
            \(body.inputs.isEmpty ? "    (void)s0;\n" : "")\(body.text)}

            """
    }

    private static func table(_ table: ColdTable, _ name: String, _ type: CType) -> String {
        let words = table.words(type.precision).map { "    \(type.integerLiteral($0)),\n" }.joined()
        return "\nstatic const \(type.integer) \(name)[] = {\n\(words)};\n"
    }

    /// The whole file but for the banner and the declarations.
    var text: String {
        var parts = ["#include <stdint.h>\n#include <string.h>"]
        parts += [CPreamble.refusals, CPreamble.constants, CPreamble.contraction, CPreamble.macros, CPreamble.independence]
        if operations.contains(.fusedMultiplyAdd) || driver != nil { parts.append(CPreamble.fusedMultiplyAdd) }
        if operations.contains(.squareRoot) { parts.append(CPreamble.squareRoot) }
        for precision in Precision.allCases {
            let needed = helpers[precision, default: []]
            let type = CType(precision)
            // In the order of the cases, which have those they call before them.
            parts += CHelper.allCases.filter(needed.contains).map { helper in
                helper.definition(type) { names.helper($0, type) }
            }
        }
        return parts.joined(separator: "\n\n") + "\n" + coldText + functions + (driver.map { "\n\($0.definitions)" } ?? "") + "\n"
            + CPreamble.ending + "\n"
    }
}
