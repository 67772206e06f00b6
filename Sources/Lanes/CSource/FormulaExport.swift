import Formulas

/// A formula made ready for export: lane programs of its variants for both types, and the manifest that describes them.
public struct FormulaExport: Sendable {
    /// What is exported.
    public let routines: [ExportRoutine]
    /// The description that goes with the files.
    public let manifest: ExportManifest

    /// What an export is to hold.
    public struct Options: Hashable, Sendable {
        /// What the public names and the files' names begin with: a C identifier.
        public var name: String
        /// The functions wanted.
        public var variants: [ExportVariant] = [.forward, .gradient, .backward, .valueAndGradient]
        /// Whether derivatives by parameters follow those by variables.
        public var differentiatesParameters = false
        /// Whether rewrites may change domain or rounding.
        public var relaxed = false
        /// How accurately elementary functions are computed.
        public var math = MathMode.accurate
        /// The formula as its author wrote it, if that is not how it is printed.
        public var text: String?
        /// The version of the exporting program.
        public var version: String

        /// The default options under a name.
        public init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    /// Derives and expands the variants.
    public init(_ formula: Formula, options: Options) throws(CSourceError) {
        try CIdentifier.check(options.name)
        var inputs = formula.variables.indices.map(FormulaInput.variable)
        if options.differentiatesParameters { inputs += formula.parameters.indices.map(FormulaInput.parameter) }
        var routines: [ExportRoutine] = []
        var simplified: [String: String] = [:]
        for precision in Precision.allCases {
            let simplification = SimplificationOptions(precision: precision, relaxed: options.relaxed)
            let simple = formula.simplified(simplification)
            simplified[precision.rawValue] = simple.text
            for variant in options.variants {
                let derived = variant.formula(simple, withRespectTo: inputs)
                let result = variant == .forward ? simple : derived.simplified(simplification)
                routines.append(
                    ExportRoutine(
                        variant: variant.rawValue,
                        program: LaneProgram(expanding: result, precision: precision, math: options.math),
                        inputs: derived.variables, parameters: formula.parameters.map(\.name),
                        results: variant.results(formula, withRespectTo: inputs)))
            }
        }
        self.routines = routines
        manifest = ExportManifest(formula, options: options, simplified: simplified, routines: routines)
    }

    /// The formula as C.
    ///
    /// - Parameter namesManifest: whether the comment at the head names the manifest's file, `NAME.json`.
    public func cSource(namesManifest: Bool = true) throws(CSourceError) -> CSource {
        try CSource(name: manifest.name, routines: routines, banner: manifest.banner(isBeside: namesManifest))
    }
}
