internal import CLLVM
import Formulas
import Lanes

extension LaneEmitter {
    /// The LLVM form of one operation. There is no default case, so that an operation without one does not build.
    func emit(_ instruction: LaneInstruction, _ operands: [IRValue]) -> IRValue {
        let payload = instruction.payload
        func a() -> IRValue { operands[0] }
        func b() -> IRValue { operands[1] }
        func c() -> IRValue { operands[2] }
        switch instruction.operation {
        case .integer: return types.integer(payload)
        case .add: return LLVMBuildFAdd(builder, a(), b(), "")
        case .subtract: return LLVMBuildFSub(builder, a(), b(), "")
        case .multiply: return LLVMBuildFMul(builder, a(), b(), "")
        case .divide: return LLVMBuildFDiv(builder, a(), b(), "")
        case .fusedMultiplyAdd: return intrinsic("llvm.fma", operands)
        case .squareRoot: return intrinsic("llvm.sqrt", operands)
        case .negate: return LLVMBuildFNeg(builder, a(), "")
        case .absolute: return intrinsic("llvm.fabs", operands)
        case .copySign: return intrinsic("llvm.copysign", operands)
        case .roundToEven: return module.target.hasRounding ? intrinsic("llvm.roundeven", operands) : roundByAdding(a())
        case .minimum: return select(compare(LLVMRealOLT, a(), b()), a(), b())
        case .maximum: return select(compare(LLVMRealOGT, a(), b()), a(), b())
        case .select, .integerSelect: return select(a(), b(), c())
        case .less: return compare(LLVMRealOLT, a(), b())
        case .lessOrEqual: return compare(LLVMRealOLE, a(), b())
        case .equal: return compare(LLVMRealOEQ, a(), b())
        case .unordered: return compare(LLVMRealUNO, a(), b())
        case .maskAnd, .integerAnd: return LLVMBuildAnd(builder, a(), b(), "")
        case .maskOr, .integerOr: return LLVMBuildOr(builder, a(), b(), "")
        case .maskNot: return LLVMBuildNot(builder, a(), "")
        case .bits: return LLVMBuildBitCast(builder, a(), types.integer, "")
        case .fromBits: return LLVMBuildBitCast(builder, a(), types.number, "")
        case .integerAdd: return LLVMBuildAdd(builder, a(), b(), "")
        case .integerSubtract: return LLVMBuildSub(builder, a(), b(), "")
        case .integerXor: return LLVMBuildXor(builder, a(), b(), "")
        case .shiftLeft: return LLVMBuildShl(builder, a(), types.integer(payload), "")
        case .shiftRightLogical: return LLVMBuildLShr(builder, a(), types.integer(payload), "")
        case .shiftRightArithmetic: return LLVMBuildAShr(builder, a(), types.integer(payload), "")
        case .integerEqual: return LLVMBuildICmp(builder, LLVMIntEQ, a(), b(), "")
        case .integerLess: return LLVMBuildICmp(builder, LLVMIntSLT, a(), b(), "")
        case .integerLessUnsigned: return LLVMBuildICmp(builder, LLVMIntULT, a(), b(), "")
        case .integerMultiply: return LLVMBuildMul(builder, a(), b(), "")
        case .integerMultiplyHigh: return multiplyHigh(a(), b())
        case .shiftLeftBy: return LLVMBuildShl(builder, a(), b(), "")
        case .shiftRightBy: return LLVMBuildLShr(builder, a(), b(), "")
        case .tableWord: return tableWord(payload, a())
        case .convertToNumber: return LLVMBuildSIToFP(builder, a(), types.number, "")
        // Numbers and inputs are defined by the caller and cold calls are emitted in groups; none of them arrives here.
        case .number, .stream, .uniform, .coldNumber, .coldInteger: return LLVMGetPoison(types.number)
        }
    }

    private func intrinsic(_ name: String, _ operands: [IRValue]) -> IRValue {
        module.callIntrinsic(name, type: types.number, operands)
    }

    private func compare(_ predicate: LLVMRealPredicate, _ a: IRValue, _ b: IRValue) -> IRValue {
        LLVMBuildFCmp(builder, predicate, a, b, "")
    }

    private func select(_ mask: IRValue, _ a: IRValue, _ b: IRValue) -> IRValue { LLVMBuildSelect(builder, mask, a, b, "") }

    /// Rounds to the nearest integer without an instruction for it: adding and subtracting 2^(p−1) with the number's
    /// sign leaves no fraction digits, and numbers from 2^(p−1) on have none. The sign of a zero is put back.
    private func roundByAdding(_ x: IRValue) -> IRValue {
        let large: UInt64 = types.precision == .float ? 0x4b00_0000 : 0x4330_0000_0000_0000
        let shift = intrinsic("llvm.copysign", [types.number(large), x])
        let sum: IRValue = LLVMBuildFAdd(builder, x, shift, "")
        let rounded: IRValue = LLVMBuildFSub(builder, sum, shift, "")
        let isSmall = compare(LLVMRealOLT, intrinsic("llvm.fabs", [x]), types.number(large))
        return select(isSmall, intrinsic("llvm.copysign", [rounded, x]), x)
    }

    /// The upper half of an unsigned product. Scalar only.
    private func multiplyHigh(_ a: IRValue, _ b: IRValue) -> IRValue {
        let digits = UInt32(types.elementBytes * 8)
        let wide: IRType = LLVMIntTypeInContext(module.context, digits * 2)
        let product = LLVMBuildMul(
            builder, LLVMBuildZExt(builder, a, wide, ""), LLVMBuildZExt(builder, b, wide, ""), "")
        let upper = LLVMBuildLShr(builder, product, LLVMConstInt(wide, UInt64(digits), 0), "")
        return LLVMBuildTrunc(builder, upper, types.scalarInteger, "")
    }

    /// A word of a constant table, 0 for an index past its end: the table is one zero longer, where all such indices go.
    private func tableWord(_ payload: UInt64, _ index: IRValue) -> IRValue {
        let words = ColdTable(rawValue: payload)?.words(types.precision) ?? []
        var constants: [IRValue?] = (words + [0]).map { LLVMConstInt(types.scalarInteger, $0, 0) }
        let table = module.constant(
            "table\(payload)_\(types.precision)",
            formulac_constant_array(types.scalarInteger, &constants, UInt32(constants.count)),
            alignment: types.elementBytes)
        let end = types.integer(UInt64(words.count))
        let isInside: IRValue = LLVMBuildICmp(builder, LLVMIntULT, index, end, "")
        let clamped: IRValue = LLVMBuildZExtOrBitCast(builder, select(isInside, index, end), module.size, "")
        let base = module.cast(table, toPointerTo: types.scalarInteger)
        return module.load(
            types.scalarInteger, module.element(types.scalarInteger, base, clamped), alignment: types.elementBytes)
    }
}
