import Foundation
import Synchronization

/// Shows how far a verification is: a bar on a terminal, a line now and then elsewhere.
final class VerificationProgress: Sendable {
    private struct State {
        var done = 0
        var shown: ContinuousClock.Instant
    }

    private let label: String
    private let total: Int
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    init(label: String, total: Int) {
        self.label = label
        self.total = max(1, total)
        state = Mutex(State(shown: .now))
    }

    /// Takes note of so many more points; may be called from any thread.
    func add(_ points: Int) {
        let line: String? = state.withLock { state in
            state.done += points
            let now = ContinuousClock.now
            guard now - state.shown > (Console.isInteractive ? .milliseconds(100) : .seconds(10)) else { return nil }
            state.shown = now
            return self.line(done: state.done, elapsed: (now - start).milliseconds / 1000)
        }
        guard let line else { return }
        if Console.isInteractive { Console.progress(line) } else { Console.note(line) }
    }

    private func line(done: Int, elapsed: Double) -> String {
        let share = Double(done) / Double(total)
        let filled = Int(share * 30)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        let left = elapsed / share - elapsed
        return "\(label) [\(bar)] \((share * 100).formatted(digits: 0))%, \(left.formatted(digits: 0)) s left"
    }
}

extension Int {
    /// "1 point" or "20,000 points".
    var points: String { self == 1 ? "1 point" : "\(grouped) points" }

    /// The number with commas between groups of three digits.
    var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + text
    }
}
