import Formulas
import Lanes

/// The division of a long program into short loops, run one after the other over a block of elements.
///
/// One loop around a long program keeps the processor waiting: it looks ahead some two hundred instructions, which in a
/// chain of dependent ones holds little that could run side by side, and the many values alive at once do not fit the
/// registers. Short loops overlap their iterations, and a value that is needed in a later loop waits in the first-level
/// cache. LLVM's time falls as well, for it grows faster than the length of a loop's body. What takes one quick instruction
/// to compute of one value is computed again in each loop that needs it, rather than kept.
struct SegmentPlan {
    /// One of the loops.
    struct Segment {
        /// The instructions that it computes, in program order.
        var instructions: [Int] = []
        /// The literal numbers that it needs.
        var literals: [Int] = []
        /// The stream instructions whose values it needs.
        var streams: [Int] = []
        /// Instructions of earlier segments whose values it needs.
        var loads: [Int] = []
        /// Its own instructions whose values later segments need.
        var stores: [Int] = []
        /// The program's outputs that it writes to their arrays.
        var outputs: [Int] = []
    }

    /// The instructions that depend on no stream, computed once before all loops; literal numbers are not among them.
    private(set) var preamble: [Int] = []
    /// The literal numbers that the preamble needs.
    private(set) var preambleLiterals: [Int] = []
    /// The loops, never none.
    private(set) var segments: [Segment] = []
    /// Where the values that pass between segments wait: a slot holds one value of each element of a block.
    private(set) var slots: [Int: Int] = [:]
    /// How many slots there are.
    private(set) var slotCount = 0
    /// For each instruction, whether its value can differ from element to element.
    private var varies: [Bool] = []
    /// For each instruction that is computed again where it is needed, the one whose value that takes.
    private var sources: [Int?] = []

    init(_ program: LaneProgram, _ target: KernelTarget) {
        let varies = program.variesByLane
        self.varies = varies
        sources = Self.sources(program, varies)
        var computed: [Int] = []
        for (index, instruction) in program.instructions.enumerated() {
            if instruction.operation == .number {
                continue
            } else if !varies[index] {
                preamble.append(index)
            } else if instruction.operation != .stream {
                computed.append(index)
            }
        }
        var segmentOf = divide(program, computed, perValueKept: LoopCost.perValueKept(target))
        segments = Array(repeating: Segment(), count: (computed.last.map { segmentOf[$0] } ?? 0) + 1)
        for index in computed { segments[segmentOf[index]].instructions.append(index) }
        for index in program.instructions.indices where !varies[index] { segmentOf[index] = -1 }
        connect(program, segmentOf)
        for index in segments.indices { segments[index].instructions.sort() }
        collectLiterals(program)
        assignSlots(program, segmentOf)
    }

    /// Whether an instruction's value is the same for all elements: literals, parameters and what is computed of them.
    func isOutsideLoops(_ instruction: Int) -> Bool { !varies[instruction] }

    // MARK: What to compute again

    /// The longest chain of instructions that is computed again.
    private static let longestChain = 2

    private static func sources(_ program: LaneProgram, _ varies: [Bool]) -> [Int?] {
        var sources = [Int?](repeating: nil, count: program.instructions.count)
        var lengths = [Int](repeating: 0, count: program.instructions.count)
        for (index, instruction) in program.instructions.enumerated() where varies[index] {
            guard let cost = instruction.operation.costOfRepeating else { continue }
            let operands = Set(instruction.operands.map(\.index).filter { varies[$0] })
            guard operands.count == 1, let operand = operands.first, lengths[operand] + cost <= longestChain else { continue }
            sources[index] = operand
            lengths[index] = lengths[operand] + cost
        }
        return sources
    }

    /// The instruction whose value must be kept for a later loop that needs the given one.
    private func root(_ instruction: Int) -> Int {
        var root = instruction
        while let source = sources[root] { root = source }
        return root
    }

    // MARK: Where to cut

    /// The segment of each instruction in `computed`, other entries being 0: the cuts that cost least by `LoopCost`.
    private func divide(_ program: LaneProgram, _ computed: [Int], perValueKept: Double) -> [Int] {
        let crossing = valuesCrossing(program, computed)
        var position = [Int](repeating: -1, count: program.instructions.count)
        for (place, index) in computed.enumerated() { position[index] = place }
        // For each place, the least cost of what stands before it, and where its last segment begins.
        var least = [Double](repeating: .infinity, count: computed.count + 1)
        var starts = [Int](repeating: 0, count: computed.count + 1)
        var ready = [Int](repeating: 0, count: computed.count)
        least[0] = 0
        for start in computed.indices where least[start] < .infinity {
            var loop = LoopCost()
            var hasEnd = false
            for end in (start + 1)...computed.count {
                if hasEnd && end - start > LoopCost.longest { break }
                let instruction = program.instructions[computed[end - 1]]
                var earliest = 0
                for operand in instruction.operands where position[operand.index] >= start {
                    earliest = max(earliest, ready[position[operand.index]])
                }
                ready[end - 1] = loop.append(instruction.operation, earliest: earliest)
                guard let crossing = crossing[end] else { continue }
                hasEnd = true
                let cost = least[start] + loop.cycles + perValueKept * Double(crossing)
                if cost < least[end] { (least[end], starts[end]) = (cost, start) }
            }
        }
        var cuts: [Int] = []
        var end = computed.count
        while end > 0 {
            cuts.append(end)
            end = starts[end]
        }
        var segmentOf = [Int](repeating: 0, count: program.instructions.count)
        for (segment, end) in cuts.reversed().enumerated() {
            for place in starts[end]..<end { segmentOf[computed[place]] = segment }
        }
        return segmentOf
    }

