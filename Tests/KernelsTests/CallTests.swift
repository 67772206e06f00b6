import Formulas
import Testing

@testable import Kernels
@testable import Lanes

/// How compiled functions treat memory: lengths, alignment, shared arrays, threads.
@Suite struct CallTests {
    /// x·y + a, and x/y: two inputs, a parameter, two outputs.
    static func program(_ precision: Precision) -> LaneProgram {
        let builder = LaneBuilder(precision: precision, streamCount: 2, uniformCount: 1)
        let (x, y) = (builder.stream(0), builder.stream(1))
        return builder.program(outputs: [x.multipliedAdding(y, builder.uniform(0)).id, (x / y).id])
    }

    @Test(arguments: allWidths) func writesExactlyTheElementsAskedFor(_ width: Int) throws {
        try writes(width, Float.self)
        try writes(width, Double.self)
    }

    private func writes<Value: LaneFloat>(_ width: Int, _: Value.Type) throws {
        let function = try CompiledFunction<Value>(Self.program(Value.precision), options: KernelOptions(width: width))
        let guardValue: Value = -12345
        for count in Set([0, 1, 2, 3, width - 1, width, width + 1, 2 * width, 3 * width + 1, 5 * width - 1, 1000]).sorted() {
            // Every start within a vector, so that hardly any array is aligned to more than its elements.
            for offset in [0, 1, 3] {
                let size = count + 2 * 64 + offset
                let blocks = (0..<4).map { _ in UnsafeMutablePointer<Value>.allocate(capacity: size) }
                defer { for block in blocks { block.deallocate() } }
                for (index, block) in blocks.enumerated() {
                    block.initialize(repeating: guardValue, count: size)
                    if index < 2 {
                        for element in 0..<count { block[64 + offset + element] = Value(element * (index + 2) % 97) - 13 }
                    }
                }
                let arrays = blocks.map { $0 + 64 + offset }
                try function.call(
                    count: count, inputs: [UnsafePointer(arrays[0]), UnsafePointer(arrays[1])], parameters: [0.5],
                    outputs: [arrays[2], arrays[3]])
                for element in -64..<(count + 64) {
                    let (x, y) = (arrays[0][element], arrays[1][element])
                    let isInside = (0..<count).contains(element)
                    let expected = isInside ? (Value(0.5).addingProduct(x, y), x / y) : (guardValue, guardValue)
                    let found = (arrays[2][element], arrays[3][element])
                    if !found.0.isSame(as: expected.0) || !found.1.isSame(as: expected.1) {
                        Issue.record("width \(width), count \(count), offset \(offset), element \(element): \(found)")
                        return
                    }
                }
            }
        }
    }

    @Test(arguments: [0, 1, 7, 15, 16, 17, 100, 1000]) func outputsMayBeInputs(_ count: Int) throws {
        let function = try CompiledFunction<Float>(Self.program(.float))
        var x = (0..<count).map { Float($0) * 0.25 }
        var y = (0..<count).map { Float($0 % 7) - 2 }
        let expected = try function([x, y], parameters: [2])
        // The outputs land crosswise in the arrays of the inputs.
        try x.withUnsafeMutableBufferPointer { x throws in
            try y.withUnsafeMutableBufferPointer { y throws in
                guard let xs = x.baseAddress, let ys = y.baseAddress else { return }
                try function.call(
                    count: count, inputs: [UnsafePointer(xs), UnsafePointer(ys)], parameters: [2], outputs: [ys, xs])
            }
        }
        #expect(y.map(\.bitPattern) == expected[0].map(\.bitPattern))
        #expect(x.map(\.bitPattern) == expected[1].map(\.bitPattern))
    }

