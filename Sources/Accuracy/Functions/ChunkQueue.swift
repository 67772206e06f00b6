import Dispatch
import Kernels
import Synchronization

/// Shares numbered chunks of work among threads.
struct ChunkQueue {
    let count: Int

    /// Runs the work on each chunk until all are done, it fails, or it should stop.
    ///
    /// - Parameters:
    ///   - start: what a thread's part is before its first chunk.
    ///   - work: adds a chunk to a part.
    /// - Returns: one part for each thread, of consecutive chunks, in the order of the chunks' numbers: what is made of them
    ///   does not show which thread was faster.
    func run<Part: Sendable>(
        threads: Int, from start: Part, shouldStop: @Sendable () -> Bool,
        work: @Sendable (Int, inout Part) throws(KernelError) -> Void
    ) throws(KernelError) -> [Part] {
        let runs = max(1, min(threads, count))
        let parts = Mutex<[Int: Result<Part, KernelError>]>([:])
        withoutActuallyEscaping(shouldStop) { shouldStop in
            withoutActuallyEscaping(work) { work in
                DispatchQueue.concurrentPerform(iterations: runs) { run in
                    let result = Result { () throws(KernelError) in
                        var part = start
                        for chunk in run * count / runs..<(run + 1) * count / runs {
                            if shouldStop() { break }
                            try work(chunk, &part)
                        }
                        return part
                    }
                    parts.withLock { $0[run] = result }
                }
            }
        }
        var finished: [Part] = []
        for (_, part) in parts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { finished.append(try part.get()) }
        return finished
    }
}
