import Experiments
import Formulas
import Foundation
import Kernels
import Lanes

extension Duration {
    /// The duration in milliseconds.
    var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) * 1e-15 }
}

extension Double {
    /// The number with so many digits after the point.
    func formatted(digits: Int) -> String { String(format: "%.\(digits)f", self) }
}

/// Nanoseconds per element of one compiled function.
struct KernelTiming {
    let least: Double
    let median: Double
    let samples: Int

    /// Times calls of `count` elements for about `budget` seconds, on uniform inputs from [-8, 8].
    init<Value: LaneFloat>(
        _ function: CompiledFunction<Value>, parameters: [Value], count: Int, budget: Double, threads: Int = 1
    ) throws {
        let call = try BoundKernel(function, parameters: parameters, count: count)
        let clock = ContinuousClock()
        try call.run(times: 1, threads: threads)
        let once = max((try clock.measure { try call.run(times: 1, threads: threads) }).milliseconds, 1e-5)
        // A sample is long beside the clock's step, and the budget holds at least five of them.
        let repetitions = max(1, Int(min(0.5, budget * 200) / once))
        var nanoseconds: [Double] = []
        let start = clock.now
        repeat {
            if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
            let elapsed = try clock.measure { try call.run(times: repetitions, threads: threads) }
            nanoseconds.append(elapsed.milliseconds * 1e6 / Double(repetitions) / Double(count))
        } while (clock.now - start).milliseconds < budget * 1000 || nanoseconds.count < 5
        nanoseconds.sort()
        least = nanoseconds[0]
        median = nanoseconds[nanoseconds.count / 2]
        samples = nanoseconds.count
    }
}

/// Nanoseconds per element of the C library's scalar functions.
struct LibmTiming<Value: LibmFloat> {
    let least: Double

    /// Times evaluations of `count` elements for about `budget` seconds, on the inputs that `KernelTiming` takes.
    init(_ formula: Formula, count: Int, budget: Double) {
        let evaluator = LibmEvaluator<Value>(formula)
        // The order does not matter to scalar functions, only the range does.
        let column = (0..<count).map { Value(Double($0) / Double(max(1, count - 1)) * 16 - 8) }
        let columns = formula.variables.map { _ in column }
        let clock = ContinuousClock()
        var least = Double.infinity
        let start = clock.now
        repeat {
            let elapsed = clock.measure { _ = evaluator.values(columns) }
            least = min(least, elapsed.milliseconds * 1e6 / Double(count))
        } while !Interruption.isRequested && (clock.now - start).milliseconds < budget * 1000
        self.least = least
    }
}
