import Formulas

/// What an export consists of, as the JSON file beside it says.
public struct ExportManifest: Codable, Hashable, Sendable {
    /// The version of formulac that wrote the export.
    public var formulac: String
    /// What the names of functions and files begin with.
    public var name: String
    /// The formula as its author wrote it.
    public var written: String
    /// The formula in formulac's own spelling, from which the export can be made again.
    public var formula: String
    /// The formula as it is computed, by type.
    public var simplified: [String: String]
    /// The inputs that vary from element to element.
    public var variables: [String]
    /// The inputs that all elements of a call share.
    public var parameters: [Parameter]
    /// Whether derivatives by the parameters follow those by the variables.
    public var differentiatesParameters: Bool
    /// What is promised of the results.
    public var accuracy: Accuracy
    /// The C signature that all array functions have; T is `float` or `double`.
    public var arraySignature: String
    /// The functions.
    public var functions: [Function]

    /// A parameter of the formula.
    public struct Parameter: Codable, Hashable, Sendable {
        /// The name in the formula.
        public var name: String
        /// The value that the formula was exported with.
        public var value: Double
    }

    /// What is promised of the results.
    public struct Accuracy: Codable, Hashable, Sendable {
        /// The accuracy mode.
        public var mode: String
        /// Whether rewrites that change domain or rounding were allowed.
        public var relaxed: Bool
        /// The largest error of each elementary function in units in the last place of the type. Arithmetic rounds
        /// once, correctly; how errors add up is up to the formula.
        public var elementaryFunctionUlp: Double
        /// Who computes the same bits.
        public var reproducibility: String
    }

    /// One computation in one type.
    public struct Function: Codable, Hashable, Sendable {
        /// What is computed.
        public var variant: String
        /// `float` or `double`.
        public var type: String
        /// The name of the function of one element.
        public var symbol: String
        /// The C declaration of the function of one element.
        public var declaration: String
        /// The name of the function of arrays.
        public var arraySymbol: String
        /// The inputs that vary, in order. The parameters follow them in the function of one element.
        public var inputs: [String]
        /// What each result is, in order.
        public var results: [String]
    }

    init(_ formula: Formula, options: FormulaExport.Options, simplified: [String: String], routines: [ExportRoutine]) {
        formulac = options.version
        name = options.name
        self.formula = formula.text
        written = options.text ?? formula.text
        self.simplified = simplified
        variables = formula.variables
        parameters = formula.parameters.map { Parameter(name: $0.name, value: $0.value) }
        differentiatesParameters = options.differentiatesParameters
        accuracy = Accuracy(
            mode: options.math.rawValue, relaxed: options.relaxed, elementaryFunctionUlp: options.math.promisedUlps,
            reproducibility: "the same bits as formulac's kernels, payload and sign of NaN excepted")
        arraySignature = "void f(size_t count, const T *const *inputs, const T *parameters, T *const *outputs)"
        functions = routines.map { routine in
            Function(
                variant: routine.variant, type: routine.program.precision.rawValue,
                symbol: routine.symbol(in: options.name),
                declaration: routine.declaration(in: options.name, arguments: routine.arguments),
                arraySymbol: routine.arraySymbol(in: options.name), inputs: routine.inputs, results: routine.results)
        }
    }

    /// The lines at the head of exported files.
    ///
    /// - Parameter isBeside: whether the manifest is a file beside them.
    func banner(isBeside: Bool) -> [String] {
        func short(_ text: String) -> String { text.count <= 400 ? text : "\(text.prefix(400))…" }
        var lines = ["\(name): \(short(written))", ""]
        for type in simplified.keys.sorted(by: >) where simplified[type] != written {
            lines.append("computed in \(type) as \(short(simplified[type] ?? ""))")
        }
        if !parameters.isEmpty {
            lines.append("parameters: " + parameters.map { "\($0.name) = \($0.value)" }.joined(separator: ", "))
        }
        lines.append("accuracy: \(accuracy.mode)\(accuracy.relaxed ? ", relaxed rewrites" : "")")
        lines.append("Written by formulac \(formulac)\(isBeside ? "; see \(name).json" : ""). Do not edit.")
        return lines
    }
}
