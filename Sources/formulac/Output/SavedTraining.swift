import Datasets
import Experiments
import Networks

extension SavingOptions {
    /// Does runs, keeping and showing what these options ask for: checkpoints while they go on, then models and curves of
    /// those that finished, whatever became of the others.
    ///
    /// - Returns: what came of each run, and why something could not be written, if so.
    /// - Throws: when a checkpoint is there but not of these runs, or when a file could not be written, before any run begins.
    func train(
        _ jobs: [TrainingJob], on dataset: Dataset, threads: Int?, progress: TrainingProgress
    ) throws -> (results: [Result<TrainingResult, TrainingError>], failure: (any Error)?) {
        try OutputName.checkWritable([modelPath(run: 0, of: jobs.count), checkpoint, plot])
        let checkpoint = try checkpoint.map {
            try CheckpointFile(path: $0, jobs: jobs, on: dataset, interval: checkpointInterval ?? 5)
        }
        var jobs = jobs
        for (index, state) in (checkpoint?.states ?? []).enumerated() { jobs[index].state = state }
        progress.skip(jobs.map(\.state))
        let results = Trainer.trainAll(
            jobs, on: dataset, threadCount: threads, watchesTest: plot != nil,
            progress: { progress.report(job: $0, $1) },
            onCheckpoint: { job, state in checkpoint?.note(state(), job: job) },
            onResult: { job, result in checkpoint?.note(result, job: job) },
            isCancelled: { Interruption.isRequested })
        Console.endProgress()
        var failures: [any Error] = []
        do {
            try checkpoint?.write()
            if Interruption.isRequested, let path = self.checkpoint {
                Console.note("note: the same command goes on from \(path)")
            }
        } catch {
            failures.append(error)
        }
        failures += save(jobs, results, on: dataset, progress: progress)
        // One error ends the command; the others are told beside it.
        for other in failures.dropFirst() { Console.note("error: \(other)") }
        return (results, failures.first)
    }

    /// Writes models and curves, each whatever became of the others.
    ///
    /// - Returns: what could not be written.
    private func save(
        _ jobs: [TrainingJob], _ results: [Result<TrainingResult, TrainingError>], on dataset: Dataset,
        progress: TrainingProgress
    ) -> [any Error] {
        var failures: [any Error] = []
        func attempt(_ write: () throws -> Void) {
            do { try write() } catch { failures.append(error) }
        }
        var drawn: [PlotFigure.Run] = []
        for (index, result) in results.enumerated() {
            guard let result = try? result.get() else { continue }
            let label = progress.labels[index]
            drawn.append(PlotFigure.Run(name: label.activation, history: result.history))
            guard let path = modelPath(run: index, of: jobs.count) else { continue }
            let provenance = ModelProvenance(result, data: dataset, training: jobs[index].configuration)
            attempt {
                try ModelFile(result.network, provenance: provenance).write(to: path)
                Console.note("saved \(label.activation), seed \(label.seed), as \(path)")
            }
        }
        if let plot, !drawn.isEmpty {
            attempt { try AtomicFile.write(PlotFigure.training(drawn, title: dataset.source).svg, to: plot) }
        }
        return failures
    }
}
