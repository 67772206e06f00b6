import Foundation
import Lanes

extension ExportManifest {
    /// The name under which a shared library holds its manifest: a C string, JSON in UTF-8.
    static let symbol = "formulac_manifest"

    /// The manifest as JSON, its keys in a fixed order. Infinite and NaN values of parameters become "inf", "-inf" and "nan".
    ///
    /// - Parameter pretty: whether to spread it over lines, with a line end at its end.
    public func json(pretty: Bool) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(self), as: UTF8.self) + (pretty ? "\n" : "")
    }

    /// Reads a manifest that `json(pretty:)` wrote.
    public init(json: String) throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        self = try decoder.decode(Self.self, from: Data(json.utf8))
    }
}
