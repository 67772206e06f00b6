import Discovery
import Formulas
import Networks
import Testing

@testable import Experiments

@Suite struct DiscoveredActivationTests {
    @Test func everyFormulaServes() throws {
        #expect(!DiscoveredActivation.all.isEmpty)
        for activation in DiscoveredActivation.all {
            let formula = try Formula(parsing: activation.formula)
            #expect(ActivationAssessment(formula).isUsable, "\(activation)")
            #expect(activation.provenance.hasPrefix("Found in"), "\(activation)")
            _ = try Trainer(.light(try Activation(activation.formula)))
        }
    }

    @Test func everySetHasOne() {
        for set in ExperimentSet.published { #expect(!DiscoveredActivation.found(for: set).isEmpty, "\(set)") }
        #expect(DiscoveredActivation.found(for: .forestCover).map(\.name) == ["forest_cover", "forest_cover_last"])
    }
}
