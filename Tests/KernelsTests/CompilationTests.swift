import Accuracy
import Formulas
import Testing

@testable import Kernels
@testable import Lanes

/// Compiling from many threads, and giving everything back.
@Suite(.serialized) struct CompilationTests {
    @Test func threadsCompileAndReleaseAtOnce() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var generator = SplitMix64(seed: UInt64(1000 + task))
                    for _ in 0..<12 {
                        let program = randomProgram(.float, length: 30, using: &generator)
                        let columns = randomColumns(Float.self, columns: 3, rows: 37, using: &generator)
                        let expected = try LaneInterpreter<Float>(program).run(columns: columns, uniforms: [0.5, 2])
                        let found = try CompiledFunction<Float>(program)(columns, parameters: [0.5, 2])
                        for (found, expected) in zip(found, expected) {
                            #expect(zip(found, expected).allSatisfy { $0.isSame(as: $1) })
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func oneFunctionServesManyThreads() async throws {
        let function = try CompiledFunction<Float>(CallTests.program(.float))
        let x = (0..<1003).map { Float($0) }
        let expected = try function([x, x], parameters: [1])
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { try function([x, x], parameters: [1]).first == expected.first } }
            for try await isSame in group { #expect(isSame) }
        }
    }

    /// In a process of its own, where nothing else takes memory. A page left behind by every compilation would be 4 MB.
    @Test func releasedFunctionsLeaveNoMemoryBehind() async {
        await #expect(processExitsWith: .success) {
            var generator = SplitMix64(seed: 5)
            let programs = (0..<20).map { _ in randomProgram(.float, length: 8, using: &generator) }
            let report = try CompilationSoak.run(
                programs, as: Float.self, cycles: 1000, warmUp: 300, options: KernelOptions(width: 8))
            #expect(report.samples.count > 10)
            #expect(report.growth < 512 * 1024, "grew by \(report.growth) bytes: \(report.samples.map(\.residentBytes))")
        }
    }

    @Test func damagedObjectsAreRefused() throws {
        var timings = CompilationTimings()
        let function = ModuleCompiler.Function(name: "f", program: CallTests.program(.float))
        let object = try ModuleCompiler(options: KernelOptions()).compile([function], as: .object, timings: &timings)
        #expect(throws: KernelError.self) { try ObjectFile([1, 2, 3]) }
        for length in stride(from: 0, to: object.count - 8, by: 7) {
            #expect(throws: KernelError.self) { try ObjectFile(Array(object.prefix(length))) }
        }
        // Bytes changed at random are refused or make other code; reading them never goes out of bounds.
        var generator = SplitMix64(seed: 9)
        for _ in 0..<300 {
            var damaged = object
            for _ in 0..<3 {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let parsed = try? ObjectFile(damaged) else { continue }
            _ = try? LoadedCode(parsed, target: .host)
        }
    }
}
