import Formulas

extension FormulaError {
    /// The error with a remedy in the command line's words: the options that declare names and raise limits.
    var onCommandLine: FormulaError {
        switch kind {
        case .unknownName:
            let options = "On the command line --variables declares variables, --param NAME=VALUE parameters."
            return advising(remedy.map { "\($0)\n\(options)" } ?? options)
        case .textTooLong: return advising("--limit-bytes raises the limit.")
        case .tooManyNodes: return advising("--limit-nodes raises the limit.")
        case .tooMuchExpansion: return advising("The limit is 100 times that of nodes; --limit-nodes raises both.")
        case .tooDeep: return advising("--limit-depth raises the limit; long sums and products are flatter with brackets.")
        default: return self
        }
    }
}
