import ArgumentParser
import Foundation
import Formulas
import Kernels
import Lanes

/// `formulac latency`: how soon a formula's functions can be called.
struct Latency: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures the time from a formula's text to pointers to its forward and value-and-gradient functions.",
        discussion: """
            Three ways are measured, each --repeat times after a first one that does not count, in one process: compiled, \
            found in the memory cache, and found in the disk cache by a cache with nothing in memory. The figures are \
            medians; the last line has the medians over all formulas. The disk cache is a temporary one.

            Examples:
              formulac latency "x*cos(x)" "mish(x)"
              formulac latency --file formulas.json --variables y,z --json
            """)

    @OptionGroup var list: FormulaList

    @OptionGroup var options: FormulaOptions

    @Option(
        name: .customLong("repeat"), parsing: .unconditional, help: "How often each way is taken; 20 if left out.",
        transform: Number.count)
    var repetitions = 20

    @Flag(help: "Prints the report as JSON.")
    var json = false

    func run() throws {
        Interruption.watch()
        switch options.type {
        case .float: try run(as: Float.self)
        case .double: try run(as: Double.self)
        }
    }

    private func run<Value: LaneFloat>(as type: Value.Type) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("formulac-latency-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = ObjectStore(folder: folder)
        var records: [Record] = []
        for (name, text) in try list.entries(options) {
            records.append(try measure(name, text, as: type, store: store))
        }
        for note in store.takeNotes() { Console.note("note: \(note)") }
        let report = Report(
            type: options.type.rawValue, formulas: records,
            median: Record(
                formula: "median", compileMilliseconds: Self.median(records.map(\.compileMilliseconds)),
                memoryMicroseconds: Self.median(records.map(\.memoryMicroseconds)),
                diskMilliseconds: Self.median(records.map(\.diskMilliseconds))))
        if json { return try Console.json(report) }
        var table = TextTable(header: ["formula", "compiled ms", "memory cache µs", "disk cache ms"])
        for record in records + [report.median] {
            table.append([
                record.formula, record.compileMilliseconds.formatted(digits: 2), record.memoryMicroseconds.formatted(digits: 2),
                record.diskMilliseconds.formatted(digits: 3),
            ])
        }
        table.lines.forEach(Console.result)
    }

    private func measure<Value: LaneFloat>(
        _ name: String, _ text: String, as type: Value.Type, store: ObjectStore
    ) throws -> Record {
        let (parsing, kernel) = (options.parsing(), options.kernel)
        func cached(_ cache: KernelCache) throws -> Kernel<Value> {
            try cache.kernel(parsing: text, parsing, variants: Self.variants, options: kernel)
        }
        let compiled = try median {
            try Kernel<Value>(Formula(parsing: text, options: parsing), variants: Self.variants, options: kernel)
        }
        let full = KernelCache(store: store)
        let memory = try median { try cached(full) }
        let disk = try median { try cached(KernelCache(store: store)) }
        return Record(
            formula: name, compileMilliseconds: compiled, memoryMicroseconds: memory * 1000, diskMilliseconds: disk)
    }

    /// The median time in milliseconds. What `body` makes is released outside of it.
    private func median<Made>(_ body: () throws -> Made) throws -> Double {
        _ = try body()
        let clock = ContinuousClock()
        let times = try (0..<repetitions).map { _ in
            if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
            let start = clock.now
            let made = try body()
            let time = (clock.now - start).milliseconds
            withExtendedLifetime(made) {}
            return time
        }
        return Self.median(times)
    }

    private static func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

    private static let variants: Set<KernelVariant> = [.forward, .valueAndGradient]

    private struct Record: Encodable {
        let formula: String
        let compileMilliseconds: Double
        let memoryMicroseconds: Double
        let diskMilliseconds: Double
    }

    private struct Report: Encodable {
        let type: String
        let formulas: [Record]
        let median: Record
    }
}
