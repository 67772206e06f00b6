internal import CLLVM
import Formulas
import Lanes

typealias IRValue = LLVMValueRef
typealias IRType = LLVMTypeRef
typealias IRBlock = LLVMBasicBlockRef

/// An LLVM module under construction in the context of a code generator, which is one thread's for as long.
final class IRModule {
    let context: LLVMContextRef
    let reference: LLVMModuleRef
    let builder: LLVMBuilderRef
    let target: KernelTarget
    /// Whether support functions are part of the module, or left to the loader to find.
    private let embedsSupport: Bool
    private var intrinsics: [IntrinsicKey: (function: IRValue, type: IRType)] = [:]
    private var supports: [SupportFunction: Support] = [:]

    /// A support function of this module.
    struct Support {
        let function: IRValue
        let type: IRType
        let convention: UInt32
    }

    private struct IntrinsicKey: Hashable {
        let name: String
        let type: IRType
    }

    init(target: KernelTarget, generator: CodeGenerator, embedsSupport: Bool) {
        self.embedsSupport = embedsSupport
        context = generator.context
        reference = LLVMModuleCreateWithNameInContext("formulac", context)
        builder = LLVMCreateBuilderInContext(context)
        self.target = target
        LLVMSetTarget(reference, target.triple)
        let layout = LLVMCreateTargetDataLayout(generator.machine)
        LLVMSetModuleDataLayout(reference, layout)
        LLVMDisposeTargetData(layout)
    }

    deinit {
        LLVMDisposeBuilder(builder)
        LLVMDisposeModule(reference)
    }

    // MARK: Declarations

    /// Calls an LLVM intrinsic that is overloaded by the one type of its result.
    func callIntrinsic(_ name: String, type: IRType, _ arguments: [IRValue]) -> IRValue {
        let key = IntrinsicKey(name: name, type: type)
        if intrinsics[key] == nil {
            var overload: [IRType?] = [type]
            let function: IRValue = LLVMGetIntrinsicDeclaration(
                reference, LLVMLookupIntrinsicID(name, name.utf8.count), &overload, 1)
            intrinsics[key] = (function, LLVMGlobalGetValueType(function))
        }
        guard let (function, functionType) = intrinsics[key] else { return LLVMGetPoison(type) }
        return call(function, functionType, arguments)
    }

    func call(_ function: IRValue, _ type: IRType, _ arguments: [IRValue]) -> IRValue {
        var arguments: [IRValue?] = arguments
        return LLVMBuildCall2(builder, type, function, &arguments, UInt32(arguments.count), "")
    }

    /// The number of the lowest bit that is set; the word must not be 0.
    func call(trailingZeros word: IRValue) -> IRValue { callIntrinsic("llvm.cttz", type: LLVMTypeOf(word), [word, bit(true)]) }

    /// A support function, declared or emitted at its first use.
    func support(_ support: SupportFunction) throws(KernelError) -> Support {
        if let known = supports[support] { return known }
        let type = support.type(in: self)
        let known = Support(function: addFunction(support.name, type), type: type, convention: support.convention(target))
        supports[support] = known
        LLVMSetFunctionCallConv(known.function, known.convention)
        addAttribute("cold", to: known.function)
        if known.convention == LLVMPreserveAllCallConv.rawValue {
            // Otherwise LLVM clears the upper halves of the vector registers that it has just restored.
            addAttribute("target-cpu", value: target.processor, to: known.function)
            addAttribute("target-features", value: target.features + ",-vzeroupper", to: known.function)
        }
        if embedsSupport {
            LLVMSetLinkage(known.function, LLVMInternalLinkage)
            let position = LLVMGetInsertBlock(builder)
            try support.emit(known.function, in: self)
            if let position { move(to: position) }
        }
        return known
    }

    /// A constant of the module, made once for each name.
    func constant(_ name: String, _ contents: IRValue, alignment: Int) -> IRValue {
        if let known = LLVMGetNamedGlobal(reference, name) { return known }
        let constant: IRValue = LLVMAddGlobal(reference, LLVMTypeOf(contents), name)
        LLVMSetInitializer(constant, contents)
        LLVMSetGlobalConstant(constant, 1)
        LLVMSetLinkage(constant, LLVMPrivateLinkage)
        LLVMSetUnnamedAddress(constant, LLVMGlobalUnnamedAddr)
        LLVMSetAlignment(constant, UInt32(alignment))
        return constant
    }

    /// A C string that others find by its name.
    func addText(_ name: String, _ text: String) {
        let contents: IRValue = LLVMConstStringInContext(context, text, UInt32(text.utf8.count), 0)
        let global: IRValue = LLVMAddGlobal(reference, LLVMTypeOf(contents), name)
        LLVMSetInitializer(global, contents)
        LLVMSetGlobalConstant(global, 1)
    }

    func addFunction(_ name: String, _ type: IRType) -> IRValue {
        let function: IRValue = LLVMAddFunction(reference, name, type)
        addAttribute("nounwind", to: function)
        if target.hasMaskRegisters {
            // Without these LLVM halves 64-byte vectors on processors that lower their clock for them.
            addAttribute("min-legal-vector-width", value: "512", to: function)
            addAttribute("prefer-vector-width", value: "512", to: function)
        }
        return function
    }

    /// `LLVMAttributeFunctionIndex`, which C declares as −1 and takes as unsigned.
    private static let functionAttributes = LLVMAttributeIndex.max

    func addAttribute(_ name: String, to function: IRValue) {
        let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
        LLVMAddAttributeAtIndex(
            function, Self.functionAttributes, LLVMCreateEnumAttribute(context, kind, 0))
    }

