import Datasets
import Foundation

/// A search on disk, to go on from later as if it had not stopped.
///
/// Random numbers follow from the seed, the generation and the individual alone, so that programs and their losses are all
/// that has to be kept. Constants and losses are kept to the last bit.
public struct SearchCheckpoint: Codable, Sendable {
    /// The largest file that is read, in bytes.
    public static let sizeLimit = 1 << 30
    /// What files of this form have for `format`. Those before counted no evaluations of a generational search.
    private static let currentFormat = 2

    private let format: Int?
    /// Everything that the results depend on: settings, primitives and data. Another search has another one.
    public let identity: String
    /// Generations done.
    public let generation: Int
    /// The populations, one for each island.
    private let populations: [[Entry]]
    /// Node evaluations taken so far, before those that judge what comes out.
    public let nodeEvaluations: Int

    private struct Entry: Codable {
        let program: String
        /// The loss's bits.
        let loss: UInt64
    }

    /// Keeps a generation.
    ///
    /// - Parameter nodeEvaluations: those taken so far, by this run of the search and the ones before.
    public init(_ generation: Generation, nodeEvaluations: Int, identity: String) {
        format = Self.currentFormat
        self.identity = identity
        self.generation = generation.number
        self.nodeEvaluations = nodeEvaluations
        populations = [
            zip(generation.programs, generation.fitness).map { Entry(program: $0.encoded, loss: $1.bitPattern) }
        ]
    }

    /// Keeps the state of islands.
    public init(_ state: IslandState, identity: String) {
        format = Self.currentFormat
        self.identity = identity
        generation = state.generation
        nodeEvaluations = state.nodeEvaluations
        populations = state.islands.map { island in
            island.map { Entry(program: $0.program.encoded, loss: $0.loss.bitPattern) }
        }
    }

    /// Reads a file.
    ///
    /// - Returns: `nil` when there is none.
    /// - Throws: `DiscoveryError.checkpoint` for a damaged file or another search's.
    public static func read(_ path: String, identity: String) throws(DiscoveryError) -> SearchCheckpoint? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let bytes: [UInt8]
        do { bytes = try WholeFile.json(path, limit: sizeLimit) } catch {
            throw .checkpoint(file: path, reason: error.problem.summary)
        }
        guard let checkpoint = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
            throw .checkpoint(file: path, reason: "is no checkpoint of a search, or is damaged")
        }
        guard checkpoint.format == currentFormat else {
            throw .checkpoint(file: path, reason: "was written by another version of formulac")
        }
        guard (0...SearchLimits.generations).contains(checkpoint.generation),
            (0...(1 << 62)).contains(checkpoint.nodeEvaluations),
            !checkpoint.populations.isEmpty, checkpoint.populations.allSatisfy({ !$0.isEmpty })
        else {
            throw .checkpoint(file: path, reason: "counts what cannot be, or holds a population without programs")
        }
        guard checkpoint.identity == identity else {
            throw .checkpoint(file: path, reason: "belongs to a search with other settings or data")
        }
        return checkpoint
    }

    /// Writes the file, whole or not at all.
    public func write(_ path: String) throws(DiscoveryError) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            try AtomicFile.write(String(decoding: try encoder.encode(self), as: UTF8.self), to: path)
        } catch let error as DatasetError {
            throw .data(error)
        } catch {
            throw .checkpoint(file: path, reason: "cannot be written: \(error)")
        }
    }

    /// The generation kept.
    public func generation(_ primitives: PrimitiveSet, file: String) throws(DiscoveryError) -> Generation {
        let individuals = try islands(primitives, file: file).flatMap { $0 }
        guard !individuals.isEmpty else { throw .checkpoint(file: file, reason: "holds no program") }
        return Generation(number: generation, programs: individuals.map(\.program), fitness: individuals.map(\.loss))
    }

    /// The state of islands kept.
    public func state(_ primitives: PrimitiveSet, file: String) throws(DiscoveryError) -> IslandState {
        IslandState(
            generation: generation, islands: try islands(primitives, file: file), nodeEvaluations: nodeEvaluations)
    }

    private func islands(_ primitives: PrimitiveSet, file: String) throws(DiscoveryError) -> [[Individual]] {
        var result: [[Individual]] = []
        for population in populations {
            var island: [Individual] = []
            for entry in population {
                guard let program = Program(encoded: entry.program, primitives) else {
                    throw .checkpoint(file: file, reason: "holds a program that cannot be read")
                }
                island.append(Individual(program: program, loss: Double(bitPattern: entry.loss)))
            }
            result.append(island)
        }
        return result
    }

    /// What identifies a search: its settings in words, its primitives, and the data to the last bit.
    public static func identity(_ settings: some Any, _ primitives: PrimitiveSet, _ data: SearchData) -> String {
        let functions = primitives.functions.map { "\($0.name)=\($0.formula.text)" }.joined(separator: ";")
        return "\(settings) | \(functions) | \(primitives.constantRange.map { "\($0)" } ?? "none") | \(data.fingerprint)"
    }
}
