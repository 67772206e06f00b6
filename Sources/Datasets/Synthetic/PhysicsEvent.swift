import Foundation

/// One made-up collision: a lepton, missing energy and four jets, with the masses that combine them.
///
/// Momenta are log-normal, pseudorapidities normal, azimuths uniform. The label follows a logistic model of masses and
/// of cosines between directions, so that a network has to form products and cosines of its inputs.
struct PhysicsEvent {
    /// A particle, or the missing energy: transverse momentum, pseudorapidity, azimuth.
    private struct Particle {
        let momentum: Double
        let rapidity: Double
        let azimuth: Double

        init(_ random: inout RandomStream) {
            momentum = exp(0.45 * random.approximatelyNormal())
            rapidity = random.approximatelyNormal()
            azimuth = (2 * random.uniformDouble() - 1) * .pi
        }

        /// The squared mass of two particles without own mass: 2 p₁ p₂ (cosh Δη − cos Δφ).
        func squaredMass(with other: Particle) -> Double {
            2 * momentum * other.momentum * (cosh(rapidity - other.rapidity) - cos(azimuth - other.azimuth))
        }

        /// The same without what cannot be seen of it along the beam: 2 p₁ p₂ (1 − cos Δφ).
        func squaredTransverseMass(with other: Particle) -> Double {
            2 * momentum * other.momentum * (1 - cos(azimuth - other.azimuth))
        }
    }

    static let columnNames: [String] =
        ["label", "lepton_pT", "lepton_eta", "lepton_phi", "missing_energy", "missing_energy_phi"]
        + (1...4).flatMap { ["jet\($0)_pT", "jet\($0)_eta", "jet\($0)_phi", "jet\($0)_b_tag"] }
        + ["m_jj", "m_jjj", "m_lv", "m_jlv", "m_bb", "m_wbb", "m_wwbb"]

    private let lepton: Particle
    private let missing: Particle
    private let jets: [Particle]
    private let tags: [Double]

    /// Draws a collision.
    init(_ random: inout RandomStream) {
        lepton = Particle(&random)
        missing = Particle(&random)
        var jets: [Particle] = []
        var tags: [Double] = []
        for _ in 0..<4 {
            jets.append(Particle(&random))
            tags.append(Double(random.integer(below: 3)) * 1.087)
        }
        self.jets = jets
        self.tags = tags
    }

    /// Adds the label and the features as one row.
    func append(to values: inout [Float], random: inout RandomStream) {
        // Of the missing energy nothing is known along the beam.
        let twoJets = jets[2].squaredMass(with: jets[3])
        let threeJets = twoJets + jets[1].squaredMass(with: jets[2]) + jets[1].squaredMass(with: jets[3])
        let leptonic = lepton.squaredTransverseMass(with: missing)
        let leptonicJet = leptonic + jets[0].squaredMass(with: lepton) + jets[0].squaredTransverseMass(with: missing)
        let bottomPair = jets[0].squaredMass(with: jets[1])
        let withHadronic = bottomPair + threeJets
        let all = withHadronic + leptonicJet
        let masses = [
            twoJets.squareRoot() / 2, threeJets.squareRoot() / 4, leptonic.squareRoot() / 1.5, leptonicJet.squareRoot() / 3,
            bottomPair.squareRoot() / 2, withHadronic.squareRoot() / 5, all.squareRoot() / 6,
        ]
        let score =
            2.2 * cos(2.4 * masses[4]) + 1.8 * cos(lepton.azimuth - missing.azimuth) - 1.4 * abs(masses[0] - 1)
            + 0.8 * lepton.momentum * sin(lepton.rapidity) + 0.5 * (tags[0] + tags[1] - 2) + 1.1 * (masses[6] - masses[5])
        let isSignal = random.happens(1 / (1 + exp(-1.3 * (score + 0.4))))
        values.append(isSignal ? 1 : 0)
        append(lepton.momentum, lepton.rapidity, lepton.azimuth, missing.momentum, missing.azimuth, to: &values)
        for (jet, tag) in zip(jets, tags) { append(jet.momentum, jet.rapidity, jet.azimuth, tag, to: &values) }
        for mass in masses { values.append(Float(mass)) }
    }

    private func append(_ numbers: Double..., to values: inout [Float]) {
        for number in numbers { values.append(Float(number)) }
    }
}
