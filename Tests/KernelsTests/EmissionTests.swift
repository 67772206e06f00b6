import Accuracy
import Formulas
import Foundation
import Testing

@testable import Kernels
@testable import Lanes

/// What the generated code looks like: vectors of the machine's width, no calls in the loop, no detour through Double.
@Suite struct EmissionTests {
    static let plain = KernelTarget(triple: "x86_64-pc-linux-gnu", processor: "x86-64", features: "+sse2")
    static let avx2 = KernelTarget(
        triple: "x86_64-pc-linux-gnu", processor: "x86-64", features: "+sse4.1,+avx,+avx2,+fma")
    static let avx512 = KernelTarget(
        triple: "x86_64-pc-linux-gnu", processor: "x86-64",
        features: "+sse4.1,+avx,+avx2,+fma,+avx512f,+avx512dq,+avx512bw,+avx512vl")
    static let arm = KernelTarget(triple: "aarch64-unknown-linux-gnu", processor: "generic", features: "+neon")

    /// Each operation that vectors have, once.
    private func everything(_ precision: Precision) -> LaneProgram {
        var generator = SplitMix64(seed: 3)
        return randomProgram(precision, length: 150, using: &generator)
    }

    private func text(_ form: KernelModule.Form, _ program: LaneProgram, _ target: KernelTarget) throws -> String {
        var module = KernelModule(options: KernelOptions(target: target))
        try module.add(program, name: "f")
        return String(decoding: try module.emit(form), as: UTF8.self)
    }

    /// The first innermost loop: what lies between the first branch back and the label that it goes to.
    private func loop(_ assembly: String) -> [String] {
        let lines = assembly.split(separator: "\n").map(String.init)
        for (end, line) in lines.enumerated() where line.hasPrefix("\tj") {
            guard let label = line.split(separator: "\t").last else { continue }
            if let start = lines[..<end].lastIndex(where: { $0.hasPrefix("\(label):") }) { return Array(lines[start...end]) }
        }
        return []
    }

    @Test(arguments: [(plain, 4), (avx2, 8), (avx512, 16), (arm, 4)])
    func hostVectorsAndNoConversions(_ target: KernelTarget, lanes: Int) throws {
        let ir = try text(.ir, everything(.float), target)
        #expect(ir.contains("<\(lanes) x float>"))
        #expect(!ir.contains("fpext"))
        #expect(!ir.contains("double"))
        for flag in ["fast", "nnan", "ninf", "nsz", "arcp", "contract", "afn", "reassoc"] {
            #expect(!ir.contains(" \(flag) "), "\(flag)")
        }
        let registers = [4: "xmm", 8: "ymm", 16: "zmm"]
        let assembly = try text(.assembly, everything(.float), target)
        #expect(assembly.contains(target == Self.arm ? ".4s" : registers[lanes] ?? ""))
    }

    @Test func loopHoldsNoCallsAndNoScalars() throws {
        let builder = LaneBuilder(precision: .float, streamCount: 1, uniformCount: 0)
        let x = builder.stream(0)
        let rounded = (x * 1.4427).roundedToEven
        let polynomial = builder.polynomial(rounded, [1, 0.5, 0.25, 0.125].map { builder.number($0) })
        let mask = (x < 3) && !(x < -3)
        let result = mask.select(polynomial.minimum(x), x.squareRoot.maximum(rounded).withSign(of: x))
        let assembly = try text(.assembly, builder.program(outputs: [result.id]), Self.avx2)
        let loop = loop(assembly)
        #expect(loop.count > 20, "no loop in\n\(assembly)")
        #expect(!loop.contains { $0.contains("call") }, "\(loop.joined(separator: "\n"))")
        for instruction in ["vfmadd", "vroundps\t$8", "vminps", "vmaxps", "vsqrtps"] {
            #expect(loop.contains { $0.contains(instruction) && $0.contains("ymm") }, "\(instruction)")
        }
        // Masks stay in vector lanes: nothing is packed to bits or narrower integers.
        #expect(!loop.contains { $0.contains("vpack") || $0.contains("vpmovsx") || $0.contains("xmm") })
    }

    /// As LLVM 14 prints it; later versions know one pointer type only.
    @Test(.enabled(if: llvmVersion == 14)) func smallProgramIsEmittedAsRecorded() throws {
        let module = try text(.ir, CallTests.program(.float), Self.avx2)
        let start = try #require(module.range(of: "define void @f"))
        let end = try #require(module.range(of: "\n}\n", range: start.lowerBound..<module.endIndex))
        try Golden.compare(String(module[start.lowerBound..<end.upperBound]), with: "multiply-add-divide.ll")
    }

    @Test func sharedLibrariesCanBeLoaded() throws {
        var module = KernelModule()
        try module.add(CallTests.program(.double), name: "sample")
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).so")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(try module.emit(.shared)).write(to: file)
        let library = try #require(dlopen(file.path, RTLD_NOW), "\(String(cString: dlerror()))")
        defer { dlclose(library) }
        let symbol = try #require(dlsym(library, "sample"))
        let function = unsafeBitCast(symbol, to: KernelFunction.self)
        let x = (0..<37).map { Double($0) }
        var (sum, quotient) = ([Double](repeating: 0, count: 37), [Double](repeating: 0, count: 37))
        x.withUnsafeBytes { x in
            sum.withUnsafeMutableBytes { sum in
                quotient.withUnsafeMutableBytes { quotient in
                    function(37, [x.baseAddress, x.baseAddress], [1.5], [sum.baseAddress, quotient.baseAddress])
                }
            }
        }
        let expected = try CompiledFunction<Double>(CallTests.program(.double))([x, x], parameters: [1.5])
        #expect(sum == expected[0])
        #expect(quotient[1...] == expected[1][1...])
    }

    @Test func refusesUnusableNames() throws {
        var module = KernelModule()
        try module.add(CallTests.program(.float), name: "fine_1")
        for name in ["", "fine_1", "1st", "a-b", "_private", "naïve"] {
            #expect(throws: KernelError.unusableName(name)) { try module.add(CallTests.program(.float), name: name) }
        }
    }

    @Test func unknownTargetsAreTyped() throws {
        let target = KernelTarget(triple: "pdp11-dec-unix", processor: "", features: "")
        #expect(throws: KernelError.self) { try text(.ir, CallTests.program(.float), target) }
    }
}
