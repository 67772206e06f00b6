import Formulas
import Foundation

/// Formulas as other programs printed them, and the values that these programs computed.
public struct Corpus: Decodable, Sendable {
    public struct Header: Decodable, Sendable {
        public let program: String
        public let dialect: String
        /// The disagreement, relative to the value, that the program's own rounding errors can explain.
        public let spread: Double
        public let variables: [String]
        public let points: [[Double]]
    }

    public struct Entry: Decodable, Sendable {
        public let text: String
        public let values: [Value?]
    }

    /// A number; infinities and NaN are words in the file.
    public struct Value: Decodable, Sendable {
        public let number: Double

        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let word = try? container.decode(String.self) {
                number = Double(word) ?? .signalingNaN
            } else {
                number = try container.decode(Double.self)
            }
        }
    }

    public let header: Header
    public let entries: [Entry]

    public init(named name: String) throws {
        guard let url = Bundle.module.url(forResource: name, withExtension: "jsonl", subdirectory: "Corpora") else {
            throw CocoaError(.fileNoSuchFile)
        }
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { Data($0.utf8) }
        header = try JSONDecoder().decode(Header.self, from: lines.first ?? Data())
        entries = try lines.dropFirst().map { try JSONDecoder().decode(Entry.self, from: $0) }
    }

    /// How far a value may be from the program's. The recorders leave out values that move by more than the spread when each
    /// step is disturbed by its last bits; here and there together is twice that. Operon computes in Float with
    /// approximations of a few units in the last place, which its spread allows for.
    public func agree(_ ours: Double, _ theirs: Double) -> Bool {
        if ours.isNaN || theirs.isNaN { return ours.isNaN && theirs.isNaN }
        if ours == theirs { return true }
        return abs(ours - theirs) <= 2 * header.spread * max(abs(ours), abs(theirs))
    }
}
