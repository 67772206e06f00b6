import ArgumentParser
import Datasets
import Discovery
import Formulas
import Kernels
import Lanes
import Networks

/// The exit statuses that scripts may rely on (the numbers of `sysexits.h`).
enum ExitStatus: Int32 {
    case failure = 1
    /// Wrong usage.
    case usage = 64
    /// Bad formula or data.
    case badInput = 65
    /// Stopped by Ctrl-C.
    case interrupted = 130
}

/// An error on its way to the user: what to say and how to exit.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// What an error of the libraries means to the user; `nil` for an error of another origin.
    init?(_ error: any Error) {
        switch error {
        case let error as FormulaError: self.init(.badInput, error.description)
        case let error as DatasetError:
            switch error.problem {
            case .unwritable, .folderInPlace, .undownloadable, .refusedDownload: self.init(.failure, error.description)
            case .cancelled, .writingCancelled, .fetchInterrupted: self.init(.interrupted, error.description)
            default: self.init(.badInput, error.description)
            }
        case KernelError.unusableName(let name): self.init(.usage, KernelError.unusableName(name).description)
        case let error as KernelError: self.init(.failure, error.description)
        case let error as ObjectStoreError: self.init(.failure, error.description)
        case let error as ForeignError: self.init(.failure, error.description)
        case let error as ONNXError: self.init(.failure, error.description)
        case let error as ModelFileError: self.init(.badInput, error.description)
        case let error as MissingFeatures: self.init(.badInput, error.description)
        case CPredictorError.source(let error): self.init(error)
        case CPredictorError.network(let error): self.init(error)
        case let error as ExportedLibraryError: self.init(.badInput, error.description)
        case let error as CSourceError:
            switch error {
            case .invalidName, .reservedName: self.init(.usage, error.description)
            case .malformed: self.init(.failure, error.description)
            }
        case TrainingError.data(let error): self.init(error)
        case TrainingError.formula(let error): self.init(error)
        case TrainingError.kernel(let error): self.init(error)
        case TrainingError.cancelled: self.init(.interrupted, "interrupted")
        case TrainingError.setting(let name, let value, let allowed):
            self.init(.usage, "\(name) must be \(allowed), not \(value)")
        case let error as TrainingError:
            switch error {
            case .notOneVariable, .noSuchParameter, .labels, .weights, .checkpoint: self.init(.badInput, error.description)
            default: self.init(.failure, error.description)
            }
        case DiscoveryError.data(let error): self.init(error)
        case DiscoveryError.kernel(let error): self.init(error)
        case let error as DiscoveryError:
            switch error {
            case .setting, .unknownFunction: self.init(.usage, error.description)
            default: self.init(.badInput, error.description)
            }
        // What only a command's work shows to be wrong usage; the argument parser would name the wrong command.
        case let error as ValidationError: self.init(.usage, error.message)
        default: return nil
        }
    }

    /// Writes the message to standard error.
    func report() {
        Console.note("formulac: error: \(message)")
    }
}
