import Datasets
import Foundation

extension Safetensors {
    /// The largest file that is read.
    static let sizeLimit = 4 << 30

    /// Reads a file.
    init(path: String) throws(ModelFileError) {
        let bytes: [UInt8]
        do {
            // What does not begin as such files do is not read to its end.
            bytes = try WholeFile.bytes(path, limit: Self.sizeLimit, isWanted: Self.mayBegin)
        } catch {
            throw ModelFileError(file: path, problem: .unread(error.problem, limit: Self.sizeLimit))
        }
        do { try self.init(decoding: bytes) } catch { throw ModelFileError(file: path, problem: .format(error)) }
    }

    /// Writes the file, whole or not at all.
    func write(to path: String) throws(DatasetError) {
        let bytes: [UInt8]
        // Only a tensor of the metadata's name has no encoding, and none has it.
        do { bytes = try encoded() } catch {
            throw DatasetError(file: path, problem: .unwritable(reason: error.description))
        }
        let file = try AtomicFile(path: path, compressed: false)
        try file.write(bytes)
        try file.commit()
    }

    /// A value as JSON under a name in the metadata.
    mutating func describe(_ value: some Encodable, as key: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        // What is described here consists of numbers, texts, arrays and dictionaries, which all have a form in JSON.
        metadata[key] = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A value that `describe` wrote.
    ///
    /// - Parameter file: the file's name, for errors.
    func described<Value: Decodable>(_ key: String, as _: Value.Type = Value.self, in file: String) throws(ModelFileError)
        -> Value
    {
        guard let text = metadata[key] else {
            throw ModelFileError(file: file, problem: .metadata(key: key, reason: "it is missing"))
        }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do { return try decoder.decode(Value.self, from: Data(text.utf8)) } catch {
            throw ModelFileError(file: file, problem: .metadata(key: key, reason: SafetensorsHeader.reason(error)))
        }
    }
}
