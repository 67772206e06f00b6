import Foundation

/// Where a command writes: results to standard output, all else to standard error.
enum Console {
    /// Whether standard error is a terminal, which alone gets moving progress lines.
    static let isInteractive = isatty(STDERR_FILENO) == 1

    /// Writes a line of the result.
    static func result(_ line: String) { result(bytes: Array("\(line.printable(keepingLines: true))\n".utf8)) }

    /// Writes part of the result as it is. Where it cannot be written, on a full disk, the command ends: what is left of
    /// it would be taken for the whole.
    static func result(bytes: [UInt8]) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Foundation.Data(bytes))
        } catch {
            let reason = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error ?? error
            CommandFailure(.failure, "cannot write the result: \(reason.localizedDescription)").report()
            Foundation.exit(ExitStatus.failure.rawValue)
        }
    }

    /// Writes a note, such as progress or a warning.
    static func note(_ line: String) { write(toError: "\(line.printable(keepingLines: true))\n") }

    /// Writes over the current line of a terminal; nothing elsewhere.
    static func progress(_ line: String) {
        guard isInteractive else { return }
        write(toError: "\r\u{1b}[2K\(line.printable(keepingLines: false))")
    }

    /// Removes the progress line.
    static func endProgress() {
        guard isInteractive else { return }
        write(toError: "\r\u{1b}[2K")
    }

    /// Where even this fails there is nobody left to tell.
    private static func write(toError text: String) {
        try? FileHandle.standardError.write(contentsOf: Foundation.Data(text.utf8))
    }

    /// Writes a value as JSON, keys in a fixed order. NaN and infinities become the strings "nan", "inf" and "-inf".
    static func json(_ value: some Encodable, pretty: Bool = true) throws {
        // As it is: JSON has escapes of its own.
        result(bytes: Array((try jsonText(value, pretty: pretty) + "\n").utf8))
    }

    /// A value as `json` writes it.
    static func jsonText(_ value: some Encodable, pretty: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
