/// What evaluation has done so far.
public struct EvaluationStatistics: Hashable, Sendable {
    /// Programs judged, those found in the memory of earlier results included.
    public internal(set) var programs = 0
    /// Functions of the programs judged times rows: what evaluating each program by itself would compute, and what all
    /// engines are compared by.
    public internal(set) var nodeEvaluations = 0
    /// Functions that were called times rows, each distinct expression once.
    public internal(set) var computedNodeEvaluations = 0
    /// Losses that were computed, one for each distinct program.
    public internal(set) var computedLosses = 0
    /// The most working memory a thread took, in bytes.
    public internal(set) var workspaceBytes = 0
    /// The most expressions that were remembered at a time.
    public internal(set) var expressions = 0
}
