import ArgumentParser
import Datasets
import Foundation
import Formulas
import Kernels
import Networks

/// The options that say what network is trained. `--activation` may be repeated: each makes a network of its own.
struct NetworkOptions: ParsableArguments {
    @Option(
        name: .customLong("activation"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A formula of one variable; may be repeated. Default: relu(x).", valueName: "formula"),
        transform: LeadingMinus.trimmed)
    var activations: [String] = []

    @Option(
        name: .customLong("kernel"),
        help: ArgumentHelp(
            "An activation from a library of `export shared`, or any with its symbols and manifest; may be repeated.",
            valueName: "file.so[:name]"))
    var kernels: [String] = []

    @Option(
        name: [.customLong("layers"), .customLong("hidden")],
        parsing: .unconditional, help: ArgumentHelp("Units of the hidden layers; 64,32 if left out.", valueName: "64,32"),
        transform: Number.layers)
    var givenLayers: [Int]?

    @Option(
        name: .customLong("layer"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "One hidden layer with a formula of its own, instead of --layers; repeated from the input on.",
            valueName: "units:formula"), transform: OwnLayer.parse)
    var ownLayers: [OwnLayer] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The share of a layer's outputs that training drops: one for all layers or one each; 0.3 if left out.",
            valueName: "0.3"),
        transform: Number.shares)
    var dropout: [Double] = [0.3]

    @Option(
        help: ArgumentHelp("Whether layers have BatchNorm: one for all layers or one each; on if left out.", valueName: "on|off"),
        transform: Switch.list)
    var batchNorm: [Switch] = [.on]

    @Option(help: "What is learned: one class from the rest, which of several classes, or a number.")
    var task: TaskName = .binary

    @Option(
        name: .customLong("train-param"),
        help: ArgumentHelp("Trains a parameter of the formulas; may be repeated.", valueName: "name"))
    var trainedParameters: [String] = []

    @Option(help: "Whether a layer's units share trained parameters, or each unit has its own.")
    var paramSharing: Activation.ParameterSharing = .layer

    /// A layer of so many units, perhaps with a formula of its own.
    struct OwnLayer {
        let units: Int
        let formula: String?

        @Sendable
        static func parse(_ text: String) throws -> OwnLayer {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let units = try? Number.units(parts[0]), parts.count == 1 || !parts[1].isEmpty else {
                throw ValidationError("units from 1 to 65536, perhaps with a formula, are wanted, such as \"64:x*cos(x)\"")
            }
            return OwnLayer(units: units, formula: parts.count > 1 ? parts[1] : nil)
        }
    }

    /// On or off.
    enum Switch: String {
        case on, off

        @Sendable
        static func parse(_ text: String) throws -> Switch {
            guard let value = Switch(rawValue: text.trimmingCharacters(in: .whitespaces)) else {
                throw ValidationError("on or off is wanted")
            }
            return value
        }

        static let list: @Sendable (String) throws -> [Switch] = Number.list(of: parse, example: "on or on,off")
    }

    /// Units of the layers that have no formula of their own.
    private var layers: [Int] { givenLayers ?? [64, 32] }

    func validate() throws {
        if givenLayers != nil, !ownLayers.isEmpty {
            throw ValidationError("--layer describes each layer alone: leave out --layers")
        }
        for (option, values) in [("--activation", activations), ("--kernel", kernels)] {
            if let twice = values.firstRepeated {
                throw ValidationError("\(option) \(twice) is given twice, for the same network")
            }
        }
        let count = ownLayers.isEmpty ? layers.count : ownLayers.count
        for (name, given) in [("--dropout", dropout.count), ("--batch-norm", batchNorm.count)] where given != 1 && given != count
        {
            throw ValidationError("\(name) wants one value, or one for each of the \(count) layers, not \(given)")
        }
        if !ownLayers.isEmpty, ownLayers.allSatisfy({ $0.formula != nil }), !activations.isEmpty {
            throw ValidationError("every --layer has a formula already: leave out --activation")
        }
    }

    /// A network to train, and what tables call it.
    struct Named {
        let name: String
        let network: NetworkConfiguration
    }

    /// The networks asked for.
    ///
    /// - Parameter task: what they learn.
    func networks(_ formulas: FormulaOptions, task: LearningTask) throws -> [Named] {
        if !kernels.isEmpty, ownLayers.contains(where: { $0.formula != nil }) {
            throw ValidationError("--kernel gives all layers one activation: use --layers with it")
        }
        let libraries = try kernels.map { argument in
            let activation = try Activation(
                library(argument), trainedParameters: trainedParameters, parameterSharing: paramSharing)
            let units = ownLayers.isEmpty ? layers : ownLayers.map(\.units)
            return Named(
                name: "\(activation.text) (\(argument))",
                network: NetworkConfiguration(
                    hidden: units.indices.map { layer(units[$0], activation, at: $0) }, task: task, math: formulas.math))
        }
        let texts = activations.isEmpty && kernels.isEmpty ? ["relu(x)"] : activations
        try formulas.requireNames(in: (texts + ownLayers.compactMap(\.formula)).map { try formulas.parse($0) })
        return try libraries
            + texts.map { text in
                let shapes = ownLayers.isEmpty ? layers.map { ($0, text) } : ownLayers.map { ($0.units, $0.formula ?? text) }
                let layers = try shapes.enumerated().map { index, shape in
                    layer(shape.0, try activation(shape.1, formulas), at: index)
                }
                let name = ownLayers.isEmpty ? text : layers.map(\.activation.text).joined(separator: " | ")
                return Named(name: name, network: NetworkConfiguration(hidden: layers, task: task, math: formulas.math))
            }
    }

    private func layer(_ units: Int, _ activation: Activation, at index: Int) -> LayerConfiguration {
        LayerConfiguration(
            units: units, activation: activation,
            hasBatchNormalization: batchNorm[batchNorm.count == 1 ? 0 : index] == .on,
            dropout: dropout[dropout.count == 1 ? 0 : index])
    }

    /// `FILE` or `FILE:NAME`; a file whose own name has a colon is found, too.
    private func library(_ argument: String) throws -> ActivationLibrary {
        guard let colon = argument.lastIndex(of: ":"), !FileManager.default.fileExists(atPath: argument) else {
            return try ActivationLibrary(path: argument)
        }
        return try ActivationLibrary(
            path: String(argument[..<colon]), name: String(argument[argument.index(after: colon)...]))
    }

    private func activation(_ text: String, _ formulas: FormulaOptions) throws -> Activation {
        let formula = try formulas.parse(text).simplified(formulas.simplification)
        let known = formula.parameters.map(\.name)
        // With several formulas, each trains those of the parameters that it has; one that none has is told.
        let trained = ownLayers.isEmpty && activations.count < 2 ? trainedParameters : trainedParameters.filter(known.contains)
        return try Activation(text: text, formula: formula, trainedParameters: trained, parameterSharing: paramSharing)
    }

    /// The task, with as many classes as the data have.
    func task(for dataset: Dataset) throws -> LearningTask {
        switch task {
        case .binary: .binary
        case .multiclass: .multiclass(classCount: try TargetEncoding.classes(of: dataset).count)
        case .regression: .regression
        }
    }
}
