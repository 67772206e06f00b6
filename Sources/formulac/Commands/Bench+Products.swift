import ArgumentParser
import Networks

extension Bench {
    /// Measures the matrix products of dense layers alone.
    ///
    /// - Parameter units: how many features a row has, then each layer's units.
    func runProducts(_ units: [Int]) throws {
        // Values and gradients of each layer, weights and theirs.
        let largest = (sizes.max() ?? 0) * 2 * units.reduce(0, +)
        let weights = zip(units, units.dropFirst()).reduce(0) { $0 + 2 * $1.0 * $1.1 }
        guard largest + weights <= 1 << 30 else {
            throw ValidationError("these layers and batches would take more than 4 GiB: choose a smaller --size or fewer units")
        }
        var table = TextTable(header: ["units", "batch", "ns a row", "median"])
        let name = units.map(String.init).joined(separator: ",")
        for size in sizes {
            if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
            let timing = try ProductTiming(
                units: units, batchSize: size, budget: budget, isCancelled: { Interruption.isRequested })
            if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
            if json {
                let record = ProductRecord(
                    peer: "formulac", units: units, op: "products", n: size, ns_min: timing.least,
                    ns_median: timing.median, samples: timing.samples)
                try Console.json(record, pretty: false)
            } else {
                table.append([name, "\(size)", timing.least.formatted(digits: 1), timing.median.formatted(digits: 1)])
            }
        }
        if !json { table.lines.forEach(Console.result) }
    }
}

/// One line of `bench --products --json`.
private struct ProductRecord: Encodable {
    let peer: String
    let units: [Int]
    let op: String
    let n: Int
    let ns_min: Double
    let ns_median: Double
    let samples: Int
}
