extension Formula: CustomStringConvertible {
    /// The formula as text that parses back to the same graph, see `text(output:)`. Several outputs stand on lines of their
    /// own, between them an empty line.
    public var text: String { outputs.indices.map { text(output: $0) }.joined(separator: "\n\n") }

    /// One output as text in the default dialect.
    ///
    /// Reading it again gives the same graph, provided that the inputs' names are declared where they are neither
    /// conventional variables nor parameters. Constants have the shortest digits that read back as the same Double.
    /// Shared expressions are written out each time, or as `let t0 = …;` lines where that would make the text long: its
    /// length is proportional to the number of nodes.
    public func text(output: Int) -> String {
        var writer = ExpressionWriter(self, style: TextStyle(self))
        return writer.write(output: output)
    }

    /// The formula for LaTeX's math mode, with the amsmath package; several outputs are rows of an `aligned` block.
    public var latex: String {
        guard outputs.count != 1 else { return latex(output: 0) }
        return "\\begin{aligned}\n" + outputs.indices.map { "& " + latex(output: $0) }.joined(separator: " \\\\\n")
            + "\n\\end{aligned}"
    }

    /// One output for LaTeX's math mode, with the amsmath package.
    public func latex(output: Int) -> String {
        var writer = ExpressionWriter(self, style: LaTeXStyle(self))
        return writer.write(output: output)
    }

    public var description: String { text }
}
