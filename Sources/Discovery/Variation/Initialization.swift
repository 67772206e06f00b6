import Datasets

/// Random programs, as gplearn makes them (`_Program.build_program` of version 0.4.2).
public struct Initialization: Hashable, Sendable {
    /// The shapes of random trees.
    public enum Method: String, CaseIterable, Hashable, Sendable {
        /// Functions until the depth is reached, terminals there.
        case full
        /// Functions and terminals at random, terminals at the depth.
        case grow
        /// Either of the two, each half of the time.
        case halfAndHalf
    }

    /// The depths among which each program's limit is drawn.
    public var depths: ClosedRange<Int>
    /// The shapes.
    public var method: Method

    /// gplearn's defaults: depth 2 to 6, half and half ("ramped half and half", Koza 1992).
    public init(depths: ClosedRange<Int> = 2...6, method: Method = .halfAndHalf) {
        self.depths = depths
        self.method = method
    }

    /// A random program. It begins with a function.
    ///
    /// While growing, gplearn draws a number below the count of features and functions together and takes a function where
    /// it is at most the count of functions: so with one more chance than there are functions. That is kept.
    public func program(_ primitives: PrimitiveSet, random: inout RandomStream) -> Program {
        let isFull =
            switch method {
            case .full: true
            case .grow: false
            case .halfAndHalf: random.integer(below: 2) == 1
            }
        let limit = depths.lowerBound + random.integer(below: depths.count)
        let functionCount = primitives.functions.count
        var nodes = [primitives.randomFunction(&random)]
        // The operands still missing at each level.
        var missing = [nodes[0].arity]
        while let last = missing.last {
            let choice = random.integer(below: primitives.variableNames.count + functionCount)
            if missing.count < limit, isFull || choice <= functionCount {
                let function = primitives.randomFunction(&random)
                nodes.append(function)
                missing.append(function.arity)
            } else {
                nodes.append(primitives.randomTerminal(&random))
                missing[missing.count - 1] = last - 1
                while missing.last == 0 {
                    missing.removeLast()
                    if !missing.isEmpty { missing[missing.count - 1] -= 1 }
                }
            }
        }
        return Program(unchecked: nodes)
    }
}

extension PrimitiveSet {
    /// A function, each equally likely.
    func randomFunction(_ random: inout RandomStream) -> ProgramNode {
        function(random.integer(below: functions.count))
    }

    /// A function of an arity, each equally likely. There must be one.
    func randomFunction(arity: Int, _ random: inout RandomStream) -> ProgramNode {
        let candidates = functionsByArity[arity]
        return function(candidates[random.integer(below: candidates.count)])
    }

    /// A terminal: each variable, or a constant, equally likely.
    func randomTerminal(_ random: inout RandomStream) -> ProgramNode {
        let choice = random.integer(below: variableNames.count + (constantRange == nil ? 0 : 1))
        guard choice == variableNames.count, let range = constantRange else { return .variable(Int32(choice)) }
        return .constant(range.lowerBound + (range.upperBound - range.lowerBound) * random.uniformDouble())
    }

    private func function(_ index: Int) -> ProgramNode {
        .function(Int16(index), arity: UInt8(functions[index].arity))
    }
}
