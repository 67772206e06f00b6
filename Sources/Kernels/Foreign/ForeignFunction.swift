internal import CFFI
import Formulas
import Lanes

/// A C function whose signature is known only at run time, called through libffi.
///
/// The caller vouches for the signature: C libraries do not record it, and a wrong one gives undefined results.
public struct ForeignFunction<Value: LaneFloat>: Sendable {
    /// The signatures that can be called; T is `Value`.
    public enum Signature: Hashable, Sendable {
        /// `T f(T, …)`.
        case returning(arguments: Int)
        /// `void f(T, …, T *results)`.
        case writing(arguments: Int, results: Int)
        /// That of `KernelFunction`.
        case arrays(inputs: Int, parameters: Int, outputs: Int)
    }

    /// The name in the library.
    public let symbol: String
    /// How it is called.
    public let signature: Signature
    private let library: ForeignLibrary
    private let address: UInt

    /// Finds a function in a library.
    public init(_ symbol: String, in library: ForeignLibrary, signature: Signature) throws(ForeignError) {
        self.symbol = symbol
        self.signature = signature
        self.library = library
        address = try library.address(of: symbol)
    }

    /// Calls a function of numbers.
    ///
    /// - Returns: its one result, or all those it writes.
    public func callAsFunction(_ arguments: [Value]) throws(ForeignError) -> [Value] {
        switch signature {
        case .returning(let count):
            try check(arguments.count, count)
            // libffi writes at least a whole register.
            return [try call(arguments, resultType: Self.number, results: nil)]
        case .writing(let count, let resultCount):
            try check(arguments.count, count)
            let results = UnsafeMutableBufferPointer<Value>.allocate(capacity: max(1, resultCount))
            defer { results.deallocate() }
            results.initialize(repeating: .nan)
            _ = try call(arguments, resultType: formulac_ffi_void(), results: results.baseAddress)
            return Array(results.prefix(resultCount))
        case .arrays(let inputs, _, _): throw .wrongArgumentCount(symbol: symbol, expected: inputs, given: arguments.count)
        }
    }

    /// Calls a function of arrays.
    ///
    /// - Parameters:
    ///   - inputs: one array for each input, all of one length.
    ///   - parameters: one number for each parameter.
    ///   - inPlace: whether the first outputs go where the first inputs are.
    /// - Returns: one array for each output.
    public func callAsFunction(
        _ inputs: [[Value]], parameters: [Value], inPlace: Bool = false
    ) throws(ForeignError) -> [[Value]] {
        guard case .arrays(let inputCount, let parameterCount, let outputCount) = signature else {
            throw .wrongArgumentCount(symbol: symbol, expected: 0, given: inputs.count)
        }
        try check(inputs.count, inputCount)
        try check(parameters.count, parameterCount)
        let count = inputs.map(\.count).min() ?? 1
        // One block holds inputs, outputs and then the parameters. After each array a number stands guard that no
        // computation makes: a NaN with a payload of its own.
        let guardBits = Value.nan.laneBits | 0x5a5a
        let stride = count + 1
        let parametersStart = stride * (inputCount + outputCount)
        let memory = UnsafeMutableBufferPointer<Value>.allocate(capacity: parametersStart + max(1, parameterCount))
        defer { memory.deallocate() }
        memory.initialize(repeating: Value(laneBits: guardBits))
        for (index, input) in inputs.enumerated() {
            for element in 0..<count { memory[index * stride + element] = input[element] }
        }
        for (index, parameter) in parameters.enumerated() { memory[parametersStart + index] = parameter }
        let outputStarts = (0..<outputCount).map { inPlace && $0 < inputCount ? $0 * stride : (inputCount + $0) * stride }
        let starts = (0..<inputCount).map { $0 * stride } + outputStarts
        let arrays = UnsafeMutableBufferPointer<UnsafeMutablePointer<Value>?>.allocate(capacity: max(1, starts.count))
        defer { arrays.deallocate() }
        arrays.initialize(repeating: memory.baseAddress)
        for (index, start) in starts.enumerated() { arrays[index] = memory.baseAddress.map { $0 + start } }

        let pointer = formulac_ffi_pointer()
        try invoke(
            [formulac_ffi_size(), pointer, pointer, pointer], resultType: formulac_ffi_void(), result: nil,
            words: [
                UInt(count), UInt(bitPattern: arrays.baseAddress),
                UInt(bitPattern: memory.baseAddress.map { $0 + parametersStart }),
                UInt(bitPattern: arrays.baseAddress.map { $0 + inputCount }),
            ])
        for array in 0..<inputCount + outputCount where memory[array * stride + count].laneBits != guardBits {
            throw .wroteBeyondEnd(symbol: symbol, count: count)
        }
        return outputStarts.map { Array(memory[$0..<$0 + count]) }
    }

    private static var number: UnsafeMutablePointer<ffi_type>? {
        Value.precision == .float ? formulac_ffi_float() : formulac_ffi_double()
    }

    private func check(_ given: Int, _ expected: Int) throws(ForeignError) {
        guard given == expected else { throw .wrongArgumentCount(symbol: symbol, expected: expected, given: given) }
    }

    /// Passes numbers, and then where results go if it is the function that writes them.
    private func call(
        _ arguments: [Value], resultType: UnsafeMutablePointer<ffi_type>?, results: UnsafeMutablePointer<Value>?
    ) throws(ForeignError) -> Value {
        var types = [UnsafeMutablePointer<ffi_type>?](repeating: Self.number, count: arguments.count)
        // Each argument stands at the start of a word of its own.
        var words = arguments.map { UInt(truncatingIfNeeded: $0.laneBits) }
        if let results {
            types.append(formulac_ffi_pointer())
            words.append(UInt(bitPattern: results))
        }
        var result: UInt = 0
        try invoke(types, resultType: resultType, result: &result, words: words)
        return Value(laneBits: Value.Bits(truncatingIfNeeded: result))
    }

    /// Calls the function with arguments that each stand in a word, the least significant byte first.
    private func invoke(
        _ types: [UnsafeMutablePointer<ffi_type>?], resultType: UnsafeMutablePointer<ffi_type>?,
        result: UnsafeMutablePointer<UInt>?, words: [UInt]
    ) throws(ForeignError) {
        // libffi keeps pointers to types and arguments for the length of the call only; both outlive it here.
        let typeList = UnsafeMutableBufferPointer<UnsafeMutablePointer<ffi_type>?>.allocate(capacity: max(1, types.count))
        defer { typeList.deallocate() }
        typeList.initialize(repeating: nil)
        for (index, type) in types.enumerated() { typeList[index] = type }
        let storage = UnsafeMutableBufferPointer<UInt>.allocate(capacity: max(1, words.count))
        defer { storage.deallocate() }
        storage.initialize(repeating: 0)
        let values = UnsafeMutableBufferPointer<UnsafeMutableRawPointer?>.allocate(capacity: max(1, words.count))
        defer { values.deallocate() }
        values.initialize(repeating: nil)
        for (index, word) in words.enumerated() {
            storage[index] = word
            values[index] = storage.baseAddress.map { UnsafeMutableRawPointer($0 + index) }
        }
        var interface = ffi_cif()
        guard
            ffi_prep_cif(&interface, FFI_DEFAULT_ABI, UInt32(types.count), resultType, typeList.baseAddress) == FFI_OK
        else { throw .unsupportedSignature(symbol) }
        let function = unsafeBitCast(address, to: (@convention(c) () -> Void).self)
        // The library stays open while its function runs.
        withExtendedLifetime(library) { ffi_call(&interface, function, result, values.baseAddress) }
    }
}
