/// The rules of some classes, by the operation at the root of their patterns.
struct RewriteRuleSet: Sendable {
    struct Entry: Sendable {
        let rule: RewriteRule
        let pattern: RewritePattern
    }

    /// The least strict class among the rules.
    let kind: RewriteClass
    private let entries: [Operator: [Entry]]

    /// A set of any rules, in the order in which they are to be tried.
    ///
    /// - Parameter kind: the least strict class among them.
    init(_ rules: [RewriteRule], kind: RewriteClass) {
        self.kind = kind
        var entries: [Operator: [Entry]] = [:]
        for rule in rules {
            guard let root = rule.pattern[rule.pattern.outputs[0]].operation else { continue }
            entries[root, default: []] += RewritePattern.arrangements(of: rule).map { Entry(rule: rule, pattern: $0) }
        }
        self.entries = entries
    }

    /// What may apply to a node, in the order of the rule file.
    subscript(operation: Operator) -> [Entry] { entries[operation] ?? [] }

    /// The rules of the rule file that are of a class or a stricter one.
    static func upTo(_ kind: RewriteClass) -> RewriteRuleSet {
        switch kind {
        case .exact: exact
        case .stable: stable
        case .relaxed: relaxed
        }
    }

    private static let exact = RewriteRuleSet(RewriteRule.standard.filter { $0.kind == .exact }, kind: .exact)
    private static let stable = RewriteRuleSet(RewriteRule.standard.filter { $0.kind != .relaxed }, kind: .stable)
    private static let relaxed = RewriteRuleSet(RewriteRule.standard, kind: .relaxed)
}

/// Builds a graph whose every node is in normal form: literals folded, operands ordered, no rule applicable.
///
/// Nodes are asked for from the leaves up; each is rewritten once and remembered. A rule's replacement is built in the same
/// way, over operands that are in normal form already.
struct Rewriter {
    /// The graph so far.
    private(set) var builder: FormulaBuilder
    private(set) var facts: [NodeFacts] = []
    /// How often each node was used in the formula that is being rewritten, as far as it is known.
    var useCounts: [NodeID: Int] = [:]
    private let rules: RewriteRuleSet
    private let precision: Precision
    private var normalForms: [Node: NodeID] = [:]
    /// How many rules may still be applied: a bound for rule files that would go round in circles.
    private var allowance: Int
    private var depth = 0
    private var registers: [NodeID] = []
    private var bindings = [NodeID](repeating: NodeID(0), count: 16)

    /// How far replacements may nest before the rest is left to the next pass.
    private static let largestDepth = 64

    init(
        variables: [String], parameters: [Parameter], rules: RewriteRuleSet, precision: Precision, allowance: Int
    ) {
        builder = FormulaBuilder(variables: variables, parameters: parameters)
        self.rules = rules
        self.precision = precision
        self.allowance = allowance
    }

    /// Inserts a node as it is.
    mutating func insertUnchanged(_ node: Node) -> NodeID {
        let id = builder.insert(node)
        if id.index == facts.count { facts.append(NodeFacts(node, facts)) }
        return id
    }

    /// The normal form of a node whose operands are of this graph.
    mutating func normalForm(_ node: Node) -> NodeID {
        guard let operation = node.operation else { return insertUnchanged(node) }
        if let known = normalForms[node] { return known }
        let ordered = CanonicalOrder.ordered(node, including: rules.kind, nodes: builder.nodes, facts: facts)
        let result = folded(operation, ordered) ?? rewritten(operation, ordered) ?? insertUnchanged(ordered)
        normalForms[node] = result
        return result
    }

    mutating func constant(_ value: Double) -> NodeID { insertUnchanged(.constant(Constant(value))) }
    mutating func unary(_ operation: Operator, _ a: NodeID) -> NodeID { normalForm(.unary(operation, a)) }
    mutating func binary(_ operation: Operator, _ a: NodeID, _ b: NodeID) -> NodeID {
        normalForm(.binary(operation, a, b))
    }
    mutating func select(_ condition: NodeID, _ a: NodeID, _ b: NodeID) -> NodeID {
        normalForm(.ternary(.select, condition, a, b))
    }

    private mutating func folded(_ operation: Operator, _ node: Node) -> NodeID? {
        switch node {
        case .constant, .variable, .parameter: return nil
        case .unary(_, let a):
            guard let a = builder[a].constant else { return nil }
            return ConstantFolding.fold(operation, [a], precision).map { constant($0) }
        case .binary(_, let a, let b):
            guard let a = builder[a].constant, let b = builder[b].constant else { return nil }
            return ConstantFolding.fold(operation, [a, b], precision).map { constant($0) }
        case .ternary(_, let condition, let a, let b):
            return builder[condition].constant.map { $0 != 0 ? a : b }
        }
    }

