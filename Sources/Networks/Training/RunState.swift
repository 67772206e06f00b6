/// How far one run among several is.
public enum RunState: Sendable {
    /// It has not finished an epoch.
    case waiting
    /// It stands between two epochs.
    case running(TrainingCheckpoint)
    /// It is done.
    case finished(TrainingResult)
}
