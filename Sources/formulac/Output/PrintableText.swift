extension String {
    /// The text with control characters as escapes, such as `\u{1B}`: names from a file must not move a terminal's cursor or
    /// colour what follows, nor turn its direction.
    ///
    /// - Parameter keepingLines: whether line ends and tabs stay.
    func printable(keepingLines: Bool) -> String {
        guard unicodeScalars.contains(where: { $0.isControl(keepingLines: keepingLines) }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.isControl(keepingLines: keepingLines) {
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    fileprivate func isControl(keepingLines: Bool) -> Bool {
        switch value {
        case 0x09, 0x0A: !keepingLines
        // C0 and C1; separators of lines; marks that turn the direction of writing.
        case 0...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
