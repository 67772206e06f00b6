import Formulas
import Lanes

/// Numbers given as formulas: `--at x=pi/2`.
enum ConstantFormula {
    /// The value of a formula without variables, in Double.
    static func value(_ formula: Formula) -> Double { value(formula, as: Double.self) }

    /// The value of a formula without variables, computed in a type. A lone literal is rounded to it once.
    static func value<Value: LaneFloat>(_ formula: Formula, as type: Value.Type) -> Value {
        let program = LaneProgram(expanding: formula, precision: Value.precision)
        guard let interpreter = try? LaneInterpreter<Value>(program) else { return .nan }
        return interpreter.run(streams: [], uniforms: formula.parameters.map { Value($0.value) }).first ?? .nan
    }
}
