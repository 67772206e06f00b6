import Datasets

/// Why a model or checkpoint file cannot be read.
public struct ModelFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as the caller named it.
    public let file: String
    /// The fault itself.
    public let problem: Problem
    /// What the file was taken for.
    public let kind: Kind

    /// What files hold.
    public enum Kind: String, Hashable, Sendable {
        case model, checkpoint
    }

    /// The kinds of fault.
    public enum Problem: Hashable, Sendable {
        /// The system refused to open or read the file.
        case unreadable(reason: String)
        /// The file has more bytes than any model has.
        case tooLarge(limit: Int)
        /// The file is not safetensors, or damaged; or a tensor is missing or of another shape.
        case format(SafetensorsError)
        /// The file is safetensors, but does not hold what this program writes.
        case foreign
        /// An entry of the metadata is missing or cannot be read.
        case metadata(key: String, reason: String)
        /// The checkpoint is of other settings or data; how they differ.
        case otherTraining(String)
        /// The parts do not fit each other; the reason as a sentence without its stop.
        case inconsistent(String)
    }

    /// Describes a fault.
    public init(file: String, problem: Problem, kind: Kind = .model) {
        self.file = file
        self.problem = problem
        self.kind = kind
    }

    /// The same fault of a file that was taken for something else.
    func of(_ kind: Kind) -> ModelFileError { ModelFileError(file: file, problem: problem, kind: kind) }

    /// What the user can do about a file that is not of its kind, or damaged.
    private var remedy: String {
        switch kind {
        case .model: "Name a file that `formulac train --save` wrote, or write it again"
        case .checkpoint: "Remove the file to begin anew, or name another"
        }
    }

    public var description: String {
        switch problem {
        case .unreadable(let reason): "\(file): cannot be read: \(reason). Check the path and its permissions."
        case .tooLarge(let limit):
            "\(file): has more than \(limit) bytes, the most that are read of a \(kind.rawValue). \(remedy)."
        case .format(.noSafetensors): "\(file): is no \(kind.rawValue): it \(SafetensorsError.noSafetensors). \(remedy)."
        case .format(let error): "\(file): is no \(kind.rawValue), or a damaged one: it \(error). \(remedy)."
        case .foreign: "\(file): is a safetensors file, but no \(kind.rawValue) that formulac wrote. \(remedy)."
        case .metadata(let key, let reason): "\(file): the metadata entry '\(key)' cannot be read: \(reason). \(remedy)."
        case .otherTraining(let difference):
            "\(file): is the checkpoint of another training: \(difference). Give the same options and data, or another file."
        case .inconsistent(let reason): "\(file): \(reason). \(remedy)."
        }
    }
}

extension ModelFileError.Problem {
    /// Why a file's bytes could not be had.
    static func unread(_ problem: DatasetError.Problem, limit: Int) -> Self {
        switch problem {
        case .tooLarge: .tooLarge(limit: limit)
        case .unreadable(let reason): .unreadable(reason: reason)
        // As the system would say it.
        case .directory: .unreadable(reason: "Is a directory")
        default: .unreadable(reason: problem.summary)
        }
    }
}
