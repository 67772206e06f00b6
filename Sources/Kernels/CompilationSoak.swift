import Formulas
import Lanes

/// Compiles and releases kernels over and over and watches the memory that the process holds.
public enum CompilationSoak {
    /// What was seen.
    public struct Report: Hashable, Sendable {
        /// Resident memory after a number of cycles.
        public struct Sample: Hashable, Sendable {
            public let cycles: Int
            public let residentBytes: Int
        }

        /// Samples at even distances, the first after the warm-up.
        public let samples: [Sample]

        /// How much more memory is resident at the end than after the warm-up.
        public var growth: Int { (samples.last?.residentBytes ?? 0) - (samples.first?.residentBytes ?? 0) }

        /// Growth for each cycle after the warm-up.
        public var bytesPerCycle: Double {
            guard let first = samples.first, let last = samples.last, last.cycles > first.cycles else { return 0 }
            return Double(growth) / Double(last.cycles - first.cycles)
        }
    }

    /// Compiles one of the programs in each cycle, runs it once and releases it.
    ///
    /// - Parameters:
    ///   - programs: what to compile, in turn. All must have the precision of `Value`.
    ///   - cycles: how often after the warm-up.
    ///   - warmUp: cycles before the first sample, in which allocators and LLVM take what they keep.
    ///   - progress: called with each sample as it is taken.
    ///   - isCancelled: asked before each cycle; the report then holds what was sampled until then.
    public static func run<Value: LaneFloat>(
        _ programs: [LaneProgram], as _: Value.Type, cycles: Int, warmUp: Int = 500, options: KernelOptions = KernelOptions(),
        progress: (Report.Sample) -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws(KernelError) -> Report {
        var samples: [Report.Sample] = []
        guard !programs.isEmpty else { return Report(samples: samples) }
        let interval = max(1, cycles / 20)
        for cycle in 0...(warmUp + cycles) {
            if isCancelled() {
                if cycle > warmUp { samples.append(Report.Sample(cycles: cycle - warmUp, residentBytes: ResidentMemory.bytes)) }
                break
            }
            if cycle >= warmUp, (cycle - warmUp).isMultiple(of: interval) {
                let sample = Report.Sample(cycles: cycle - warmUp, residentBytes: ResidentMemory.bytes)
                samples.append(sample)
                progress(sample)
            }
            let function = try CompiledFunction<Value>(programs[cycle % programs.count], options: options)
            let inputs = [[Value]](repeating: [0.5], count: function.inputCount)
            _ = try function(inputs, parameters: [Value](repeating: 0.5, count: function.parameterCount), count: 1)
        }
        return Report(samples: samples)
    }
}
