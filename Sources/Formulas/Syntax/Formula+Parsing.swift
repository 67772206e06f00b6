extension Formula {
    /// Reads a formula.
    ///
    /// The graph is the text's, operation by operation; nothing is simplified. Its variables are those that the text uses, in
    /// natural order (`x`, `x0`, `x1`, `x2`, `x10`, `y`), its parameters those declared that it uses.
    ///
    /// ```swift
    /// let snake = try Formula(parsing: "snake(x, a) = x + sin(a*x)^2/a; snake(x, 2)")
    /// ```
    ///
    /// - Throws: `FormulaError` with the place and the remedy. Texts of any content are answered within the limits of
    ///   `options`, in time proportional to them.
    public init(parsing text: String, options: ParsingOptions = ParsingOptions()) throws(FormulaError) {
        let library = try FunctionLibrary.library(of: options.dialect)
        var parser = try Parser(SourceText(text), options: options, library: library)
        let result = try parser.parseFormula()
        let formula = parser.inputs.formula(parser.arena.expression(result))
        guard options.collapse else {
            self = formula
            return
        }
        do {
            self = try formula.collapsed()
        } catch {
            let place = parser.source.firstWord..<parser.source.bytes.count
            throw FormulaError(
                .constantAfterCollapse, error.description, remedy: error.remedy, at: place, of: parser.source)
        }
    }
}
