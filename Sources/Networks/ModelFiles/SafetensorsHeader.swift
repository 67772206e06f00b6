import Foundation

/// The header of a safetensors file: texts, and for each tensor its type, shape and place.
struct SafetensorsHeader: Codable {
    /// The texts; `nil` where there is no place for them.
    var metadata: [String: String]?
    var entries: [String: Entry]

    /// What the header says of one tensor. The names are the format's.
    struct Entry: Codable {
        let dtype: String
        let shape: [Int]
        /// Where its bytes begin and end, counted from the end of the header.
        let data_offsets: [Int]
    }

    private static let metadataName = "__metadata__"

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(metadata: [String: String]?, entries: [String: Entry]) {
        self.metadata = metadata
        self.entries = entries
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        entries = [:]
        for name in container.allKeys {
            if name.stringValue == Self.metadataName {
                metadata = try container.decode([String: String].self, forKey: name)
            } else {
                entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        if let metadata { try container.encode(metadata, forKey: Name(stringValue: Self.metadataName)) }
        for (name, entry) in entries { try container.encode(entry, forKey: Name(stringValue: name)) }
    }

    /// The header as JSON, in a fixed order.
    func encoded() throws(SafetensorsError) -> [UInt8] {
        guard entries[Self.metadataName] == nil else {
            throw .malformedHeader(reason: "no tensor can have the name \(Self.metadataName)")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(self)) } catch {
            throw .malformedHeader(reason: error.localizedDescription)
        }
    }

    /// Reads a header's bytes.
    init(decoding bytes: ArraySlice<UInt8>) throws(SafetensorsError) {
        guard bytes.first == UInt8(ascii: "{") else { throw .malformedHeader(reason: "it does not begin with {") }
        do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch {
            throw .malformedHeader(reason: Self.reason(error))
        }
        // A dictionary holds a repeated name once, so that the text then has more colons than the dictionaries have names.
        let names = (metadata.map { 1 + $0.count } ?? 0) + entries.count * 4
        guard Self.colonCount(bytes) == names else { throw .repeatedName }
    }

    /// What a decoder says, with the place in the JSON, without its last stop.
    static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else {
            let text = "\(error)"
            return text.hasSuffix(".") ? String(text.dropLast()) : text
        }
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found), .dataCorrupted(let found):
            context = found
        @unknown default: return "it is not JSON"
        }
        let place = context.codingPath.map(\.stringValue).joined(separator: ".")
        return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
    }

    /// How many colons stand outside of strings.
    private static func colonCount(_ bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isEscaped {
                isEscaped = false
            } else if isInString {
                isEscaped = byte == UInt8(ascii: "\\")
                isInString = byte != UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: ":") {
                count += 1
            }
        }
        return count
    }
}
