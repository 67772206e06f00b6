internal import CLLVM
import Formulas
import Lanes

/// The LLVM types that hold `width` lanes of a precision: vectors, or plain scalars for a width of one.
struct LaneTypes {
    let precision: Precision
    let width: Int
    let scalarNumber: IRType
    let scalarInteger: IRType
    let number: IRType
    let integer: IRType
    let bits: IRType

    init(_ precision: Precision, width: Int, context: LLVMContextRef) {
        self.precision = precision
        self.width = width
        switch precision {
        case .float:
            scalarNumber = LLVMFloatTypeInContext(context)
            scalarInteger = LLVMInt32TypeInContext(context)
        case .double:
            scalarNumber = LLVMDoubleTypeInContext(context)
            scalarInteger = LLVMInt64TypeInContext(context)
        }
        let bit: IRType = LLVMInt1TypeInContext(context)
        number = width == 1 ? scalarNumber : LLVMVectorType(scalarNumber, UInt32(width))
        integer = width == 1 ? scalarInteger : LLVMVectorType(scalarInteger, UInt32(width))
        bits = width == 1 ? bit : LLVMVectorType(bit, UInt32(width))
    }

    var elementBytes: Int { precision == .float ? 4 : 8 }
    /// Bytes of a value of all lanes, up to what blocks on the stack are aligned to.
    var vectorBytes: Int { min(64, elementBytes * width) }

    func type(_ type: LaneType) -> IRType {
        switch type {
        case .number: number
        case .integer: integer
        case .mask: bits
        }
    }

    func scalar(_ type: LaneType) -> IRType { type == .number ? scalarNumber : scalarInteger }

    /// The same integer in every lane.
    func integer(_ bits: UInt64) -> IRValue { splat(LLVMConstInt(scalarInteger, bits, 0)) }

    /// The number with the same bits in every lane.
    func number(_ bits: UInt64) -> IRValue { splat(LLVMConstBitCast(LLVMConstInt(scalarInteger, bits, 0), scalarNumber)) }

    private func splat(_ constant: IRValue) -> IRValue {
        guard width > 1 else { return constant }
        var lanes = [IRValue?](repeating: constant, count: width)
        return LLVMConstVector(&lanes, UInt32(width))
    }
}
