import Formulas
import Kernels
import Synchronization

/// Sums over a unit's numbers, made by the compiler from formulas. Not thread-safe; the code behind is shared.
final class Reductions {
    private let sumCall: ReductionCall
    private let squaresCall: ReductionCall
    private let productsCall: ReductionCall
    private let projectionCall: ReductionCall

    private static let compiled = Mutex<[CompiledReduction]>([])

    /// Compiles the sums at their first use in this process.
    init() throws(TrainingError) {
        var functions = Self.compiled.withLock { $0 }
        if functions.isEmpty {
            for formula in try Self.formulas() {
                do { functions.append(try CompiledReduction(formula)) } catch { throw .kernel(error) }
            }
            let made = functions
            Self.compiled.withLock { $0 = made }
        }
        sumCall = ReductionCall(functions[0])
        squaresCall = ReductionCall(functions[1])
        productsCall = ReductionCall(functions[2])
        projectionCall = ReductionCall(functions[3])
    }

    private static func formulas() throws(TrainingError) -> [Formula] {
        var sum = FormulaComposer(variables: ["a"], parameters: [])
        try sum.define("result", as: "a")
        var squares = FormulaComposer(variables: ["a"], parameters: ["center"])
        try squares.define("distance", as: "a - center")
        try squares.define("result", as: "distance*distance")
        var products = FormulaComposer(variables: ["a", "b"], parameters: [])
        try products.define("result", as: "a*b")
        var projection = FormulaComposer(variables: ["a", "b", "c"], parameters: ["center"])
        try projection.define("product", as: "a*b")
        try projection.define("weighted", as: "product*(c - center)")
        return [sum, squares, products].map { $0.formula(outputs: ["result"]) }
            + [projection.formula(outputs: ["product", "weighted"])]
    }

    /// The sum of numbers.
    func sum(_ numbers: UnsafePointer<Float>, count: Int) -> Double { sumCall(count: count, numbers)[0] }

    /// The sum of squared distances from a number.
    func squares(_ numbers: UnsafePointer<Float>, about center: Float, count: Int) -> Double {
        squaresCall(count: count, numbers, parameter: center)[0]
    }

    /// The sum of products.
    func products(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Double {
        productsCall(count: count, a, b)[0]
    }

    /// The sum of products, and that of products with the distance from a number: Σ a·b and Σ a·b·(c − center).
    func projection(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>, about center: Float, count: Int
    ) -> (total: Double, weighted: Double) {
        let sums = projectionCall(count: count, a, b, c, parameter: center)
        return (sums[0], sums[1])
    }
}
