import ArgumentParser
import Discovery
import Foundation

/// How numbers of the command line are read: with the range that they must be in, which the message about another names.
///
/// To be used with `parsing: .unconditional`, so that a minus is the number's and not another option's.
enum Number {
    /// A whole number of a range.
    static func whole(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        let allowed =
            range.upperBound == .max ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        return { text in
            guard let number = Int(text.trimmingCharacters(in: .whitespaces)), range.contains(number) else {
                throw ValidationError("a whole number \(allowed) is wanted")
            }
            return number
        }
    }

    // With their types spelled out: property wrappers make the compiler try many, and it would take minutes.

    /// A whole number of at least 1.
    static let count: @Sendable (String) throws -> Int = whole(1...Int.max)

    /// As many threads as may be asked for.
    static let threads: @Sendable (String) throws -> Int = whole(1...1024)

    /// As many epochs or generations.
    static let rounds: @Sendable (String) throws -> Int = whole(1...SearchLimits.generations)

    /// As many rows in a step.
    static let batch: @Sendable (String) throws -> Int = whole(1...1_048_576)

    /// As many programs.
    static let population: @Sendable (String) throws -> Int = whole(1...SearchLimits.programs)

    /// As many rows as are made at once: of the sets that there are, some 20 GB.
    static let generatedRows: @Sendable (String) throws -> Int = whole(1...largestGenerated)
    static let largestGenerated = 100_000_000

    /// As many elements of an array.
    static let size: @Sendable (String) throws -> Int = whole(1...1_000_000_000)

    /// As many units of a layer.
    static let units: @Sendable (String) throws -> Int = whole(1...65_536)

    /// Units of several layers.
    static let layers: @Sendable (String) throws -> [Int] = list(of: units, example: "64,32")

    /// What decides random choices.
    @Sendable
    static func seed(_ text: String) throws -> UInt64 {
        guard let seed = UInt64(text.trimmingCharacters(in: .whitespaces)) else {
            throw ValidationError("a whole number from 0 to \(UInt64.max) is wanted")
        }
        return seed
    }

    /// A finite number of a range.
    ///
    /// - Parameter allowed: the range in words, such as "above 0".
    static func real(
        _ allowed: String, where isAllowed: @escaping @Sendable (Double) -> Bool
    ) -> @Sendable (String) throws -> Double {
        { text in
            guard let number = Double(text.trimmingCharacters(in: .whitespaces)), number.isFinite, isAllowed(number) else {
                throw ValidationError("a number \(allowed) is wanted")
            }
            return number
        }
    }

    /// A finite number above 0.
    static let positive: @Sendable (String) throws -> Double = real("above 0") { $0 > 0 }

    /// A finite number of at least 0.
    static let nonnegative: @Sendable (String) throws -> Double = real("of at least 0") { $0 >= 0 }

    /// A share that may be nothing, but not all.
    static let share: @Sendable (String) throws -> Double = real("of at least 0 and below 1") { $0 >= 0 && $0 < 1 }

    /// A share that may be all, but not nothing.
    static let fraction: @Sendable (String) throws -> Double = real("above 0 and at most 1") { $0 > 0 && $0 <= 1 }

    /// A share that is neither nothing nor all.
    static let part: @Sendable (String) throws -> Double = real("above 0 and below 1") { $0 > 0 && $0 < 1 }

    /// Several shares.
    static let shares: @Sendable (String) throws -> [Double] = list(of: share, example: "0.3 or 0.2,0.5")

    /// Any finite number.
    @Sendable
    static func double(_ text: String) throws -> Double {
        guard let number = Double(text.trimmingCharacters(in: .whitespaces)), number.isFinite else {
            throw ValidationError("a number is wanted")
        }
        return number
    }

    /// Any finite number of the type that tables have.
    @Sendable
    static func float(_ text: String) throws -> Float {
        guard let number = Float(text.trimmingCharacters(in: .whitespaces)), number.isFinite else {
            throw ValidationError("a number is wanted")
        }
        return number
    }

    /// Several, separated by commas.
    ///
    /// - Parameter example: how it could look.
    static func list<Element>(
        of element: @escaping @Sendable (String) throws -> Element, example: String
    ) -> @Sendable (String) throws -> [Element] {
        { text in
            do {
                return try text.split(separator: ",", omittingEmptySubsequences: false).map { try element(String($0)) }
            } catch {
                throw ValidationError("between commas \(error), such as \(example)")
            }
        }
    }
}
