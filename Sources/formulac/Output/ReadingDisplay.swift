import Datasets
import Synchronization

/// Shows how far reading a file, or fetching one, is: one moving line on a terminal, a line now and then elsewhere.
final class ReadingDisplay: Sendable {
    private struct State {
        var shown = ContinuousClock.now
        /// What was there at the start.
        var origin: Int?
    }

    private let start = ContinuousClock.now
    private let state = Mutex(State())
    /// What is done, such as "read".
    private let verb: String

    init(verb: String = "read") { self.verb = verb }

    /// Has a reader report here, and stop where the user asks for it.
    func watch(_ reader: inout TableReader) {
        Interruption.watch()
        reader.isCancelled = { Interruption.isRequested }
        reader.progress = { [self] in show(bytes: $0.bytesRead, of: $0.byteCount) }
    }

    /// Shows how many bytes are done, not more often than can be read.
    func show(bytes: Int, of total: Int?) {
        let now = ContinuousClock.now
        let interval: Duration = Console.isInteractive ? .milliseconds(100) : .seconds(10)
        let origin = state.withLock { state -> Int? in
            let origin = state.origin ?? bytes
            state.origin = origin
            guard now - state.shown > interval else { return nil }
            state.shown = now
            return origin
        }
        guard let origin else { return }
        let rate = Double(bytes - origin) / max((now - start).milliseconds / 1000, 1e-3)
        var line = "\(verb) \(Self.megabytes(bytes))"
        if let total, total > 0 {
            line += " of \(Self.megabytes(total)), \(100 * bytes / total)%"
            if rate > 0 { line += ", \((Double(total - bytes) / rate).formatted(digits: 0)) s left" }
        }
        line += ", \((rate / 1e6).formatted(digits: 1)) MB/s"
        if Console.isInteractive { Console.progress(line) } else { Console.note(line) }
    }

    /// Removes the line.
    func end() { Console.endProgress() }

    private static func megabytes(_ bytes: Int) -> String { "\((Double(bytes) / 1e6).formatted(digits: 1)) MB" }
}
