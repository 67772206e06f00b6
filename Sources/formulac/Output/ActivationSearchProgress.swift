import Experiments

/// Shows how far an activation search is: one moving line on a terminal, a line for each generation elsewhere.
struct ActivationSearchProgress {
    private let start = ContinuousClock.now

    func report(_ progress: ActivationSearch.Progress) {
        let elapsed = (ContinuousClock.now - start).milliseconds / 1000
        let left = elapsed / Double(progress.generation) * Double(progress.generationCount - progress.generation)
        let best = progress.best.map {
            "accuracy \($0.accuracy.formatted(digits: 4)), AUC \($0.areaUnderROC.formatted(digits: 4)) by \($0.title)"
        }
        let line =
            "step \(progress.generation)/\(progress.generationCount), \(progress.trainingCount) trainings, "
            + "\(left.formatted(digits: 0)) s left: \(best ?? "nothing that serves yet")"
        Console.isInteractive ? Console.progress(line) : Console.note(line)
    }
}
