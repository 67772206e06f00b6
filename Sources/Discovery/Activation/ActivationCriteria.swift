/// What a formula must be like to stand between the layers of a network.
///
/// Layers normalise what they give (BatchNorm), so that an activation sees about N(0, 1) and hardly ever anything beyond
/// `range`.
public struct ActivationCriteria: Hashable, Sendable {
    /// Where value and slope must be finite.
    public var range = -8.0...8.0
    /// The largest magnitude within the range.
    public var largestValue = 1000.0
    /// How fast the magnitude may grow with that of x: as its power with this exponent. 1 is relu's, 2 a parabola's, which
    /// with terms of lower order seems to grow a little faster. With a cube two layers are a ninth power: on Forest Cover
    /// the Light network with (x + 0.43)*x^2 - x ended at a training loss of 0.74 to 0.83, where knowing nothing has 0.69.
    public var growthExponent = 2.6
    /// The least standard deviation of the value over N(0, 1).
    public var leastDeviation = 1e-3
    /// The least and largest root mean square of the slope over N(0, 1). Outside of it the gradient vanishes or explodes
    /// as it passes through a few layers.
    public var slope = 0.05...20.0
    /// The least share of N(0, 1) on which the slope is not nearly 0; relu's is a half.
    public var leastActiveShare = 0.1
    /// The least share of the value's standard deviation over N(0, 1) that no straight line accounts for; relu's is 0.52. A
    /// network of straight lines is linear, however many layers it has.
    public var leastBend = 1e-3

    /// The criteria above.
    public init() {}
}
