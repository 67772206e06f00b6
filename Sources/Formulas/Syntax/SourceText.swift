/// A text that errors can point into.
struct SourceText: Sendable {
    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    subscript(range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Where the text begins, blanks left out.
    var firstWord: Int { bytes.firstIndex { $0 > UInt8(ascii: " ") } ?? bytes.count }

    /// The line and the column, both counted from 1, columns in characters.
    func location(of offset: Int) -> (line: Int, column: Int) {
        let line = bytes[..<offset].reduce(into: 1) { if $1 == newline { $0 += 1 } }
        return (line, self[lineStart(before: offset)..<offset].count + 1)
    }

    /// The line of a place with a caret under it, on two lines; long lines are cut around the place.
    func excerpt(at place: Range<Int>) -> String {
        let start = lineStart(before: place.lowerBound)
        let end = bytes[place.lowerBound...].firstIndex(of: newline) ?? bytes.count
        let before = Array(self[start..<place.lowerBound])
        let marked = Array(self[place.lowerBound..<max(place.lowerBound, min(place.upperBound, end))])
        let after = Array(self[min(max(place.upperBound, place.lowerBound), end)..<end])

        // Enough of both sides to recognise the place, and never more than a terminal's width.
        let side = 40
        let shownBefore = before.count > side ? ["…"] + before.suffix(side) : before
        let shownMarked = marked.count > side ? marked.prefix(side) + ["…"] : marked
        let shownAfter = after.count > side ? after.prefix(side) + ["…"] : after
        let line = (shownBefore + shownMarked + shownAfter).map(Self.visible).joined()
        // Tabs are repeated above the caret's line, so that both lines move alike whatever a tab is worth.
        let margin = shownBefore.map { $0 == "\t" ? "\t" : String(repeating: " ", count: Self.width($0)) }.joined()
        let underline = shownMarked.reduce(0) { $0 + Self.width($1) }
        return "  \(line)\n  \(margin)^" + String(repeating: "~", count: max(underline - 1, 0))
    }

    private func lineStart(before offset: Int) -> Int {
        (bytes[..<offset].lastIndex(of: newline) ?? -1) + 1
    }

    /// Control and formatting characters would disturb a terminal; they are shown as a replacement character.
    private static func visible(_ character: Character) -> String {
        if character == "\t" { return "\t" }
        let disturbs = character.unicodeScalars.contains {
            [.control, .format, .surrogate, .lineSeparator, .paragraphSeparator]
                .contains($0.properties.generalCategory)
        }
        return disturbs ? "\u{FFFD}" : String(character)
    }

    /// Columns that a terminal gives to a character: 2 for East Asian wide ones (Unicode UAX #11) and emoji.
    private static func width(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first?.value else { return 0 }
        return wideScalars.contains { $0.contains(first) } ? 2 : 1
    }

    private static let wideScalars: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]
}

private let newline = UInt8(ascii: "\n")
