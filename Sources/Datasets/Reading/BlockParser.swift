/// What a block of text held.
struct ParsedBlock<Scalar: ParsedScalar>: Sendable {
    /// The features of the good rows, row after row.
    var features: [Scalar] = []
    /// Their labels; none where the layout has no label column.
    var labels: [Scalar] = []
    /// How many rows were good.
    var rowCount = 0
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
/// Bytes are read through `RawSpan`, which checks bounds; no pointer is involved.
enum BlockParser {
    /// Reads a block's rows until its end or the first fault.
    @inline(__always)
    static func parse<Scalar: ParsedScalar>(_ block: TextBlock, layout: TableLayout) -> ParsedBlock<Scalar> {
        var parsed = ParsedBlock<Scalar>()
        let mostRows = largestRowCount(block, layout: layout)
        var features = [Scalar](repeating: 0, count: mostRows * layout.featureCount)
        var labels = [Scalar](repeating: 0, count: layout.labelColumn == nil ? 0 : mostRows)
        var featureSpan = features.mutableSpan
        var labelSpan = labels.mutableSpan
        scan(block, layout: layout, into: &parsed, features: &featureSpan, labels: &labelSpan)
        features.removeLast(features.count - parsed.rowCount * layout.featureCount)
        if layout.labelColumn != nil { labels.removeLast(labels.count - parsed.rowCount) }
        parsed.features = features
        parsed.labels = labels
        return parsed
    }

    /// No more rows than lines, nor than there is room for one digit and one separator a field; and one more, for the
    /// fields before the fault in a row that is no good.
    private static func largestRowCount(_ block: TextBlock, layout: TableLayout) -> Int {
        var lines = 0
        let bytes = block.bytes.span
        for index in block.start..<block.end { lines += bytes[index] == .newline ? 1 : 0 }
        return min(lines, (block.end - block.start) / (2 * layout.columnCount)) + 1
    }

    @inline(__always)
    private static func scan<Scalar: ParsedScalar>(
        _ block: TextBlock, layout: TableLayout, into parsed: inout ParsedBlock<Scalar>,
        features: inout MutableSpan<Scalar>, labels: inout MutableSpan<Scalar>
    ) {
        let text = block.bytes.span.bytes
        let lastColumn = layout.columnCount - 1
        let labelColumn = layout.labelColumn ?? -1
        let separator = layout.separator
        var position = block.start
        var written = 0
        while position < block.end {
            parsed.lineCount += 1
            skipSpaces(text, separator: separator, at: &position)
            let first = text.byte(at: position)
            if first == .hash || isLineEnd(text, at: position) {
                skipLine(text, at: &position)
                continue
            }
            for column in 0...lastColumn {
                let fieldStart = position
                guard let value: Scalar = field(text, separator: separator, at: &position),
                    endField(text, separator: separator, isLast: column == lastColumn, at: &position)
                else {
                    parsed.failure = failure(
                        block, layout: layout, line: parsed.lineCount, column: column, fieldStart: fieldStart)
                    return
                }
                if column == labelColumn {
                    labels[parsed.rowCount] = value
                } else {
                    features[written] = value
                    written += 1
                }
            }
            parsed.rowCount += 1
        }
    }

    /// Reads one field's number, in quotes or not; `nil` where there is none that is finite.
    @inline(__always)
    private static func field<Scalar: ParsedScalar>(
        _ text: borrowing RawSpan, separator: UInt8, at position: inout Int
    ) -> Scalar? {
        skipSpaces(text, separator: separator, at: &position)
        let isQuoted = text.byte(at: position) == .quote
        if isQuoted {
            position += 1
            skipSpaces(text, separator: separator, at: &position)
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
