import Accuracy

/// Small random changes of texts, for tests that feed a parser what no one would write.
public enum TextMutation {
    /// Changes one word.
    public static func mutate(_ words: inout [String], _ random: inout SplitMix64) {
        guard !words.isEmpty else { return }
        let place = Int.random(in: words.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: words.remove(at: place)
        case 1: words.insert(words[place], at: place)
        case 2: words.swapAt(place, Int.random(in: words.indices, using: &random))
        default:
            let others = [
                "(", ")", ",", ";", "\n", "=", "let", "?", ":", "-", "not", "and", "2", "y", "e", "sin", "`a", "1.2.3", "...",
            ]
            words[place] = others.randomElement(using: &random) ?? ""
        }
    }

    /// Changes one byte.
    public static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(.random(in: 0...255, using: &random), at: place)
        case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        default: bytes.swapAt(place, Int.random(in: bytes.indices, using: &random))
        }
    }
}