    private func addAttribute(_ name: String, value: String, to function: IRValue) {
        LLVMAddAttributeAtIndex(
            function, Self.functionAttributes,
            LLVMCreateStringAttribute(context, name, UInt32(name.utf8.count), value, UInt32(value.utf8.count)))
    }

    // MARK: Control flow and memory

    /// The type of sizes and of element indices.
    var size: IRType { LLVMInt64TypeInContext(context) }

    func sizeConstant(_ value: Int) -> IRValue { LLVMConstInt(size, UInt64(bitPattern: Int64(value)), 1) }

    func bit(_ value: Bool) -> IRValue { LLVMConstInt(LLVMInt1TypeInContext(context), value ? 1 : 0, 0) }

    /// The type of every compiled function: count, inputs, parameters, outputs.
    func kernelType(_ scalar: IRType) -> IRType {
        let array = pointer(to: scalar)
        return functionType([size, pointer(to: array), array, pointer(to: array)])
    }

    /// A function that returns nothing.
    func functionType(_ parameters: [IRType]) -> IRType {
        var parameters: [IRType?] = parameters
        return LLVMFunctionType(LLVMVoidTypeInContext(context), &parameters, UInt32(parameters.count), 0)
    }

    func pointer(to type: IRType) -> IRType { LLVMPointerType(type, 0) }

    func block(_ name: String, in function: IRValue) -> IRBlock {
        LLVMAppendBasicBlockInContext(context, function, name)
    }

    var currentBlock: IRBlock { LLVMGetInsertBlock(builder) }

    func move(to block: IRBlock) { LLVMPositionBuilderAtEnd(builder, block) }

    /// Branches on a condition that hardly ever holds, so that LLVM lays the block out of the way.
    func branchUnlikely(_ condition: IRValue, to rare: IRBlock, else usual: IRBlock) {
        let branch = LLVMBuildCondBr(builder, condition, rare, usual)
        let name = "branch_weights"
        let word: IRType = LLVMInt32TypeInContext(context)
        var parts: [LLVMMetadataRef?] = [
            LLVMMDStringInContext2(context, name, name.utf8.count), LLVMValueAsMetadata(LLVMConstInt(word, 1, 0)),
            LLVMValueAsMetadata(LLVMConstInt(word, 100_000, 0)),
        ]
        let weights = LLVMMDNodeInContext2(context, &parts, parts.count)
        LLVMSetMetadata(branch, LLVMGetMDKindIDInContext(context, "prof", 4), LLVMMetadataAsValue(context, weights))
    }

    func phi(_ type: IRType) -> IRValue { LLVMBuildPhi(builder, type, "") }

    func addIncoming(_ phi: IRValue, _ value: IRValue, from block: IRBlock) {
        var values: [IRValue?] = [value]
        var blocks: [IRBlock?] = [block]
        LLVMAddIncoming(phi, &values, &blocks, 1)
    }

    /// The address of an element of an array.
    func element(_ type: IRType, _ base: IRValue, _ index: IRValue) -> IRValue {
        if LLVMIsAConstantInt(index) != nil, LLVMConstIntGetZExtValue(index) == 0 { return base }
        var indices: [IRValue?] = [index]
        return LLVMBuildInBoundsGEP2(builder, type, base, &indices, 1, "")
    }

    /// Loads a value of any type from an address that need only be aligned as `alignment` says.
    func load(_ type: IRType, _ address: IRValue, alignment: Int) -> IRValue {
        let load: IRValue = LLVMBuildLoad2(builder, type, cast(address, toPointerTo: type), "")
        LLVMSetAlignment(load, UInt32(alignment))
        return load
    }

    /// Loads a constant of the module, which no store changes.
    func loadConstant(_ type: IRType, _ address: IRValue, alignment: Int) -> IRValue {
        let load = load(type, address, alignment: alignment)
        LLVMSetMetadata(
            load, LLVMGetMDKindIDInContext(context, "invariant.load", 14),
            LLVMMetadataAsValue(context, LLVMMDNodeInContext2(context, nil, 0)))
        return load
    }

    func store(_ value: IRValue, _ address: IRValue, alignment: Int) {
        let store = LLVMBuildStore(builder, value, cast(address, toPointerTo: LLVMTypeOf(value)))
        LLVMSetAlignment(store, UInt32(alignment))
    }

    /// Stores past the caches. The address must be aligned to the value's own size.
    func stream(_ value: IRValue, _ address: IRValue, alignment: Int) {
        let store = LLVMBuildStore(builder, value, cast(address, toPointerTo: LLVMTypeOf(value)))
        LLVMSetAlignment(store, UInt32(alignment))
        var one: LLVMMetadataRef? = LLVMValueAsMetadata(LLVMConstInt(LLVMInt32TypeInContext(context), 1, 0))
        LLVMSetMetadata(
            store, LLVMGetMDKindIDInContext(context, "nontemporal", 11),
            LLVMMetadataAsValue(context, LLVMMDNodeInContext2(context, &one, 1)))
    }

    /// Changes what a pointer points to. LLVM 15 and later know only one pointer type and make nothing of this.
    func cast(_ address: IRValue, toPointerTo type: IRType) -> IRValue {
        LLVMBuildBitCast(builder, address, pointer(to: type), "")
    }

    /// Space on the stack for `count` values; the builder must stand in the entry block. Alignments beyond 16 bytes make
    /// the stack frame a more costly one.
    func stackSpace(_ type: IRType, count: Int, alignment: Int = 16) -> IRValue {
        let length = LLVMConstInt(LLVMInt32TypeInContext(context), UInt64(count), 0)
        let space: IRValue = LLVMBuildArrayAlloca(builder, type, length, "")
        LLVMSetAlignment(space, UInt32(alignment))
        return space
    }
}
