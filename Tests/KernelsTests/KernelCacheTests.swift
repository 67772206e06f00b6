import Foundation
import Formulas
import TestSupport
import Testing

@testable import Kernels

@Suite("Cached kernels")
struct KernelCacheTests {
    @Test("One kernel for one text, graph, type, variants and options")
    func memory() throws {
        let cache = KernelCache()
        let first: Kernel<Float> = try cache.kernel(parsing: "x*cos(x)")
        #expect(try cache.kernel(parsing: "x*cos(x)", as: Float.self) === first)
        // Another text of the same graph.
        let spaced: Kernel<Float> = try cache.kernel(parsing: "x * cos( x )")
        #expect(spaced === first)
        let double: Kernel<Double> = try cache.kernel(parsing: "x*cos(x)")
        #expect(try double.forward([[1.5]]) == [0.10610580250155435])
        let forward: Kernel<Float> = try cache.kernel(parsing: "x*cos(x)", variants: [.forward])
        #expect(forward !== first)
        let relaxed: Kernel<Float> = try cache.kernel(parsing: "x*cos(x)", options: KernelOptions(relaxed: true))
        #expect(relaxed !== first)
        #expect(cache.count == 4)
        cache.removeAll()
        #expect(cache.count == 0)
        #expect(try first.forward([[1.5]]) == [0.1061058])
    }

    @Test("Code is shared by formulas that differ in names and parameter values, which keep their own")
    func names() throws {
        let cache = KernelCache()
        let one: Kernel<Float> = try cache.kernel(parsing: "param a = 2; a*x")
        let other: Kernel<Float> = try cache.kernel(parsing: "param b = 3; b*x0")
        #expect(try one.forward([[1]]) == [2])
        #expect(try other.forward([[1]]) == [3])
        #expect(other.formula.variables == ["x0"])
        #expect(cache.count == 1)
    }

    @Test("Memory is bounded") func bounded() throws {
        let cache = KernelCache(capacity: 3)
        for number in 0..<6 { _ = try cache.kernel(parsing: "x + \(number)", as: Float.self, variants: [.forward]) }
        #expect(cache.count == 3)
    }

    @Test("A bad text is the parser's error") func badText() {
        #expect(throws: FormulaError.self) { try KernelCache().kernel(parsing: "x*(", as: Float.self) }
    }

    @Test("Another process's object gives the same bits; a damaged one is compiled anew")
    func disk() throws {
        let folder = try TemporaryFolder()
        let store = ObjectStore(folder: folder.file("objects"))
        let points: [[Float]] = [[-3, 0, 0.5, 1e10, .infinity]]
        let expected = try KernelCache(store: store).kernel(parsing: "sin(x)*gelu(x)", as: Float.self).forward(points)
        // The kernel's, and those of the functions that it calls if this process had none of them yet.
        #expect(try store.usage().entries >= 1)
        // A cache with nothing in memory, as another process has.
        let loaded: Kernel<Float> = try KernelCache(store: store).kernel(parsing: "sin(x)*gelu(x)")
        #expect(loaded.timings.codeGeneration == .zero)
        #expect(try loaded.forward(points).map(\.bitPattern) == expected.map(\.bitPattern))
        for file in try FileManager.default.contentsOfDirectory(at: store.folder, includingPropertiesForKeys: nil) {
            try Data([UInt8](Data(contentsOf: file)).dropLast(9)).write(to: file)
        }
        let again: Kernel<Float> = try KernelCache(store: store).kernel(parsing: "sin(x)*gelu(x)")
        #expect(again.timings.codeGeneration > .zero)
        #expect(try again.forward(points).map(\.bitPattern) == expected.map(\.bitPattern))
        #expect(store.takeNotes().count == 1)
    }

    @Test("Threads that ask at once get the same kernel") func threads() async throws {
        let cache = KernelCache()
        let kernels = try await withThrowingTaskGroup(of: Kernel<Float>.self) { group in
            for _ in 0..<8 { group.addTask { try cache.kernel(parsing: "tanh(x)", variants: [.forward]) } }
            var kernels: [Kernel<Float>] = []
            for try await kernel in group { kernels.append(kernel) }
            return kernels
        }
        #expect(Set(kernels.map(ObjectIdentifier.init)).count == 1)
        #expect(cache.count == 1)
    }

    @Test("An image survives its way to bytes and back, and broken bytes are none") func image() throws {
        var timings = CompilationTimings()
        // Long enough for an object of each variant.
        let formula = try Formula(parsing: "sin(x)*tanh(x)*gelu(x)")
        let image = try Kernel<Float>.image(
            formula, variants: [.forward, .valueAndGradient], gradientsOfParameters: false, options: KernelOptions(),
            timings: &timings)
        #expect(image.parts.count == 2)
        let again = try #require(KernelImage(parsing: image.bytes))
        #expect(again.bytes == image.bytes)
        #expect(KernelImage(parsing: Array(image.bytes.dropLast())) == nil)
        #expect(KernelImage(parsing: Array("forward:1:0:1:16".utf8)) == nil)
    }

    @Test("A batch gives what single kernels give") func batch() throws {
        let texts = ["x*cos(x)", "gelu(x)", "max(x, 0)", "x0*sin(x1)", "tanh(x)"]
        let formulas = try texts.map { try Formula(parsing: $0) }
        let kernels = try Kernel<Float>.batch(formulas, variants: [.forward, .valueAndGradient])
        #expect(kernels.map(\.formula) == formulas)
        for (formula, kernel) in zip(formulas, kernels) {
            let columns: [[Float]] = formula.variables.indices.map { [Float($0), -2.5, 0.5, 1e5] }
            let single = try Kernel<Float>(formula)
            #expect(try kernel.forward(columns).map(\.bitPattern) == single.forward(columns).map(\.bitPattern))
            #expect(try kernel.valueAndGradient(columns).gradient == single.valueAndGradient(columns).gradient)
            #expect(kernel.function(.backward) == nil)
        }
        #expect(try Kernel<Float>.batch([]).isEmpty)
    }
}
