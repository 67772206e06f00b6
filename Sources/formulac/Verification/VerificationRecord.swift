import Datasets
import Formulas
import Foundation
import Lanes

/// The rows of an accuracy table that are finished, in a file: a long measurement goes on where it was interrupted, and one of
/// a new version measures those functions anew whose programs have changed.
struct VerificationRecord {
    /// Reports by what was measured.
    private struct Contents: Codable {
        var float: [String: FunctionReport<Float>] = [:]
        var double: [String: FunctionReport<Double>] = [:]
    }

    /// The largest record that is read, in bytes; that of all functions has some thousands.
    private static let sizeLimit = 16 << 20

    private let path: String
    private var contents = Contents()

    /// Reads a record, which is empty where there is no such file yet.
    init(path: String) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else { return }
        let bytes = try WholeFile.json(path, limit: Self.sizeLimit)
        do {
            let decoder = JSONDecoder()
            decoder.nonConformingFloatDecodingStrategy = .convertFromString(
                positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
            contents = try decoder.decode(Contents.self, from: Foundation.Data(bytes))
        } catch {
            throw CommandFailure(.badInput, "\(path): not a readable record of `verify --resume`; name another file")
        }
    }

    /// The report kept of a measurement in float, or that of a more thorough one.
    mutating func float(
        _ key: String, orBetter better: String, measuring measure: () throws -> FunctionReport<Float>
    ) throws -> FunctionReport<Float> {
        if let known = contents.float[better] { return known }
        return try report(key, \.float, measure)
    }

    /// The report kept of a measurement in double.
    mutating func double(
        _ key: String, measuring measure: () throws -> FunctionReport<Double>
    ) throws -> FunctionReport<Double> { try report(key, \.double, measure) }

    private mutating func report<Value>(
        _ key: String, _ reports: WritableKeyPath<Contents, [String: FunctionReport<Value>]>,
        _ measure: () throws -> FunctionReport<Value>
    ) throws -> FunctionReport<Value> {
        if let known = contents[keyPath: reports][key] { return known }
        let report = try measure()
        // What was interrupted is measured anew.
        guard report.complete else { return report }
        contents[keyPath: reports][key] = report
        try AtomicFile.write(try Console.jsonText(contents), to: path)
        return report
    }
}
