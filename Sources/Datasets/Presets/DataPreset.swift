import Foundation

/// A public data set as the paper (arXiv 2601.10740) uses it: which files hold it, what is in them, which rows are taken.
public struct DataPreset: Sendable, Hashable {
    /// The name on the command line.
    public let name: String
    /// What it is, in one line.
    public let title: String
    /// The names that its file goes by, the one looked for first in front; each with or without `.gz`.
    public let fileNames: [String]
    /// Where the label stands.
    public let label: LabelColumn
    /// The label of the positive class.
    public let positive: Float
    /// How many features there are beside the label.
    public let featureCount: Int
    /// How many rows the public file has.
    public let publicRowCount: Int
    /// Which rows the paper takes.
    public let rows: Rows
    /// The public file.
    public let download: Download

    /// Which rows of a file are taken.
    public enum Rows: Sendable, Hashable {
        /// All.
        case all
        /// The first ones, or all if there are fewer.
        case first(Int)
        /// So many, drawn without replacement by a seed, or all if there are fewer.
        case sample(Int)
    }

    /// A file that can be fetched.
    public struct Download: Sendable, Hashable {
        /// Its public address.
        public let address: String
        /// The name it is kept under.
        public let fileName: String
        /// How many bytes it has.
        public let byteCount: Int?
        /// Its SHA-256 in hexadecimal.
        public let sha256: String
    }
}

extension DataPreset {
    /// The preset of a name.
    ///
    /// - Returns: `nil` where there is none.
    public static func named(_ name: String) -> DataPreset? { all.first { $0.name == name } }

    /// Which rows are taken, by a seed where they are drawn.
    public func selection(seed: UInt64) -> RowSelection {
        switch rows {
        case .all: .all
        case .first(let count): .first(count)
        case .sample(let count): .sample(count, seed: seed)
        }
    }

    /// The file in a folder that holds the data.
    public func path(in directory: String) throws(DatasetError) -> String {
        var status = stat()
        guard stat(directory, &status) == 0 else {
            let reason = errno == ENOENT ? "there is no such folder" : String(cString: strerror(errno))
            throw DatasetError(file: directory, problem: .unreadable(reason: reason))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw DatasetError(file: directory, problem: .unreadable(reason: "it is a file, not a folder"))
        }
        // Of files in a folder that may not be looked into, the system says no more than that they are not found.
        guard access(directory, X_OK) == 0 else {
            throw DatasetError(file: directory, problem: .unreadable(reason: String(cString: strerror(errno))))
        }
        let names = fileNames.flatMap { [$0, "\($0).gz"] }
        let folder = URL(fileURLWithPath: directory)
        // A file beside its compressed form is read faster.
        for name in names {
            let path = folder.appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: path) { return path }
        }
        throw DatasetError(file: directory, problem: .absentDataset(name: name, files: names))
    }

    /// Reads the data from a folder.
    ///
    /// - Parameters:
    ///   - directory: where one of the files is.
    ///   - seed: determines the rows where they are drawn.
    ///   - rows: other rows than the paper takes.
    ///   - missing: what to do about missing values; the public files have none.
    ///   - configure: sets the reader's progress and cancellation.
    /// - Throws: `DatasetError` where no file is there, it cannot be read, or its columns are not those of the set.
    public func load(
        from directory: String, seed: UInt64 = 42, rows: RowSelection? = nil, missing: MissingValuePolicy = .error,
        configure: (inout TableReader) -> Void = { _ in }
    ) throws(DatasetError) -> Dataset {
        let path = try path(in: directory)
        var reader = TableReader(path: path, rows: rows ?? selection(seed: seed), missing: missing)
        configure(&reader)
        let dataset = try reader.readDataset(label: label)
        guard dataset.featureCount == featureCount else {
            throw DatasetError(
                file: path,
                problem: .unexpectedShape(dataset: name, expected: featureCount + 1, found: dataset.featureCount + 1))
        }
        return dataset
    }
}
