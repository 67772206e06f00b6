import Foundation

/// Where a command writes: results to standard output, all else to standard error.
enum Console {
    /// Whether standard error is a terminal, which alone gets moving progress lines.
    static let isInteractive = isatty(STDERR_FILENO) == 1

    /// Writes a line of the result.
    static func result(_ line: String) {
        FileHandle.standardOutput.write(Foundation.Data((line + "\n").utf8))
    }

    /// Writes a note, such as progress or a warning.
    static func note(_ line: String) {
        FileHandle.standardError.write(Foundation.Data((line + "\n").utf8))
    }

    /// Writes over the current line of a terminal; nothing elsewhere.
    static func progress(_ line: String) {
        guard isInteractive else { return }
        FileHandle.standardError.write(Foundation.Data("\r\u{1b}[2K\(line)".utf8))
    }

    /// Removes the progress line.
    static func endProgress() {
        guard isInteractive else { return }
        FileHandle.standardError.write(Foundation.Data("\r\u{1b}[2K".utf8))
    }

    /// Writes a value as JSON, keys in a fixed order. NaN and infinities become the strings "nan", "inf" and "-inf".
    static func json(_ value: some Encodable, pretty: Bool = true) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        result(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
