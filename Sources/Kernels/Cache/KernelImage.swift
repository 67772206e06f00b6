import Dispatch
import Lanes
import Synchronization

/// Machine code before it has a place in memory, and what must be known to call it: what a cache keeps on disk.
struct KernelImage {
    /// One object file and how each of its functions is called, by symbol.
    struct Part {
        let shapes: [String: FunctionShape]
        let object: [UInt8]
    }

    let parts: [Part]

    /// Compiles functions, long ones each in an object of its own on a core of its own.
    ///
    /// - Parameter timings: gets the time of all cores together.
    init(
        _ functions: [ModuleCompiler.Function], options: KernelOptions, timings: inout CompilationTimings
    ) throws(KernelError) {
        let length = functions.reduce(0) { $0 + $1.program.instructions.count }
        let groups = length < Self.shortest ? [functions] : functions.map { [$0] }
        let results = Mutex(
            [Result<(part: Part, timings: CompilationTimings), KernelError>?](repeating: nil, count: groups.count))
        DispatchQueue.concurrentPerform(iterations: groups.count) { index in
            let result = Result { () throws(KernelError) in try Self.compile(groups[index], options: options) }
            results.withLock { $0[index] = result }
        }
        var parts: [Part] = []
        for result in results.withLock({ $0 }) {
            guard let compiled = try result?.get() else { continue }
            parts.append(compiled.part)
            timings.emission += compiled.timings.emission
            timings.codeGeneration += compiled.timings.codeGeneration
        }
        self.parts = parts
    }

    /// Compiles functions into one object.
    init(
        together functions: [ModuleCompiler.Function], options: KernelOptions, timings: inout CompilationTimings
    ) throws(KernelError) {
        let compiled = try Self.compile(functions, options: options)
        timings.emission += compiled.timings.emission
        timings.codeGeneration += compiled.timings.codeGeneration
        parts = [compiled.part]
    }

    /// Instructions below which another module would cost more than another core saves.
    private static let shortest = 60

    private static func compile(
        _ functions: [ModuleCompiler.Function], options: KernelOptions
    ) throws(KernelError) -> (part: Part, timings: CompilationTimings) {
        var shapes: [String: FunctionShape] = [:]
        for function in functions { shapes[function.name] = try FunctionShape(function.program, options: options) }
        var timings = CompilationTimings()
        let object = try ModuleCompiler(options: options).compile(functions, as: .object, timings: &timings)
        return (Part(shapes: shapes, object: object), timings)
    }

    /// Reads an image; `nil` when the bytes are none.
    init?(parsing bytes: [UInt8]) {
        var parts: [Part] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            guard let length = words.first.flatMap({ Int($0) }), (0..<rest.endIndex - end).contains(length) else { return nil }
            var shapes: [String: FunctionShape] = [:]
            for word in words.dropFirst() {
                let fields = word.split(separator: ":")
                let numbers = fields.dropFirst().compactMap { Int($0) }
                guard fields.count == 5, numbers.count == 4, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
                shapes[String(fields[0])] = FunctionShape(
                    inputCount: numbers[0], parameterCount: numbers[1], outputCount: numbers[2], width: numbers[3])
            }
            parts.append(Part(shapes: shapes, object: Array(rest[(end + 1)..<(end + 1 + length)])))
            rest = rest[(end + 1 + length)...]
        }
        self.parts = parts
    }

    /// The image as bytes: for each part a line such as `2048 forward:1:0:1:16` with the object's length and one word a
    /// function, then the object file.
    var bytes: [UInt8] {
        parts.flatMap { part in
            let words = part.shapes.sorted { $0.key < $1.key }.map { name, shape in
                "\(name):\(shape.inputCount):\(shape.parameterCount):\(shape.outputCount):\(shape.width)"
            }
            return Array(("\(part.object.count) " + words.joined(separator: " ") + "\n").utf8) + part.object
        }
    }

    /// Places the code in this process.
    ///
    /// - Parameter store: where the support functions that the code calls are kept.
    func load<Value: LaneFloat>(
        _ type: Value.Type, target: KernelTarget, store: ObjectStore?, timings: CompilationTimings
    ) throws(KernelError) -> [String: CompiledFunction<Value>] {
        var timings = timings
        let codes = try timings.measure(\.linking) { () throws(KernelError) in
            var codes: [LoadedCode] = []
            for part in parts { codes.append(try LoadedCode(ObjectFile(part.object), target: target, store: store)) }
            return codes
        }
        var functions: [String: CompiledFunction<Value>] = [:]
        for (part, code) in zip(parts, codes) {
            for (name, shape) in part.shapes {
                guard let address = code.address(of: name) else {
                    throw .linkingFailed("the function \(name) is missing from its object")
                }
                functions[name] = CompiledFunction(shape: shape, code: code, address: address, timings: timings)
            }
        }
        return functions
    }
}
