/// Something that is said about models, in a form that measured figures can decide.
public struct Claim: Hashable, Sendable {
    /// A figure of a run.
    public enum Figure: String, Hashable, Sendable, Codable {
        /// The share of test labels that are hit.
        case accuracy
        /// The area under the receiver operating characteristic.
        case areaUnderROC = "AUC"
        /// The paper's E_param.
        case parameterEfficiency = "E_param"
    }

    /// One comparison that a claim stands on: on a set, a figure of one model against that of another.
    public struct Condition: Hashable, Sendable {
        /// The data set.
        public let set: ExperimentSet
        /// The figure that is compared.
        public let figure: Figure
        /// The name of the model that the claim is about.
        public let model: String
        /// The name of the model that it is compared with.
        public let other: String
        /// Whether the difference is taken as a share of the other model's figure.
        public let isRelative: Bool
        /// Where the mean difference must lie.
        public let range: ClosedRange<Double>

        /// The condition in words.
        public var text: String {
            let figure = isRelative ? "\(figure.rawValue), relative," : figure.rawValue
            let place =
                switch (range.lowerBound.isFinite, range.upperBound.isFinite) {
                case (true, false): range.lowerBound == 0 ? "above 0" : "above \(range.lowerBound)"
                case (false, true): range.upperBound == 0 ? "below 0" : "below \(range.upperBound)"
                default: "from \(range.lowerBound) to \(range.upperBound)"
                }
            return "\(set.title): \(figure) of \(model) less that of \(other) is \(place)"
        }
    }

    /// What is said.
    public let text: String
    /// Who says it.
    public let origin: Origin
    /// All of these must hold.
    public let conditions: [Condition]

    /// Who makes a claim.
    public enum Origin: String, Hashable, Sendable, Codable {
        /// The paper.
        case paper
        /// This project, about the formulas that its search found.
        case search
    }
}

extension Claim {
    /// The paper's claims, and those about searched formulas.
    public static let all = paper + search

    private static let baselines = ["light-relu", "light-gelu", "light-silu"]

    private static let paper: [Claim] = [
        Claim(
            text: "Transfer from physics to ecology beats ReLU, GELU and SiLU at equal size", origin: .paper,
            conditions: better(than: baselines, .forestCover, "light-transfer")),
        Claim(
            text: "It is within a point of accuracy of Heavy ReLU with 5.5 times fewer parameters", origin: .paper,
            conditions: [above(-0.01, .forestCover, .accuracy, "light-transfer", "heavy-relu")]),
        Claim(
            text: "Light ReLU scores 18 to 21% higher E_param than Heavy ReLU", origin: .paper,
            conditions: ExperimentSet.published.map {
                // The paper prints whole per cent.
                Condition(
                    set: $0, figure: .parameterEfficiency, model: "light-relu", other: "heavy-relu", isRelative: true,
                    range: 0.175...0.215)
            }),
        Claim(
            text: "Transfer from physics to text fails", origin: .paper,
            conditions: [Figure.accuracy, .areaUnderROC].map { below(0, .spambase, $0, "light-transfer", "light-relu") }),
        Claim(
            text: "On text the specialist has a higher AUC than ReLU, GELU and SiLU at equal size", origin: .paper,
            conditions: baselines.map { above(0, .spambase, .areaUnderROC, "light-specialist", $0) }),
    ]

    private static let search: [Claim] =
        ExperimentSet.published.map { set in
            let transfer = set.transferSource == nil ? [] : ["light-transfer"]
            return Claim(
                text: "On \(set.title) the searched activation beats every other Light network", origin: .search,
                conditions: better(than: baselines + ["light-specialist"] + transfer, set, "light-searched"))
        } + [
            Claim(
                text: "On Forest Cover it beats Heavy ReLU by a full point of accuracy with 5.5 times fewer parameters",
                origin: .search, conditions: [above(0.01, .forestCover, .accuracy, "light-searched", "heavy-relu")])
        ]

    /// Higher accuracy and higher AUC than each of some models.
    private static func better(than others: [String], _ set: ExperimentSet, _ model: String) -> [Condition] {
        others.flatMap { [above(0, set, .accuracy, model, $0), above(0, set, .areaUnderROC, model, $0)] }
    }

    private static func above(
        _ bound: Double, _ set: ExperimentSet, _ figure: Figure, _ model: String, _ other: String
    ) -> Condition {
        Condition(set: set, figure: figure, model: model, other: other, isRelative: false, range: bound ... .infinity)
    }

    private static func below(
        _ bound: Double, _ set: ExperimentSet, _ figure: Figure, _ model: String, _ other: String
    ) -> Condition {
        Condition(set: set, figure: figure, model: model, other: other, isRelative: false, range: -.infinity...bound)
    }
}
