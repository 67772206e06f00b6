/// What a search may be asked for at most: more would not fit into memory, or never end.
public enum SearchLimits {
    /// Programs of a generation, those of all islands together.
    public static let programs = 10_000_000
    /// Generations.
    public static let generations = 1_000_000
}
