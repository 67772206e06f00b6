import Foundation

/// One made-up patch of forest: its place and light, one of four wilderness areas, one of forty soils.
///
/// Each cover type prefers an elevation; slope, sun, water and soil move it. The type is drawn by a softmax over those
/// preferences.
struct ForestPatch {
    static let columnNames: [String] =
        [
            "elevation", "aspect", "slope", "horizontal_distance_to_hydrology", "vertical_distance_to_hydrology",
            "horizontal_distance_to_roadways", "hillshade_9am", "hillshade_noon", "hillshade_3pm",
            "horizontal_distance_to_fire_points",
        ]
        + (1...4).map { "wilderness_area\($0)" } + (1...40).map { "soil_type\($0)" } + ["cover_type"]

    private let elevation: Double
    private let aspect: Double
    private let slope: Double
    private let distances: [Double]
    private let hillshades: [Double]
    private let wilderness: Int
    private let soil: Int

    /// Draws a patch.
    init(_ random: inout RandomStream) {
        let elevation = (2960 + 280 * random.approximatelyNormal()).rounded()
        let aspect = Double(random.integer(below: 361))
        let slope = min(60, abs(14 + 8 * random.approximatelyNormal())).rounded()
        let water = (270 * -log(1 - random.uniformDouble())).rounded()
        let height = (0.17 * water + 40 * random.approximatelyNormal()).rounded()
        let road = (2350 * -log(1 - random.uniformDouble())).rounded()
        let fire = (1980 * -log(1 - random.uniformDouble())).rounded()
        self.elevation = elevation
        self.aspect = aspect
        self.slope = slope
        distances = [water, height, road, fire]
        // The sun stands in the east, south and west (B. K. P. Horn's hillshade, 0 to 255).
        hillshades = [(110.0, 40.0), (180.0, 62.0), (250.0, 40.0)].map { azimuth, altitude in
            let radians = Double.pi / 180
            let light =
                sin(altitude * radians) * cos(slope * radians)
                + cos(altitude * radians) * sin(slope * radians) * cos((azimuth - aspect) * radians)
            return max(0, min(255, (255 * light).rounded()))
        }
        // Areas and soils lie in belts of height.
        wilderness = max(0, min(3, Int((3500 - elevation + 220 * random.approximatelyNormal()) / 330)))
        soil = max(0, min(39, Int((elevation - 2000) / 45 + 4 * random.approximatelyNormal())))
    }

    /// Adds the features and the cover type as one row.
    func append(to values: inout [Float], random: inout RandomStream) {
        let measured = [elevation, aspect, slope, distances[0], distances[1], distances[2]] + hillshades + [distances[3]]
        for number in measured { values.append(Float(number)) }
        for area in 0..<4 { values.append(area == wilderness ? 1 : 0) }
        for type in 0..<40 { values.append(type == soil ? 1 : 0) }
        values.append(Float(coverType(&random)))
    }

    /// The elevation that each cover type prefers, how far from it the type still grows, and how common it is.
    private static let preferences: [(elevation: Double, width: Double, abundance: Double)] = [
        (3180, 170, 1.6), (2900, 200, 2.6), (2400, 150, 1.2), (2240, 110, 0.4), (2790, 120, 0.0), (2440, 160, 0.6),
        (3400, 130, 1.0),
    ]

    private func coverType(_ random: inout RandomStream) -> Int {
        let northness = cos(aspect * .pi / 180) * slope / 15
        let dryness = distances[0] / 300 - 0.01 * distances[1]
        let adjustments = [
            0.9 * northness, -0.5 * northness + 0.3 * sin(Double(soil)), 0.5 * dryness, -0.8 * dryness, -0.4 * dryness,
            0.6 * northness, 0.3 * cos(Double(soil)),
        ]
        var weights: [Double] = []
        for (preference, adjustment) in zip(Self.preferences, adjustments) {
            let distance = (elevation - preference.elevation) / preference.width
            weights.append(exp(1.5 * (preference.abundance + adjustment - distance * distance)))
        }
        var remaining = random.uniformDouble() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            remaining -= weight
            if remaining < 0 { return index + 1 }
        }
        return weights.count
    }
}
