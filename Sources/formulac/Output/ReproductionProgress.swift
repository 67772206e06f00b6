import Experiments

/// Shows how far a reproduction is: one moving line on a terminal, a line for each network elsewhere.
final class ReproductionProgress: Sendable {
    private let start = ContinuousClock.now

    /// Takes note of an event; may be called from any thread.
    func report(_ event: Reproduction.Event) {
        switch event {
        case .searching(let set): Console.progress("\(set.title): discovery")
        case .found(let found):
            Console.endProgress()
            Console.note("\(found.set.title): discovered \(found.activation ?? "no formula that can serve, best \(found.best)")")
        case .note(let text):
            Console.endProgress()
            Console.note("note: \(text)")
        case .epoch(let set, let model, let seed, let epoch, let done, let total):
            let elapsed = (ContinuousClock.now - start).milliseconds / 1000
            let left = elapsed / Double(done) * Double(total - done)
            let line =
                "\(set.title), \(model), seed \(seed): epoch \(epoch.epoch)/\(epoch.epochCount), "
                + "loss \(epoch.trainingLoss.formatted(digits: 4)), \(100 * done / total)%, \(left.formatted(digits: 1)) s left"
            if Console.isInteractive {
                Console.progress(line)
            } else if epoch.epoch == epoch.epochCount {
                Console.note(line)
            }
        }
    }
}