    private mutating func rewritten(_ operation: Operator, _ node: Node) -> NodeID? {
        guard allowance > 0, depth < Self.largestDepth else { return nil }
        for entry in rules[operation] {
            guard entry.pattern.matches(node, in: builder.nodes, registers: &registers, bindings: &bindings),
                entry.rule.conditions.allSatisfy({ holds($0, in: entry.rule) })
            else { continue }
            allowance -= 1
            depth += 1
            defer { depth -= 1 }
            return build(entry.rule, Array(bindings.prefix(entry.rule.pattern.variables.count)))
        }
        return nil
    }

    /// The replacement of a rule. Literals that it computes from the pattern's are computed in `Double` and rounded to
    /// the target type once, where they are used.
    private mutating func build(_ rule: RewriteRule, _ bound: [NodeID]) -> NodeID {
        let template = rule.replacement
        var built: [NodeID] = []
        built.reserveCapacity(template.nodes.count)
        for node in template.nodes {
            switch node {
            case .variable(let index):
                built.append(bound[rule.pattern.variables.firstIndex(of: template.variables[index]) ?? 0])
            case .constant, .parameter: built.append(insertUnchanged(node))
            case .unary, .binary, .ternary:
                let mapped = node.mappingOperands { built[$0.index] }
                let literals = mapped.operands.compactMap { builder[$0].constant }
                if let operation = node.operation, literals.count == operation.arity,
                    let value = ConstantFolding.fold(operation, literals, .double)
                {
                    built.append(constant(value))
                } else {
                    built.append(normalForm(mapped))
                }
            }
        }
        return built[template.outputs[0].index]
    }
}

extension Rewriter {
    /// Whether a condition holds for what the rule's variables stand for at present.
    private func holds(_ condition: RewriteCondition, in rule: RewriteRule) -> Bool {
        let subject = condition.subject
        var ids: [NodeID?] = []
        var values: [Double?] = []
        for node in subject.nodes {
            switch node {
            case .variable(let index):
                let bound = bindings[rule.pattern.variables.firstIndex(of: subject.variables[index]) ?? 0]
                ids.append(bound)
                values.append(builder[bound].constant)
            case .constant, .parameter, .unary, .binary, .ternary:
                let operands = node.operands.compactMap { ids[$0.index] }
                let mapped = operands.count == node.operands.count ? node.mappingOperands { ids[$0.index] ?? $0 } : nil
                ids.append(mapped.flatMap { builder.identifier(of: $0) })
                values.append(node.constant ?? value(of: node, values, for: condition.property))
            }
        }
        let root = subject.outputs[0].index
        let answer: Bool
        if condition.property.isOfExpressions, let id = ids[root] {
            answer = holds(condition.property, of: id)
        } else {
            answer = values[root].map { holds(condition.property, ofLiteral: $0) } ?? false
        }
        return answer != condition.isNegated
    }

    /// The value of an operation on literals, as the question asks for it.
    private func value(of node: Node, _ values: [Double?], for property: RewriteCondition.Property) -> Double? {
        let operands = node.operands.compactMap { values[$0.index] }
        guard let operation = node.operation, operands.count == operation.arity else { return nil }
        switch property {
        case .exact:
            return operands.count == 2 && ConstantFolding.isExact(operation, operands[0], operands[1], precision) ? 1 : nil
        // Comparisons must come out as they do in the target type.
        case .positive, .negative, .nonnegative: return ConstantFolding.fold(operation, operands, precision)
        default: return ConstantFolding.fold(operation, operands, .double)
        }
    }

    private func holds(_ property: RewriteCondition.Property, of id: NodeID) -> Bool {
        switch property {
        case .nonnegative: return facts[id.index].isNonnegative
        case .condition: return facts[id.index].isCondition
        case .usedOnce: return useCounts[id] == 1
        default: return false
        }
    }

    private func holds(_ property: RewriteCondition.Property, ofLiteral value: Double) -> Bool {
        switch property {
        case .constant: return true
        case .finite: return value.isFinite
        case .positive: return value > 0
        case .negative: return value.sign == .minus && !value.isNaN
        case .nonnegative: return value >= 0
        case .smallInteger: return IntegerPower.exponent(value) != nil
        case .evenInteger: return IntegerPower.exponent(value).map { $0 % 2 == 0 } ?? false
        case .oddInteger: return IntegerPower.exponent(value).map { $0 % 2 != 0 } ?? false
        case .powerOfTwo:
            return abs(value.significand) == 1 && isNormal(value) && isNormal(1 / value)
        case .normal: return isNormal(value)
        case .condition: return value == 1 || value.bitPattern == 0
        case .exact: return true
        case .usedOnce: return false
        }
    }

    /// Whether the target type holds a number as a normal one.
    private func isNormal(_ value: Double) -> Bool {
        precision == .float ? Float(value).isNormal : value.isNormal
    }
}
