import CMPFR
import Lanes

/// The types whose results are measured.
public protocol MeasuredFloat: LaneFloat {
    /// A type with more digits, in which the system's library computes the values that screen results.
    associatedtype Wide: WideFloat

    /// The nearest number of this type.
    static func rounding(_ reference: BigFloat) -> Self
    /// The number as a `Double`, unchanged.
    var asDouble: Double { get }
    /// The number in the wider type, unchanged.
    var widened: Wide { get }
    /// How far an error measured against `Wide` may be from the true one, in units in the last place: MPFR measures again
    /// whatever comes so near to the largest error. Infinite where the library has no wider type.
    static var screeningMargin: Double { get }
}

extension Float: MeasuredFloat {
    public typealias Wide = Double
    // The library's last digits are 2⁻²⁹ of ours.
    public static var screeningMargin: Double { 0x1p-20 }
    public static func rounding(_ reference: BigFloat) -> Float { reference.float }
    public var asDouble: Double { Double(self) }
    public var widened: Double { Double(self) }
}

extension Double: MeasuredFloat {
    #if arch(x86_64)
        public typealias Wide = Float80
        // The library's last digits are 2⁻¹¹ of ours, and glibc states errors of up to 8 of them.
        public static var screeningMargin: Double { 0x1p-5 }
    #else
        public typealias Wide = Double
        public static var screeningMargin: Double { .infinity }
    #endif
    public static func rounding(_ reference: BigFloat) -> Double { reference.double }
    public var asDouble: Double { self }
    public var widened: Wide { Wide(self) }
}
