import Datasets
import Kernels
import Lanes
import Synchronization

/// Random numbers that a layer's kernel decides by what is left out: those below `threshold`. Not thread-safe.
///
/// Each number takes 16 random bits, so the probability is a multiple of 2^-16; the factor for what is kept fits the
/// probability so rounded. Many generators run side by side (`LaneProgram.randomNumbers`), filled from one stream.
final class DropoutNumbers {
    /// A number below this one leaves out.
    let threshold: Float
    /// What is kept is multiplied by this, so that the expected value stays.
    let factor: Float
    private let call: KernelCall
    /// The four words of each generator, one array after the other.
    private let state: FloatBuffer

    private static let generators = 512
    /// Memory that is filled must have room for a multiple of so many numbers.
    static let block = 2 * generators

    private static let compiled = Mutex<CompiledFunction<Float>?>(nil)

    /// Numbers that leave out with a probability.
    init(probability: Double, random: RandomStream = RandomStream(seed: 0)) throws(TrainingError) {
        let parts = Float(min(max((probability * 65_536).rounded(), 0), 65_535))
        threshold = 1 + parts / 65_536
        factor = 65_536 / (65_536 - parts)
        call = KernelCall(try Self.kernel())
        state = FloatBuffer(count: 4 * Self.generators)
        draw(from: random)
    }

    /// Begins anew with the numbers of a stream.
    func draw(from random: RandomStream) {
        var random = random
        let words = UnsafeMutableRawPointer(state.start)
        for place in stride(from: 0, to: 4 * Self.generators, by: 2) {
            let bits = random.next()
            words.storeBytes(of: UInt32(truncatingIfNeeded: bits), toByteOffset: 4 * place, as: UInt32.self)
            words.storeBytes(of: UInt32(truncatingIfNeeded: bits >> 32), toByteOffset: 4 * place + 4, as: UInt32.self)
        }
    }

    /// Fills memory with numbers from 1 up to but not including 2, multiples of 2^-16. There must be room for `count`
    /// numbers, rounded up to a multiple of `block`.
    func fill(_ numbers: UnsafeMutablePointer<Float>, count: Int) {
        let (first, second) = (state.start, state.start + Self.generators)
        let (third, fourth) = (state.start + 2 * Self.generators, state.start + 3 * Self.generators)
        for start in stride(from: 0, to: count, by: Self.block) {
            call.setOutput(3, fourth)
            call.setOutput(4, numbers + start)
            call.setOutput(5, numbers + start + Self.generators)
            call(count: Self.generators, first, second, third, fourth, to: first, second, third)
        }
    }

    private static func kernel() throws(TrainingError) -> CompiledFunction<Float> {
        if let known = compiled.withLock({ $0 }) { return known }
        let new: CompiledFunction<Float>
        do { new = try CompiledFunction(LaneProgram.randomNumbers) } catch { throw .kernel(error) }
        compiled.withLock { $0 = new }
        return new
    }
}
