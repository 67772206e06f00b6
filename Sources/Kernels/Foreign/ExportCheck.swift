import Lanes

/// What the check of one computation of an exported library found.
public struct ExportCheck: Codable, Hashable, Sendable {
    /// What is computed: `forward`, `value_and_gradient`, ….
    public let variant: String
    /// `float` or `double`.
    public let type: String
    /// The functions checked: that of one element and that of arrays.
    public let symbols: [String]
    /// Inputs, parameters included, at which results were compared.
    public let points: Int
    /// Of the comparisons, those in which some result differed.
    public let differences: Int
    /// The first of them.
    public let firstDifference: Difference?

    /// A result that is not the interpreter's.
    public struct Difference: Codable, Hashable, Sendable, CustomStringConvertible {
        /// The function that gave it.
        public let symbol: String
        /// Inputs and parameters by name, as text that reads back to the same number.
        public let inputs: [String: String]
        /// Which result it is.
        public let result: String
        /// What the function gave.
        public let found: String
        /// What the interpreter gives.
        public let expected: String

        /// The difference in one line.
        public var description: String {
            let place = inputs.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
            return "\(symbol) at \(place): \(result) is \(found), not \(expected)"
        }
    }

    /// Whether every result was the interpreter's.
    public var isRight: Bool { differences == 0 }
}

/// Compares the two functions of a routine with the interpreter.
struct RoutineCheck<Value: LaneFloat> {
    private let routine: ExportRoutine
    private let interpreter: LaneInterpreter<Value>
    private let element: ForeignFunction<Value>
    private let arrays: ForeignFunction<Value>
    private var points = 0
    private var differences = 0
    private var firstDifference: ExportCheck.Difference?

    /// Lengths about those of vectors and blocks, where loops begin, end and change over to their remainders.
    private static var lengths: [Int] { [0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 65, 127, 128, 129, 255, 257] }

    init(_ routine: ExportRoutine, name: String, in library: ForeignLibrary) throws(ExportedLibraryError) {
        self.routine = routine
        let (inputs, parameters, outputs) = (routine.inputs.count, routine.parameters.count, routine.results.count)
        do throws(LaneVerificationError) {
            interpreter = try LaneInterpreter(routine.program)
        } catch {
            throw .manifestInconsistent(path: library.path, reason: "\(error)")
        }
        do throws(ForeignError) {
            element = try ForeignFunction(
                routine.symbol(in: name), in: library,
                signature: outputs == 1
                    ? .returning(arguments: inputs + parameters) : .writing(arguments: inputs + parameters, results: outputs))
            arrays = try ForeignFunction(
                routine.arraySymbol(in: name), in: library,
                signature: .arrays(inputs: inputs, parameters: parameters, outputs: outputs))
        } catch {
            throw .foreign(error)
        }
    }

    var result: ExportCheck {
        ExportCheck(
            variant: routine.variant, type: routine.program.precision.rawValue, symbols: [element.symbol, arrays.symbol],
            points: points, differences: differences, firstDifference: firstDifference)
    }

    /// Compares at given points, one column for each input: element by element, as arrays of all lengths that matter, and
    /// with results written over inputs.
    mutating func compare(_ columns: [[Value]], parameters: [Value]) throws(ForeignError) {
        let count = columns.map(\.count).min() ?? 1
        let expected = interpreter.run(columns: columns, uniforms: parameters)
        points += count
        for index in 0..<count {
            let found = try element(columns.map { $0[index] } + parameters)
            note(element.symbol, found.map { [$0] }, expected, columns, parameters, start: index)
        }
        for length in Self.lengths.filter({ $0 < count }) + [count] {
            // From the end, so that short arrays are not always of the same elements.
            let start = columns.isEmpty ? 0 : count - length
            let part = columns.map { Array($0[start..<start + length]) }
            note(arrays.symbol, try arrays(part, parameters: parameters), expected, columns, parameters, start: start)
        }
        let found = try arrays(columns, parameters: parameters, inPlace: true)
        note(arrays.symbol, found, expected, columns, parameters, start: 0)
    }

    private mutating func note(
        _ symbol: String, _ found: [[Value]], _ expected: [[Value]], _ columns: [[Value]], _ parameters: [Value], start: Int
    ) {
        for (result, values) in found.enumerated() {
            for (index, value) in values.enumerated() {
                let wanted = expected[result][start + index]
                // Which NaN it is, is promised by nobody.
                if value.laneBits == wanted.laneBits || value.isNaN && wanted.isNaN { continue }
                differences += 1
                guard firstDifference == nil else { continue }
                var inputs = Dictionary(
                    zip(routine.inputs, columns.map { "\($0[start + index])" }), uniquingKeysWith: { first, _ in first })
                for (name, value) in zip(routine.parameters, parameters) { inputs[name] = "\(value)" }
                firstDifference = ExportCheck.Difference(
                    symbol: symbol, inputs: inputs, result: routine.results[result], found: "\(value)", expected: "\(wanted)")
            }
        }
    }
}
