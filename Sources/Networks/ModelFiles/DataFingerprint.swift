import Datasets

/// What tells whether data are those that a checkpoint was made with.
struct DataFingerprint: Hashable, Codable {
    let rows: Int
    let features: [String]
    let label: String
    /// A digest of all numbers in their order; not made to withstand forgery.
    let digest: String

    /// Goes through all numbers once.
    init(_ dataset: Dataset) {
        rows = dataset.rowCount
        features = dataset.features.columnNames
        label = dataset.labelName
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for numbers in [dataset.features.values, dataset.labels] {
            for number in numbers {
                // A multiplication by an odd number and a rotation lose nothing, so that each number changes all that follows.
                state = (state ^ UInt64(number.bitPattern)) &* 0xBF58_476D_1CE4_E5B9
                state = state << 29 | state >> 35
            }
        }
        digest = String(state, radix: 16)
    }
}
