import Datasets
import Discovery

extension ActivationSearch {
    /// Looks for a formula of its own for the last hidden layer, whose outputs are weighed where the first one's are
    /// normalised again.
    ///
    /// The first round tries the best formulas so far and all small ones in the last layer, behind the best one; the second
    /// tries them in the first layer, before the best last one. The others try small changes to either formula of the best
    /// pairs.
    func searchLayers(_ judge: TrainingJudge, round: Int) {
        let singles = judge.finalists(finalistCount).map(\.programs[0])
        let pairs = judge.finalists(finalistCount, byLayer: true).map { (first: $0.programs[0], last: $0.programs[1]) }
        guard let best = singles.first else { return }
        let known = singles + (triesSmallPrograms ? judge.primitives.smallPrograms : [])
        switch round {
        case 0: judge.tryLayers(known.map { (best, $0) }, from: 0)
        case 1: judge.tryLayers(known.map { ($0, pairs.first?.last ?? best) }, from: 0)
        default:
            guard !pairs.isEmpty, let refinement = ActivationRefinement(judge.primitives) else { return }
            // Far from the streams of the generations and of the other rounds.
            let stream = RandomStream(seed: search.seed).stream(0x1A7E5).stream(UInt64(round))
            let variants = (0..<refinementSize).map { index in
                var random = stream.stream(UInt64(index))
                var pair = pairs[min(random.integer(below: pairs.count), random.integer(below: pairs.count))]
                let other = singles[random.integer(below: singles.count)]
                if index.isMultiple(of: 2) {
                    pair.last = refinement.variant(of: pair.last, mixing: other, &random)
                } else {
                    pair.first = refinement.variant(of: pair.first, mixing: other, &random)
                }
                return pair
            }
            judge.tryLayers(variants, from: min(1, judge.rungs.count - 1))
        }
    }
}
