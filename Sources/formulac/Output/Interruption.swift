import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and the termination signal as a flag that long work looks at between steps.
enum Interruption {
    private static let requested = Atomic<Bool>(false)
    private static let sources = Mutex<[any DispatchSourceSignal]>([])

    /// Whether a stop was asked for.
    static var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// From here on the first signal raises the flag; a second one ends the process at once.
    static func watch() {
        sources.withLock { sources in
            guard sources.isEmpty else { return }
            for number in [SIGINT, SIGTERM] {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler {
                    if requested.exchange(true, ordering: .relaxed) { exit(ExitStatus.interrupted.rawValue) }
                }
                source.resume()
                sources.append(source)
            }
        }
    }
}
