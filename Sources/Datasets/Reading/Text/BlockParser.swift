/// What a block of text held.
struct ParsedBlock<Scalar: ParsedScalar>: Sendable {
    /// The features of the good rows, row after row.
    var features: [Scalar] = []
    /// Their labels; none where the layout has no label column.
    var labels: [Scalar] = []
    /// How many rows were good.
    var rowCount = 0
    /// How many rows were left out because a value is missing.
    var droppedRowCount = 0
    /// How many lines were passed over, rows and others.
    var lineCount = 0
    /// Why reading stopped before the block's end.
    var failure: Failure?

    /// A fault within a block.
    struct Failure: Sendable {
        /// The line, from 1 within the block.
        let line: Int
        /// The field, from 1, or `nil` for the whole line.
        let column: Int?
        let problem: DatasetError.Problem
    }
}

/// Turns text into numbers.
///
/// Bytes are read through `RawSpan`; no pointer is involved.
enum BlockParser {
    /// Reads a block's rows until its end or the first fault.
    @inline(__always)
    static func parse<Scalar: ParsedScalar>(_ block: TextBlock, layout: TableLayout) -> ParsedBlock<Scalar> {
        var parsed = ParsedBlock<Scalar>()
        var features: [Scalar] = []
        var labels: [Scalar] = []
        var position = block.start
        while position < block.end, parsed.failure == nil {
            let room = expectedRowCount(block, from: position, layout: layout, rowsSoFar: parsed.rowCount)
            features.append(contentsOf: repeatElement(0, count: room * layout.featureCount))
            if layout.labelColumn != nil { labels.append(contentsOf: repeatElement(0, count: room)) }
            var featureSpan = features.mutableSpan
            var labelSpan = labels.mutableSpan
            scan(
                block, from: &position, layout: layout, into: &parsed, features: &featureSpan, labels: &labelSpan,
                roomForRows: parsed.rowCount + room)
        }
        features.removeLast(features.count - parsed.rowCount * layout.featureCount)
        if layout.labelColumn != nil { labels.removeLast(labels.count - parsed.rowCount) }
        parsed.features = features
        parsed.labels = labels
        return parsed
    }

    /// About how many rows the rest of a block holds, by the rows so far or else the first line; at least one.
    private static func expectedRowCount(
        _ block: TextBlock, from position: Int, layout: TableLayout, rowsSoFar: Int
    ) -> Int {
        let rest = block.end - position
        let bytesInRow: Int
        if rowsSoFar > 0 {
            bytesInRow = (position - block.start) / rowsSoFar
        } else {
            bytesInRow = (block.bytes[position..<block.end].firstIndex(of: .newline) ?? block.end) - position
        }
        // A field takes two bytes at least, and no guess may ask for much more memory than the text takes.
        return rest / max(bytesInRow, 2 * layout.columnCount) * 17 / 16 + 1
    }

    /// Reads rows until the block's end, the first fault, or until there is no room for a further row.
    @inline(__always)
    private static func scan<Scalar: ParsedScalar>(
        _ block: TextBlock, from position: inout Int, layout: TableLayout, into parsed: inout ParsedBlock<Scalar>,
        features: inout MutableSpan<Scalar>, labels: inout MutableSpan<Scalar>, roomForRows: Int
    ) {
        let text = block.bytes.span.bytes
        let lastColumn = layout.columnCount - 1
        let labelColumn = layout.labelColumn ?? -1
        let separator = layout.separator
        var written = parsed.rowCount * layout.featureCount
        while position < block.end, parsed.rowCount < roomForRows {
            parsed.lineCount += 1
            skipSpaces(text, separator: separator, at: &position)
            let first = text.byte(at: position)
            if first == .hash || isLineEnd(text, at: position) {
                skipLine(text, at: &position)
                continue
            }
            let rowStart = written
            var missing = 0
            for column in 0...lastColumn {
                let fieldStart = position
                var value: Scalar
                if let number: Scalar = field(text, separator: separator, at: &position),
                    endField(text, separator: separator, isLast: column == lastColumn, at: &position)
                {
                    value = number
                } else {
                    position = fieldStart
                    guard layout.missing.accepts(label: column == labelColumn),
                        MissingWords.skipField(text, separator: separator, at: &position),
                        endField(text, separator: separator, isLast: column == lastColumn, at: &position)
                    else {
                        parsed.failure = failure(
                            block, layout: layout, line: parsed.lineCount, column: column, fieldStart: fieldStart)
                        return
                    }
                    value = .nan
                    missing += 1
                }
                if column == labelColumn {
                    labels[parsed.rowCount] = value
                } else {
                    features[written] = value
                    written += 1
                }
            }
            if missing > 0, layout.missing == .dropping {
                parsed.droppedRowCount += 1
                written = rowStart
            } else {
                parsed.rowCount += 1
            }
        }
    }

