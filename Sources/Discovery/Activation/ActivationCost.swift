import Formulas
import Kernels

/// What an activation costs in a network: its value and slope, compiled.
public enum ActivationCost {
    /// Nanoseconds for each element: the least of a few runs over 16,384 numbers from [−8, 8], which the second-level cache
    /// holds. A measurement: it differs from run to run, and nothing but reports should depend on it.
    ///
    /// - Parameter activation: a formula of one variable.
    public static func nanosecondsPerElement(
        _ activation: Formula, cache: KernelCache = .standard, options: KernelOptions = KernelOptions()
    ) throws(KernelError) -> Double {
        let kernel = try cache.kernel(activation, as: Float.self, variants: [.valueAndGradient], options: options)
        guard let function = kernel.function(.valueAndGradient) else { throw .variantMissing(.valueAndGradient) }
        let count = 16_384
        let call = try BoundKernel(function, parameters: activation.parameters.map { Float($0.value) }, count: count)
        let clock = ContinuousClock()
        let runs = (0..<8).map { _ in clock.measure { call.run(times: 1) } / .nanoseconds(1) }
        return (runs.min() ?? 0) / Double(count)
    }
}
