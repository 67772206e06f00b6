import Accuracy
import TestSupport
import Testing

@testable import Formulas

/// Each rule of `Grammar/Rewrites.rules` holds what its class promises, at hard points, in Float and in Double.
@Suite struct RewriteProofTests {
    private static let seed: UInt64 = 20_260_110
    private static let exact = RewriteRule.standard.filter { $0.kind == .exact }
    private static let stable = RewriteRule.standard.filter { $0.kind == .stable }
    private static let relaxed = RewriteRule.standard.filter { $0.kind == .relaxed }

    /// How much larger the error of a stable rule's replacement may be than the pattern's, in units in the last place, with
    /// every operation of both correctly rounded. A sample's rounding errors may happen to cancel in the pattern alone.
    private static let slack = 2.0

    /// Operations whose values at large arguments not even MPFR's exponents hold.
    private static let exponentials: Set<Operator> = [
        .exp, .expm1, .exp2, .expProduct, .sinh, .cosh, .power, .sigmoid, .softplus, .logisticDensity, .tanhSoftplus,
    ]

    @Test(arguments: exact) func exactRulesKeepEveryBit(_ rule: RewriteRule) throws {
        try check(rule, as: Float.self, .float, points: 120, expectSameBits)
        try check(rule, as: Double.self, .double, points: 60, expectSameBits)
    }

    @Test(arguments: stable) func stableRulesAreNeverLessAccurate(_ rule: RewriteRule) throws {
        try check(rule, as: Float.self, .float, points: 60, expectNoLessAccurate)
        try check(rule, as: Double.self, .double, points: 40, expectNoLessAccurate)
    }

    @Test(arguments: relaxed) func relaxedRulesKeepRealValues(_ rule: RewriteRule) throws {
        try check(rule, as: Double.self, .double, points: 60, expectSameRealValue)
    }

    private typealias Check<Value> = (RewriteRule, RewriteInstance, [Double], Value.Type) -> Void

    private func check<Value: MeasuredFloat>(
        _ rule: RewriteRule, as type: Value.Type, _ precision: Precision, points: Int, _ expect: Check<Value>
    ) throws {
        var generator = SplitMix64(seed: Self.seed)
        let instances = RewriteInstance.literals(for: rule, using: &generator)
            .compactMap { RewriteInstance(rule, literals: $0, precision: precision) }
        try #require(!instances.isEmpty, "\(rule.name) never applies")
        let arity = instances[0].before.variables.count
        let special = HardPoints.special(precision)
        let random = HardPoints.random(precision, count: points / 2, using: &generator)
        // Every special number takes part; with several variables, pairs that are equal or close occur as well.
        for index in 0..<max(points, special.count) {
            let instance = instances[index % instances.count]
            var point = [index < special.count ? special[index] : random[index % random.count]]
            while point.count < arity {
                let other = Bool.random(using: &generator) ? special : random
                let fresh = other.randomElement(using: &generator) ?? 1
                point.append(Int.random(in: 0..<8, using: &generator) == 0 ? point[0] : fresh)
            }
            point.shuffle(using: &generator)
            expect(rule, instance, Array(point.prefix(instance.before.variables.count)), type)
        }
    }

    private func expectSameBits<Value: MeasuredFloat>(
        _ rule: RewriteRule, _ instance: RewriteInstance, _ point: [Double], _ type: Value.Type
    ) {
        let before = RoundedReference<Value>(instance.before.expandingPowers()).value(point).asDouble
        let after = RoundedReference<Value>(instance.after.expandingPowers()).value(point).asDouble
        #expect(
            before.bitPattern == after.bitPattern || (before.isNaN && after.isNaN),
            "\(rule.name) at \(point) of \(type), seed \(Self.seed): \(instance.before.text) => \(instance.after.text)")
    }

    private func expectNoLessAccurate<Value: MeasuredFloat>(
        _ rule: RewriteRule, _ instance: RewriteInstance, _ point: [Double], _ type: Value.Type
    ) {
        let truth = MPFRReference(instance.before, readsKnownConstants: true).value(point)
        // An infinite input is outside of a real function's domain.
        if truth.isNaN && point.contains(where: \.isInfinite) { return }
        let isLarge = point.contains { $0.isFinite && abs($0) > 1e3 }
        let hasExponentials = instance.before.nodes.contains { $0.operation.map(Self.exponentials.contains) ?? false }
        if (truth.isNaN || truth.isInfinite) && isLarge && hasExponentials { return }
        // hypot is infinite beside an infinity, even when the other operand is NaN, as in C99.
        if rule.name == "hypotenuse" && point.contains(where: \.isInfinite) { return }
        let before = RoundedReference<Value>(instance.before.expandingPowers()).value(point)
        let after = RoundedReference<Value>(instance.after.expandingPowers()).value(point)
        // Both sides of a rule for powers are chains, whose bound is the exponent whichever way they are cut.
        let chains = instance.after.nodes.compactMap { node -> Int? in
            guard case .binary(.power, _, let exponent) = node else { return nil }
            return instance.after[exponent].constant.flatMap { IntegerPower.exponent($0) }
        }
        let bound = Double(chains.map(abs).max() ?? 0)
        let errors = (before: ulpError(of: before, from: truth), after: ulpError(of: after, from: truth))
        let staysUndefined = point.contains(where: \.isNaN) ? after.isNaN : !after.isFinite
        #expect(
            truth.isNaN ? staysUndefined : errors.after <= max(errors.before + Self.slack, bound),
            """
            \(rule.name) at \(point) of \(type), seed \(Self.seed): \(instance.before.text) => \(instance.after.text)
            \(before) => \(after), should be \(truth)
            """)
    }

    private func expectSameRealValue<Value: MeasuredFloat>(
        _ rule: RewriteRule, _ instance: RewriteInstance, _ point: [Double], _ type: Value.Type
    ) {
        guard point.allSatisfy(\.isFinite) else { return }
        let before = MPFRReference(instance.before, readsKnownConstants: true).value(point)
        let after = MPFRReference(instance.after, readsKnownConstants: true).value(point)
        let areBothNumbers = !before.isNaN && !after.isNaN && !before.isInfinite && !after.isInfinite
        // Literals of the replacement are computed in Double.
        #expect(
            !areBothNumbers || after.agrees(with: before, bits: 40) || (after.isZero && before.isZero),
            "\(rule.name) at \(point): \(before) => \(after)")
    }
}
