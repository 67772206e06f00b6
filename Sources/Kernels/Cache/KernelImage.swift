import Lanes

/// Machine code before it has a place in memory, and what must be known to call it: what a cache keeps on disk.
struct KernelImage {
    /// How each function is called, by its symbol.
    let shapes: [String: FunctionShape]
    /// The object file that holds the functions.
    let object: [UInt8]

    init(shapes: [String: FunctionShape], object: [UInt8]) {
        self.shapes = shapes
        self.object = object
    }

    /// Compiles functions into one object.
    init(
        _ functions: [ModuleCompiler.Function], options: KernelOptions, timings: inout CompilationTimings
    ) throws(KernelError) {
        var shapes: [String: FunctionShape] = [:]
        for function in functions { shapes[function.name] = try FunctionShape(function.program, options: options) }
        let object = try ModuleCompiler(options: options).compile(functions, as: .object, timings: &timings)
        self.init(shapes: shapes, object: object)
    }

    /// Reads an image; `nil` when the bytes are none.
    init?(parsing bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        var shapes: [String: FunctionShape] = [:]
        for description in String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ") {
            let fields = description.split(separator: ":")
            let numbers = fields.dropFirst().compactMap { Int($0) }
            guard fields.count == 5, numbers.count == 4, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
            shapes[String(fields[0])] = FunctionShape(
                inputCount: numbers[0], parameterCount: numbers[1], outputCount: numbers[2], width: numbers[3])
        }
        self.init(shapes: shapes, object: Array(bytes[(end + 1)...]))
    }

    /// The image as bytes: a line such as `forward:1:0:1:16` with one word a function, then the object file.
    var bytes: [UInt8] {
        let words = shapes.sorted { $0.key < $1.key }.map { name, shape in
            "\(name):\(shape.inputCount):\(shape.parameterCount):\(shape.outputCount):\(shape.width)"
        }
        return Array((words.joined(separator: " ") + "\n").utf8) + object
    }

    /// Places the code in this process.
    func load<Value: LaneFloat>(
        _ type: Value.Type, target: KernelTarget, timings: CompilationTimings
    ) throws(KernelError) -> [String: CompiledFunction<Value>] {
        var timings = timings
        let code = try timings.measure(\.linking) { () throws(KernelError) in
            try LoadedCode(ObjectFile(object), target: target)
        }
        var functions: [String: CompiledFunction<Value>] = [:]
        for (name, shape) in shapes {
            guard let address = code.address(of: name) else {
                throw .linkingFailed("the function \(name) is missing from its object")
            }
            functions[name] = CompiledFunction(shape: shape, code: code, address: address, timings: timings)
        }
        return functions
    }
}

/// How a compiled function is called.
struct FunctionShape: Hashable {
    /// How many input arrays a call takes.
    let inputCount: Int
    /// How many parameters a call takes.
    let parameterCount: Int
    /// How many output arrays a call takes.
    let outputCount: Int
    /// Elements that one pass of the loop handles.
    let width: Int

    init(inputCount: Int, parameterCount: Int, outputCount: Int, width: Int) {
        self.inputCount = inputCount
        self.parameterCount = parameterCount
        self.outputCount = outputCount
        self.width = width
    }

    init(_ program: LaneProgram, options: KernelOptions) throws(KernelError) {
        self.init(
            inputCount: program.streamCount, parameterCount: program.uniformCount, outputCount: program.outputs.count,
            width: try options.resolvedWidth(program))
    }
}