    /// For each position in `computed`, how many values computed before it are needed from it on. It is `nil` between the
    /// members of a group of cold calls, which are emitted together: no cut is possible there.
    private func valuesCrossing(_ program: LaneProgram, _ computed: [Int]) -> [Int?] {
        var position = [Int](repeating: -1, count: program.instructions.count)
        for (place, index) in computed.enumerated() { position[index] = place }
        var lastUse = Array(computed.indices)
        for (place, index) in computed.enumerated() {
            for operand in program.instructions[index].operands where position[operand.index] >= 0 {
                let root = root(operand.index)
                if position[root] >= 0 { lastUse[position[root]] = place }
            }
        }
        var change = [Int](repeating: 0, count: computed.count + 2)
        for (place, last) in lastUse.enumerated() {
            change[place + 1] += 1
            change[last + 1] -= 1
        }
        var crossing: [Int?] = []
        var sum = 0
        for place in 0...computed.count {
            sum += change[place]
            crossing.append(sum)
        }
        for (leader, member) in ColdCallPlan(program).spans where position[leader] >= 0 {
            for place in position[leader]..<max(position[leader], position[member]) { crossing[place + 1] = nil }
        }
        return crossing
    }

    // MARK: What passes between segments

    private mutating func connect(_ program: LaneProgram, _ segmentOf: [Int]) {
        var seen = Set<[Int]>()
        func need(_ index: Int, in segment: Int) {
            guard segmentOf[index] >= 0 else { return }
            let isStream = program.instructions[index].operation == .stream
            guard isStream || segmentOf[index] < segment, seen.insert([index, segment]).inserted else { return }
            if isStream {
                segments[segment].streams.append(index)
            } else if let source = sources[index] {
                segments[segment].instructions.append(index)
                need(source, in: segment)
            } else {
                segments[segment].loads.append(index)
                if seen.insert([index, -1]).inserted { segments[segmentOf[index]].stores.append(index) }
            }
        }
        let last = segments.count - 1
        for segment in segments.indices {
            for index in segments[segment].instructions {
                for operand in program.instructions[index].operands { need(operand.index, in: segment) }
            }
        }
        // An output may be the array of an input, so outputs are written when no input is read any more.
        for output in program.outputs where program[output].operation == .stream { need(output.index, in: last) }
        let lastReader = segments.lastIndex { !$0.streams.isEmpty } ?? 0
        for (number, output) in program.outputs.enumerated() {
            let isComputed = segmentOf[output.index] >= 0 && program[output].operation != .stream
            let segment = isComputed ? max(segmentOf[output.index], lastReader) : last
            segments[segment].outputs.append(number)
            if isComputed { need(output.index, in: segment) }
        }
    }

    private mutating func collectLiterals(_ program: LaneProgram) {
        func literals(of users: [Int], and others: [LaneID] = []) -> [Int] {
            let operands = users.flatMap { program.instructions[$0].operands } + others
            return Set(operands.map(\.index).filter { program.instructions[$0].operation == .number }).sorted()
        }
        preambleLiterals = literals(of: preamble)
        for index in segments.indices {
            let outputs = segments[index].outputs.map { program.outputs[$0] }
            segments[index].literals = literals(of: segments[index].instructions, and: outputs)
        }
    }

    private mutating func assignSlots(_ program: LaneProgram, _ segmentOf: [Int]) {
        var lastUse: [Int: Int] = [:]
        for (number, segment) in segments.enumerated() { for index in segment.loads { lastUse[index] = number } }
        var free: [Int] = []
        for (number, segment) in segments.enumerated() {
            for index in segment.stores {
                if let slot = free.popLast() {
                    slots[index] = slot
                } else {
                    slots[index] = slotCount
                    slotCount += 1
                }
            }
            for index in segment.loads where lastUse[index] == number {
                if let slot = slots[index] { free.append(slot) }
            }
        }
    }
}

extension LaneProgram {
    /// For each instruction, whether its value can differ from lane to lane.
    var variesByLane: [Bool] {
        var varies = [Bool](repeating: false, count: instructions.count)
        for (index, instruction) in instructions.enumerated() {
            varies[index] = instruction.operation == .stream || instruction.operands.contains { varies[$0.index] }
        }
        return varies
    }
}