    /// Reads one field's number, in quotes or not; `nil` where there is none that is finite.
    @inline(__always)
    private static func field<Scalar: ParsedScalar>(
        _ text: borrowing RawSpan, separator: UInt8, at position: inout Int
    ) -> Scalar? {
        var isQuoted = false
        // Spaces, tabs and the quote come before all that a number begins with.
        if text.byte(at: position) <= .quote {
            skipSpaces(text, separator: separator, at: &position)
            isQuoted = text.byte(at: position) == .quote
            if isQuoted {
                position += 1
                skipSpaces(text, separator: separator, at: &position)
            }
        }
        let start = position
        guard let decimal = DecimalText(text, at: &position) else { return nil }
        guard let value = Scalar.fastValue(of: decimal) ?? slowValue(text, from: start, to: position) else { return nil }
        if isQuoted {
            skipSpaces(text, separator: separator, at: &position)
            guard text.byte(at: position) == .quote else { return nil }
            position += 1
        }
        return value
    }

    /// Steps over what must follow a field: the separator, or after the last one the line's end.
    @inline(__always)
    private static func endField(
        _ text: borrowing RawSpan, separator: UInt8, isLast: Bool, at position: inout Int
    ) -> Bool {
        if text.byte(at: position) == (isLast ? .newline : separator) {
            position += 1
            return true
        }
        skipSpaces(text, separator: separator, at: &position)
        guard isLast else {
            guard text.byte(at: position) == separator else { return false }
            position += 1
            return true
        }
        if text.byte(at: position) == .carriageReturn { position += 1 }
        guard text.byte(at: position) == .newline else { return false }
        position += 1
        return true
    }

    /// The correctly rounded number of a text that `DecimalText` accepted, by the standard library.
    @inline(never)
    private static func slowValue<Scalar: ParsedScalar>(_ text: borrowing RawSpan, from start: Int, to end: Int) -> Scalar? {
        var characters = ""
        for position in start..<end { characters.unicodeScalars.append(Unicode.Scalar(text.byte(at: position))) }
        guard let value = Scalar(characters), value.isFinite else { return nil }
        return value
    }

    @inline(__always)
    private static func skipSpaces(_ text: borrowing RawSpan, separator: UInt8, at position: inout Int) {
        var byte = text.byte(at: position)
        while byte == .space || (byte == .tab && separator != .tab) {
            position += 1
            byte = text.byte(at: position)
        }
    }

    @inline(__always)
    private static func isLineEnd(_ text: borrowing RawSpan, at position: Int) -> Bool {
        let byte = text.byte(at: position)
        return byte == .newline || (byte == .carriageReturn && text.byte(at: position + 1) == .newline)
    }

    private static func skipLine(_ text: borrowing RawSpan, at position: inout Int) {
        while text.byte(at: position) != .newline { position += 1 }
        position += 1
    }

    /// Explains why a field could not be read: too few or too many of them in the line, or this one.
    @inline(never)
    private static func failure<Scalar>(
        _ block: TextBlock, layout: TableLayout, line: Int, column: Int, fieldStart: Int
    ) -> ParsedBlock<Scalar>.Failure {
        let bytes = block.bytes
        let lineEnd = bytes[fieldStart..<block.end].firstIndex(of: .newline) ?? block.end
        let lineStart = bytes[block.start..<fieldStart].lastIndex(of: .newline).map { $0 + 1 } ?? block.start
        let found = TableLayout.split(bytes[lineStart..<lineEnd], separator: layout.separator).count
        let fieldEnd = bytes[fieldStart..<lineEnd].firstIndex(of: layout.separator) ?? lineEnd
        let field = bytes[fieldStart..<fieldEnd]
        let isWrongCount = found != layout.columnCount
        let problem = FieldProblem.classify(field)
        // A line cut short often ends within a field: the count is then the clearer message.
        if isWrongCount, fieldEnd == lineEnd || Double(String(decoding: field.trimmingSpaces(), as: UTF8.self)) != nil {
            return .init(line: line, column: nil, problem: .raggedRow(expected: layout.columnCount, found: found))
        }
        return .init(line: line, column: column + 1, problem: problem)
    }
}
