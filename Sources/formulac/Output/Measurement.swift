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
        _ function: CompiledFunction<Value>, parameters: [Value], count: Int, budget: Double
    ) throws {
        let call = try BoundKernel(function, parameters: parameters, count: count)
        let clock = ContinuousClock()
        call.run(times: 1)
        let once = max((clock.measure { call.run(times: 1) }).milliseconds, 1e-5)
        // A sample is long beside the clock's step, and the budget holds at least five of them.
        let repetitions = max(1, Int(min(0.5, budget * 200) / once))
        var nanoseconds: [Double] = []
        let start = clock.now
        repeat {
            let elapsed = clock.measure { call.run(times: repetitions) }
            nanoseconds.append(elapsed.milliseconds * 1e6 / Double(repetitions) / Double(count))
        } while (clock.now - start).milliseconds < budget * 1000 || nanoseconds.count < 5
        nanoseconds.sort()
        least = nanoseconds[0]
        median = nanoseconds[nanoseconds.count / 2]
        samples = nanoseconds.count
    }
}
