import Datasets
import Discovery

/// Keeps a search's generations in a file. One that cannot be written costs no search: it is told once, and the search goes
/// on, with another attempt after each generation.
final class CheckpointKeeper {
    let path: String
    /// Why the newest generation is not in the file; `nil` while it is.
    private(set) var failure: DiscoveryError?

    init(path: String) { self.path = path }

    func keep(_ checkpoint: SearchCheckpoint) {
        do {
            try checkpoint.write(path)
            failure = nil
        } catch {
            if failure == nil {
                Console.endProgress()
                Console.note("note: \(error.description.withoutStop); the search goes on without its checkpoint")
            }
            failure = error
        }
    }
}
