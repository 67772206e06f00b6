import ArgumentParser
import Discovery
import Foundation
import Formulas
import Lanes

/// How a search goes about it.
enum SearchPreset: String, CaseIterable, ExpressibleByArgument {
    case paper, modern
}

/// What a search predicts.
enum SearchTask: String, CaseIterable, ExpressibleByArgument {
    case binary, multiclass, regression
}

/// The options that say how formulas are searched for.
struct SearchOptions: ParsableArguments {
    @Option(help: "gplearn's search as the paper runs it, or islands with tuned constants.")
    var preset: SearchPreset = .paper

    @Option(help: "What the label is: one of two classes, of several (each against the rest), or a number.")
    var task: SearchTask = .binary

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The share of the rows that the search has, the rest judging what it found; 0.1 for paper, 0.8 for modern.",
            valueName: "share"),
        transform: Number.fraction)
    var fraction: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Programs in each generation; 500, or on each island 250.", valueName: "count"),
        transform: Number.population)
    var population: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Generations, the initial one included; 5 for paper, 40 for modern.", valueName: "count"),
        transform: Number.rounds)
    var generations: Int?

    @Option(parsing: .unconditional, help: "Decides every random choice; 42 if left out.", transform: Number.seed)
    var seed: UInt64 = 42

    @Option(
        help: ArgumentHelp(
            "The functions of programs, by the names that `formulac functions` lists; the preset's if left out.",
            valueName: "name,name"), transform: NameList.parse)
    var functions: [String] = []

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Islands (modern); 4 if left out.", valueName: "count"),
        transform: Number.count)
    var islands: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most nodes of a program (modern); 30 if left out.", valueName: "count"),
        transform: Number.count)
    var maximumLength: Int?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Stops after so much time (modern).", valueName: "seconds"),
        transform: Number.positive)
    var seconds: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Stops after so many functions of programs times rows (modern).", valueName: "count"),
        transform: Number.count)
    var nodeEvaluations: Int?

    @Option(
        name: .customLong("start"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A formula of X0, X1, … to begin with (modern), or of x (activation); may be repeated.", valueName: "formula"))
    var starts: [String] = []

    @Flag(inversion: .prefixedNo, help: "Tries every small formula before any is drawn at random (activation).")
    var enumeration = true

    @Flag(help: "Also looks for a formula of its own for the last hidden layer (activation).")
    var byLayer = false

    @Option(help: "How accurate elementary functions are: within 2 ULP, or within 8 and faster.")
    var math: MathMode = .accurate

    @Option(
        help: ArgumentHelp(
            "Keeps each generation in a file, and goes on from it if it is there; of several classes in FILE.1, FILE.2, …, by "
                + "the labels.", valueName: "file"))
    var checkpoint: String?

    func validate() throws {
        if preset == .paper {
            try IdleOption.refuse(
                [
                    ("--islands", islands != nil), ("--maximum-length", maximumLength != nil), ("--seconds", seconds != nil),
                    ("--node-evaluations", nodeEvaluations != nil),
                ], "needs --preset modern")
        }
    }

    /// The share of the rows that the search has.
    var share: Double { fraction ?? (preset == .paper ? 0.1 : 0.8) }

    /// What programs are made of.
    func primitives(variableCount: Int) throws -> PrimitiveSet {
        if functions.isEmpty, preset == .paper { return try PrimitiveSet.paper(variableCount: variableCount) }
        let names =
            functions.isEmpty
            ? ["add", "sub", "mul", "div", "sin", "cos", "tanh", "exp", "sqrt", "abs", "square", "max"] : functions
        let dialect: Dialect = preset == .paper ? .gplearn : .formulac
        return try PrimitiveSet(
            functions: names.map { try PrimitiveFunction($0, dialect: dialect) },
            variableNames: PrimitiveSet.defaultVariableNames(variableCount))
    }

    /// The paper's search.
    var generational: GenerationalSearch {
        GenerationalSearch(populationSize: population ?? 500, generations: generations ?? 5, seed: seed)
    }

    /// The modern search.
    var island: IslandSearch {
        var search = IslandSearch()
        search.populationSize = population ?? search.populationSize
        search.generations = generations ?? search.generations
        search.islands = islands ?? search.islands
        search.maximumLength = maximumLength ?? search.maximumLength
        search.budget = SearchBudget(seconds: seconds, nodeEvaluations: nodeEvaluations)
        search.seed = seed
        return search
    }

    /// The formulas to begin with.
    func startPrograms(_ primitives: PrimitiveSet) throws -> [Program] {
        try starts.map { text in
            let parsing = ParsingOptions(names: .declared(primitives.variableNames))
            return try Program(expressing: Formula(parsing: text, options: parsing), by: primitives)
        }
    }
}
