/// Which rows of a file to take.
public enum RowSelection: Hashable, Sendable {
    /// Every row.
    case all
    /// The first rows; what follows them is not read.
    case first(Int)
    /// Rows drawn without replacement, each set of them equally likely, by a seed; all rows if there are no more.
    case sample(Int, seed: UInt64)
}

/// Takes parsed blocks in the file's order.
protocol RowConsumer<Scalar> {
    associatedtype Scalar: ParsedScalar
    /// Whether further rows cannot matter.
    var isSatisfied: Bool { get }
    /// Adds a block's rows.
    mutating func append(_ block: ParsedBlock<Scalar>)
}

/// Keeps the rows that a selection asks for.
struct RowCollector<Scalar: ParsedScalar>: RowConsumer {
    private let selection: RowSelection
    private let layout: TableLayout
    private var features: RowStore<Scalar>
    private var labels: RowStore<Scalar>
    private var rowsSeen = 0
    /// How many rows were left out because a value is missing.
    private(set) var droppedRowCount = 0
    private var random: RandomStream

    /// An empty collector.
    init(selection: RowSelection, layout: TableLayout) {
        self.selection = selection
        self.layout = layout
        self.features = RowStore(columnCount: layout.featureCount)
        self.labels = RowStore(columnCount: 1)
        if case .sample(_, let seed) = selection {
            random = RandomStream(seed: seed)
        } else {
            random = RandomStream(seed: 0)
        }
    }

    /// How many rows are kept.
    var rowCount: Int { features.rowCount }

    var isSatisfied: Bool {
        if case .first(let count) = selection { rowCount >= count } else { false }
    }

    mutating func append(_ block: ParsedBlock<Scalar>) {
        droppedRowCount += block.droppedRowCount
        let wanted: Int
        switch selection {
        case .all: wanted = block.rowCount
        case .first(let count), .sample(let count, _): wanted = max(0, min(block.rowCount, count - rowCount))
        }
        features.append(block.features.prefix(wanted * layout.featureCount), rowCount: wanted)
        if layout.labelColumn != nil { labels.append(block.labels.prefix(wanted), rowCount: wanted) }
        rowsSeen += wanted
        if case .sample(let count, _) = selection, count > 0 { replaceRows(block, from: wanted, sampleSize: count) }
    }

    /// Reservoir sampling: the row seen as number n enters with probability size / n, in place of a random one.
    /// (J. S. Vitter, "Random sampling with a reservoir", 1985, algorithm R.)
    private mutating func replaceRows(_ block: ParsedBlock<Scalar>, from start: Int, sampleSize: Int) {
        for row in start..<block.rowCount {
            rowsSeen += 1
            let place = random.integer(below: rowsSeen)
            guard place < sampleSize else { continue }
            let width = layout.featureCount
            features.replaceRow(place, with: block.features[row * width..<(row + 1) * width])
            if layout.labelColumn != nil { labels.replaceRow(place, with: block.labels[row...row]) }
        }
    }

    /// The kept rows; the collector is empty afterwards.
    mutating func takeRows() -> (features: [Scalar], labels: [Scalar]) { (features.takeValues(), labels.takeValues()) }
}
