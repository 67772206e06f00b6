/// The order of NSGA-II for two objectives, both to be made small (K. Deb et al., "A fast and elitist multiobjective genetic
/// algorithm: NSGA-II", 2002).
struct NonDominatedSorting {
    /// The front of each individual: 0 for those that no other dominates, 1 for those that only these dominate, and so on.
    let ranks: [Int]
    /// How far apart each individual's neighbours in its front are, infinite at the front's ends.
    let crowding: [Double]

    /// Sorts individuals by loss and complexity. A loss that is not a number counts as infinite.
    ///
    /// With two objectives, individuals in the order of their losses belong to the first front whose least complexity so far
    /// is above their own; so sorting takes n log n.
    init(losses: [Double], complexities: [Int]) {
        let losses = losses.map { $0.isNaN ? Double.infinity : $0 }
        let order = losses.indices.sorted {
            (losses[$0], complexities[$0], $0) < (losses[$1], complexities[$1], $1)
        }
        var ranks = [Int](repeating: 0, count: losses.count)
        var fronts: [[Int]] = []
        for index in order {
            // Equal individuals do not dominate one another.
            var (low, high) = (0, fronts.count)
            while low < high {
                let middle = (low + high) / 2
                let last = fronts[middle][fronts[middle].count - 1]
                let isEqual = losses[last] == losses[index] && complexities[last] == complexities[index]
                if complexities[last] <= complexities[index] && !isEqual { low = middle + 1 } else { high = middle }
            }
            if low == fronts.count { fronts.append([]) }
            fronts[low].append(index)
            ranks[index] = low
        }
        var crowding = [Double](repeating: 0, count: losses.count)
        for front in fronts {
            // In the order of rising loss a front's complexities fall.
            guard let first = front.first, let last = front.last else { continue }
            let lossRange = max(losses[last] - losses[first], .leastNormalMagnitude)
            let complexityRange = max(Double(complexities[first] - complexities[last]), 1)
            for (place, index) in front.enumerated() {
                guard place > 0, place < front.count - 1 else {
                    crowding[index] = .infinity
                    continue
                }
                let (before, after) = (front[place - 1], front[place + 1])
                let distance =
                    (losses[after] - losses[before]) / lossRange
                    + Double(complexities[before] - complexities[after]) / complexityRange
                crowding[index] = distance.isNaN ? 0 : distance
            }
        }
        self.ranks = ranks
        self.crowding = crowding
    }

    /// Whether one individual comes before another: by its front, then by room around it, then by its place.
    func precedes(_ a: Int, _ b: Int) -> Bool {
        if ranks[a] != ranks[b] { return ranks[a] < ranks[b] }
        if crowding[a] != crowding[b] { return crowding[a] > crowding[b] }
        return a < b
    }

    /// The individuals from the best to the worst.
    var order: [Int] { ranks.indices.sorted(by: precedes) }
}