    /// Arrays that no cache holds are written by other stores, in blocks, whose place depends on the arrays' alignment.
    @Test(arguments: [0, 3]) func longArraysAreWrittenAlike(_ offset: Int) throws {
        let function = try CompiledFunction<Double>(Self.program(.double))
        let least = try #require(ArrayDriver.streamedCount(Self.program(.double)))
        #expect(least == 1 << 20)
        let guardValue = -12345.0
        let size = least + 2000
        let blocks = (0..<4).map { _ in UnsafeMutablePointer<Double>.allocate(capacity: size + 2) }
        defer { for block in blocks { block.deallocate() } }
        // One output begins elsewhere within a cache line than the other.
        let (x, y, sum, quotient) = (blocks[0] + offset, blocks[1] + 1, blocks[2] + offset, blocks[3] + 1)
        for count in [least - 1, least, least + 1, least + 1027] {
            for element in 0..<size - offset {
                (x[element], y[element]) = (Double(element % 1009) - 500, Double(element % 97) + 0.5)
                (sum[element], quotient[element]) = (guardValue, guardValue)
            }
            try function.call(
                count: count, inputs: [UnsafePointer(x), UnsafePointer(y)], parameters: [0.5], outputs: [sum, quotient])
            let wrong = (0..<size - offset).first { element in
                let isInside = element < count
                let expected = isInside ? 0.5.addingProduct(x[element], y[element]) : guardValue
                return sum[element] != expected || quotient[element] != (isInside ? x[element] / y[element] : guardValue)
            }
            #expect(wrong == nil, "count \(count)")
            // The outputs land crosswise in the arrays of the inputs.
            try function.call(
                count: count, inputs: [UnsafePointer(x), UnsafePointer(y)], parameters: [0.5], outputs: [y, x])
            let different = (0..<count).first { y[$0] != sum[$0] || x[$0] != quotient[$0] }
            #expect(different == nil, "count \(count)")
        }
    }

    @Test(arguments: [1, 2, 3, 8]) func threadsDoNotChangeBits(_ threads: Int) throws {
        let function = try CompiledFunction<Float>(Self.program(.float))
        let x = (0..<20_011).map { Float($0) * 0.37 }
        let y = (0..<20_011).map { Float($0 % 1013) - 500 }
        let alone = try function([x, y], parameters: [3])
        let shared = try function([x, y], parameters: [3], threads: threads)
        #expect(alone.map { $0.map(\.bitPattern) } == shared.map { $0.map(\.bitPattern) })
    }

    @Test func constantsFillTheirOutputs() throws {
        let builder = LaneBuilder(precision: .double, streamCount: 0, uniformCount: 1)
        let program = builder.program(outputs: [builder.number(0.1).id, builder.uniform(0).id])
        let function = try CompiledFunction<Double>(program)
        #expect(
            try function([], parameters: [7], count: 21) == [[Double](repeating: 0.1, count: 21), .init(repeating: 7, count: 21)])
    }

    @Test func refusesWrongArguments() throws {
        let function = try CompiledFunction<Float>(Self.program(.float))
        #expect(throws: KernelError.wrongArgumentCount(what: "input arrays", expected: 2, given: 1)) {
            try function([[1]], parameters: [1])
        }
        #expect(throws: KernelError.wrongArgumentCount(what: "parameters", expected: 1, given: 0)) { try function([[1], [2]]) }
        #expect(throws: KernelError.lengthsDiffer(expected: 1, given: 2)) { try function([[1], [2, 3]], parameters: [1]) }
        #expect(throws: KernelError.unsupportedWidth(12)) {
            try CompiledFunction<Float>(Self.program(.float), options: KernelOptions(width: 12))
        }
        #expect(throws: KernelError.wrongPrecision("double")) { try CompiledFunction<Float>(Self.program(.double)) }
    }

    @Test func manyArraysTakeBoundedStack() throws {
        let builder = LaneBuilder(precision: .double, streamCount: 1200, uniformCount: 0)
        let sum = (0..<1200).reduce(builder.number(0)) { $0 + builder.stream($1) }
        let function = try CompiledFunction<Double>(builder.program(outputs: [sum.id]))
        let columns = (0..<1200).map { column in (0..<3).map { Double(column + $0) } }
        #expect(try function(columns) == [[719_400, 720_600, 721_800]])
    }
}
