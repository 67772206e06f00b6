extension Dataset {
    /// Some of the rows, in the order asked for, each of which must be there.
    public func rows(_ rows: [Int]) -> Dataset {
        var values: [Float] = []
        values.reserveCapacity(rows.count * featureCount)
        for row in rows { values += features.row(row) }
        return Dataset(
            source: source, uncheckedFeatures: Table(uncheckedColumnNames: features.columnNames, values: values),
            labelName: labelName, labels: rows.map { labels[$0] })
    }
}
