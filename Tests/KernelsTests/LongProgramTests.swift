import Formulas
import Lanes
import Testing

@testable import Kernels

@Suite("Programs so long that they are compiled in parts")
struct LongProgramTests {
    /// Sines one in the other, and at the end what no element changes: sine and cosine of parameters, which large ones
    /// take off the hot path together.
    private static let parametric = nested("x", sines: 120) + " + sin(a)*x - cos(a) + max(cos(b), y)"

    /// What is left of a random formula that made LLVM crash: a part took one result of a cold call, of which another part
    /// had the first.
    private static let constant =
        """
        ((((cos(cos(cos(sin(x))))-(cos(y)+(y-(y*x))))+cos(cos((((x+0.5)+(x*y))+(cos(0.5)-(x-cos(y)))))))+(cos(co\
        s((cos((x+(0.5+y)))+sin((cos(0.5)-(y*0.5))))))+cos(sin((cos(sin((0.5*y)))*cos(cos((y+cos(y)))))))))+(sin\
        ((sin(cos((sin(((sin(0.5)+cos(x))*((0.5+x)+(x*0.5))))+sin(sin((0.5-(0.5-y)))))))-((cos(cos((0.5*(x-0.5))\
        ))*cos((cos(y)+(y*x))))-sin((cos((0.5-sin(0.5)))*cos((sin(x)+sin(0.5))))))))*sin((((((x-0.5)-cos(cos(y))\
        )*sin(cos((0.5*sin(y)))))*sin((cos(cos((y+sin(0.5))))-cos(cos((y*cos(x)))))))-(sin(cos(((x+x)*(x-0.5))))\
        +(cos(cos(x))+(x*(x+y))))))))
        """ + " + " + nested("x", sines: 120)

    private static func nested(_ text: String, sines: Int) -> String {
        (0..<sines).reduce(text) { "sin(\($0) + \($1))*y" }
    }

    @Test("They give the interpreter's bits, constants of the cold path too", arguments: [parametric, constant])
    func bits(_ text: String) throws {
        var options = ParsingOptions()
        options.names = .declared(["y"])
        options.parameters = [Parameter(name: "a", value: 1), Parameter(name: "b", value: 1)]
        let formula = try Formula(parsing: text, options: options)
        try Self.check(formula, as: Float.self)
        try Self.check(formula, as: Double.self)
    }

    private static func check<Value: LaneFloat>(_ formula: Formula, as type: Value.Type) throws {
        let program = LaneProgram(expanding: formula, precision: Value.precision)
        // Otherwise this test would be of something else.
        try #require(SegmentPlan(program, .host).segments.count > ProgramPart.segmentCount)
        let function = try CompiledFunction<Value>(program)
        let interpreter = try LaneInterpreter<Value>(program)
        let x = (0..<301).map { $0 % 50 == 7 ? Value(1e9) : Value($0 - 150) / 16 }
        let y = (0..<301).map { Value($0 % 11) / 8 - Value(0.5) }
        let settings: [[Value]] = formula.parameters.isEmpty ? [[]] : [[0.5, 2], [1e7, 2], [0.5, 1e7], [1e7, .infinity]]
        for parameters in settings {
            let found = try function([x, y], parameters: parameters)
            let wanted = interpreter.run(columns: [x, y], uniforms: parameters)
            for index in x.indices where !(found[0][index].isNaN && wanted[0][index].isNaN) {
                #expect(found[0][index].laneBits == wanted[0][index].laneBits, "\(x[index]) \(y[index]) \(parameters)")
            }
        }
    }
}
