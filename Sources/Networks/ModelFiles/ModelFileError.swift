/// Why a model or checkpoint file cannot be read.
public struct ModelFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as the caller named it.
    public let file: String
    /// The fault itself.
    public let problem: Problem

    /// The kinds of fault.
    public enum Problem: Hashable, Sendable {
        /// The system refused to open or read the file.
        case unreadable(reason: String)
        /// The file has more bytes than any model has.
        case tooLarge(bytes: Int, limit: Int)
        /// The file is not safetensors, or damaged; or a tensor is missing or of another shape.
        case format(SafetensorsError)
        /// The file is safetensors, but does not hold what this program writes.
        case foreign(wanted: String)
        /// An entry of the metadata is missing or cannot be read.
        case metadata(key: String, reason: String)
        /// The checkpoint is of other settings or data; how they differ.
        case otherTraining(String)
        /// The parts do not fit each other; the reason as a sentence without its stop.
        case inconsistent(String)
    }

    /// Describes a fault.
    public init(file: String, problem: Problem) {
        self.file = file
        self.problem = problem
    }

    public var description: String {
        switch problem {
        case .unreadable(let reason): "\(file): cannot be read: \(reason). Check the path and its permissions."
        case .tooLarge(let bytes, let limit): "\(file): has \(bytes) bytes; the largest that is read is \(limit). Is it a model?"
        case .format(let error): "\(file): \(error). Write the file again (formulac train --save)."
        case .foreign(let wanted): "\(file): is a safetensors file, but no \(wanted) that formulac wrote."
        case .metadata(let key, let reason): "\(file): the metadata entry '\(key)' cannot be read: \(reason)."
        case .otherTraining(let difference):
            "\(file): is the checkpoint of another training: \(difference). Give the same options and data, or another file."
        case .inconsistent(let reason): "\(file): \(reason)."
        }
    }
}
