import Formulas

/// The functions of a routine: the preparation and the lane function, which both public functions inline, the public
/// function of a single element and the one of arrays.
struct CLaneFunctions {
    private let routine: ExportRoutine
    private let body: CFunctionBody
    private let name: String

    init(_ routine: ExportRoutine, body: CFunctionBody, names: CNames) {
        self.routine = routine
        self.body = body
        name = names.prefix
    }

    private var type: CType { routine.type }
    private var streams: [String] { routine.inputs.indices.map { "s\($0)" } }
    private var uniforms: [String] { routine.parameters.indices.map { "u\($0)" } }
    private var prepared: [String] { body.prepared.map(body.name) }
    private var results: Range<Int> { 0..<routine.program.outputs.count }

    private func internalName(_ part: String) -> String { "\(name)_\(routine.variant)_\(part)_\(type.suffix)" }

    private func unused(_ inputs: Set<LaneInstruction>, streams: Bool) -> String {
        var names: [String] = []
        if streams {
            names += self.streams.indices.filter { !inputs.contains(LaneInstruction(.stream, payload: UInt64($0))) }
                .map { self.streams[$0] }
        }
        names += uniforms.indices.filter { !inputs.contains(LaneInstruction(.uniform, payload: UInt64($0))) }
            .map { uniforms[$0] }
        return Self.unused(names)
    }

    /// Statements that use arguments for nothing, which compilers would warn of otherwise.
    private static func unused(_ names: [String]) -> String { names.map { "    (void)\($0);\n" }.joined() }

    /// What depends on no input that varies, or nothing.
    var preparation: String {
        guard !prepared.isEmpty else { return "" }
        var arguments = uniforms.map { "const \(type.number) \($0)" }
        arguments += body.prepared.map { "\(body.preparedType($0)) *const p\($0.index)" }
        var assignments = ""
        for id in body.prepared {
            let isMask = routine.program[id].operation.resultType == .mask
            assignments += "    *p\(id.index) = \(isMask ? "0 - (\(type.integer))" : "")\(body.name(id));\n"
        }
        return """
            FORMULAC_INLINE void \(internalName("preparation"))(\(arguments.joined(separator: ", ")))
            {
            \(unused(body.preparationInputs, streams: false))\(body.preparation)\(assignments)}

            """
    }

    /// The rest, for one element. With cold calls there are two more arguments: `complete` says whether to make them,
    /// and `rare` tells whether there was need to.
    var laneFunction: String {
        guard !results.isEmpty else { return "" }
        var arguments = body.hasColdCalls ? ["const int complete", "\(type.integer) *const rare"] : []
        arguments += (streams + uniforms).map { "const \(type.number) \($0)" }
        arguments += body.prepared.map { "const \(body.preparedType($0)) \(body.name($0))" }
        arguments += results.map { "\(type.number) *const r\($0)" }
        // There is always a result to write, so the list is not empty, which C takes for no prototype.
        return """
            FORMULAC_INLINE void \(internalName("lane"))(\(arguments.joined(separator: ", ")))
            {
            \(unused(body.inputs, streams: true))\(body.text)}

            """
    }

    /// The variables that hold the preparation's results, and the call that fills them.
    private var preparationCall: String {
        guard !prepared.isEmpty else { return "" }
        let variables = body.prepared.map { "    \(body.preparedType($0)) \(body.name($0));\n" }.joined()
        let arguments = uniforms + prepared.map { "&\($0)" }
        return "\(variables)    \(internalName("preparation"))(\(arguments.joined(separator: ", ")));\n"
    }

    private func laneCall(complete: Bool, streams: [String], results: [String]) -> String {
        let leading = body.hasColdCalls ? [complete ? "1" : "0", "&rare"] : []
        let arguments = leading + streams + uniforms + prepared + results
        return "\(internalName("lane"))(\(arguments.joined(separator: ", ")));"
    }

    /// The public function of a single element.
    var scalarFunction: String {
        let isReturned = routine.returnsResult
        let targets = results.map { isReturned ? "&result" : "&results[\($0)]" }
        var text = routine.declaration(in: name, arguments: streams + uniforms) + "\n{\n"
        // Derivatives of a formula without variables: there is nothing to do.
        guard !results.isEmpty else { return text + Self.unused(streams + uniforms + ["results"]) + "}\n" }
        if body.hasColdCalls { text += "    \(type.integer) rare = 0;\n" }
        if isReturned { text += "    \(type.number) result;\n" }
        text += preparationCall
        text += "    \(laneCall(complete: true, streams: streams, results: targets))\n"
        if isReturned { text += "    return result;\n" }
        return text + "}\n"
    }

    /// The public function of arrays.
    var arrayFunction: String {
        var text = routine.arrayDeclaration(in: name) + "\n{\n"
        guard !results.isEmpty else { return text + Self.unused(["count", "inputs", "parameters", "outputs"]) + "}\n" }
        for index in streams.indices { text += "    const \(type.number) *const x\(index) = inputs[\(index)];\n" }
        for index in uniforms.indices { text += "    const \(type.number) u\(index) = parameters[\(index)];\n" }
        for index in results { text += "    \(type.number) *const y\(index) = outputs[\(index)];\n" }
        if streams.isEmpty { text += "    (void)inputs;\n" }
        if uniforms.isEmpty { text += "    (void)parameters;\n" }
        return text + preparationCall + (body.hasColdCalls ? blockwiseLoop : plainLoop) + "}\n"
    }

    /// Every element is read before its results are written, so arrays may coincide.
    private var plainLoop: String {
        var text = "    FORMULAC_INDEPENDENT\n    for (size_t i = 0; i < count; i++) {\n"
        text += "        \(type.number) \(results.map { "r\($0)" }.joined(separator: ", "));\n"
        let call = laneCall(
            complete: true, streams: streams.indices.map { "x\($0)[i]" }, results: results.map { "&r\($0)" })
        text += "        \(call)\n"
        for index in results { text += "        y\(index)[i] = r\(index);\n" }
        return text + "    }\n"
    }

    /// A loop with calls is not vectorised. So blocks are first computed without them, and once more with them where
    /// some element asked for one. Results leave a block's buffers last: until then an input array that is also an
    /// output array is whole.
    private var blockwiseLoop: String {
        let inputs = streams.indices.map { "x\($0)[start + i]" }
        let buffers = results.map { "&r\($0)[i]" }
        let block = blockLength
        var text = "    \(type.number) \(results.map { "r\($0)[\(block)]" }.joined(separator: ", "));\n"
        text += """
                for (size_t start = 0; start < count; start += \(block)) {
                    const size_t length = count - start < \(block) ? count - start : \(block);
                    \(type.integer) rare = 0;
                    for (size_t i = 0; i < length; i++) {
                        \(laneCall(complete: false, streams: inputs, results: buffers))
                    }
                    if (rare) {
                        for (size_t i = 0; i < length; i++) {
                            \(laneCall(complete: true, streams: inputs, results: buffers))
                        }
                    }

            """
        for index in results { text += "        memcpy(y\(index) + start, r\(index), length * sizeof r\(index)[0]);\n" }
        return text + "    }\n"
    }

    /// Elements of a block: few enough that the buffers of all results stay in the first-level cache.
    private var blockLength: Int { max(8, min(128, 2048 / max(1, results.count) / 8 * 8)) }
}
