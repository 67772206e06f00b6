/// Writes addresses into machine code, as the System V ABI supplements for x86-64 and AArch64 (ELF) define the
/// relocation types.
enum Relocator {
    private static let x86: UInt16 = 62
    private static let arm: UInt16 = 183

    /// Whether a relocation asks for the place where a symbol's address is kept, not for the address itself.
    static func wantsSlot(_ type: UInt32, machine: UInt16) -> Bool {
        switch (machine, type) {
        // R_X86_64_GOTPCREL, R_X86_64_GOTPCRELX, R_X86_64_REX_GOTPCRELX
        case (x86, 9), (x86, 41), (x86, 42): true
        // R_AARCH64_ADR_GOT_PAGE, R_AARCH64_LD64_GOT_LO12_NC
        case (arm, 311), (arm, 312): true
        default: false
        }
    }

    /// Applies one relocation to the bytes at `offset` of `block`, which lies where the code will run.
    static func apply(
        _ type: UInt32, at offset: Int, symbol: UInt, addend: Int64, in block: UnsafeMutableRawBufferPointer, machine: UInt16
    ) throws(KernelError) {
        let place = Int64(UInt(bitPattern: block.baseAddress)) + Int64(offset)
        let target = Int64(symbol) &+ addend
        switch (machine, type) {
        case (x86, 1), (arm, 257):  // R_X86_64_64, R_AARCH64_ABS64
            try write(UInt64(bitPattern: target), at: offset, in: block)
        // R_X86_64_PC32, R_X86_64_PLT32, R_AARCH64_PREL32, and those of slots
        case (x86, 2), (x86, 4), (x86, 9), (x86, 41), (x86, 42), (arm, 261):
            guard let distance = Int32(exactly: target &- place) else { throw outOfRange }
            try write(UInt32(bitPattern: distance), at: offset, in: block)
        case (arm, 282), (arm, 283):  // R_AARCH64_JUMP26, R_AARCH64_CALL26
            let distance = target &- place
            guard abs(distance) < 1 << 27 else { throw outOfRange }
            try patch(at: offset, in: block, mask: 0x03ff_ffff, value: UInt32(truncatingIfNeeded: distance >> 2))
        case (arm, 275), (arm, 311):  // R_AARCH64_ADR_PREL_PG_HI21, R_AARCH64_ADR_GOT_PAGE
            let pages = (target >> 12) - (place >> 12)
            guard abs(pages) < 1 << 20 else { throw outOfRange }
            let value = UInt32(truncatingIfNeeded: pages)
            try patch(at: offset, in: block, mask: 0x60ff_ffe0, value: (value & 3) << 29 | (value >> 2 & 0x7ffff) << 5)
        // R_AARCH64_ADD_ABS_LO12_NC and R_AARCH64_LDST{8,16,32,64,128}_ABS_LO12_NC: the low 12 bits in units of the access
        case (arm, 277), (arm, 278): try patchLow(target, shift: 0, at: offset, in: block)
        case (arm, 284): try patchLow(target, shift: 1, at: offset, in: block)
        case (arm, 285): try patchLow(target, shift: 2, at: offset, in: block)
        case (arm, 286), (arm, 312): try patchLow(target, shift: 3, at: offset, in: block)
        case (arm, 299): try patchLow(target, shift: 4, at: offset, in: block)
        default: throw .linkingFailed("the object holds a relocation of unknown type \(type) for machine \(machine)")
        }
    }

    /// Writes a jump to a function that may be far away: 16 bytes.
    static func writeJump(
        to function: UInt, at offset: Int, in block: UnsafeMutableRawBufferPointer, machine: UInt16
    ) throws(KernelError) {
        switch machine {
        case x86:  // jmp *0(%rip), then the address
            try write(UInt32(0x0000_25ff), at: offset, in: block)
            try write(UInt16(0), at: offset + 4, in: block)
            try write(UInt64(function), at: offset + 6, in: block)
        case arm:  // ldr x16, #8; br x16, then the address
            try write(UInt32(0x5800_0050), at: offset, in: block)
            try write(UInt32(0xd61f_0200), at: offset + 4, in: block)
            try write(UInt64(function), at: offset + 8, in: block)
        default: throw .linkingFailed("calls to other libraries are not known for machine \(machine)")
        }
    }

    private static let outOfRange = KernelError.linkingFailed("a function or constant is too far away")

    private static func patchLow(
        _ target: Int64, shift: Int64, at offset: Int, in block: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        let low = UInt32(truncatingIfNeeded: (target & 0xfff) >> shift)
        try patch(at: offset, in: block, mask: 0xfff << 10, value: low << 10)
    }

    private static func patch(
        at offset: Int, in block: UnsafeMutableRawBufferPointer, mask: UInt32, value: UInt32
    ) throws(KernelError) {
        guard offset >= 0, offset <= block.count - 4 else { throw BoundedBytes.truncated }
        let old = block.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        block.storeBytes(of: old & ~mask | value & mask, toByteOffset: offset, as: UInt32.self)
    }

    private static func write<Value: FixedWidthInteger>(
        _ value: Value, at offset: Int, in block: UnsafeMutableRawBufferPointer
    ) throws(KernelError) {
        guard offset >= 0, offset <= block.count - MemoryLayout<Value>.size else { throw BoundedBytes.truncated }
        block.storeBytes(of: value.littleEndian, toByteOffset: offset, as: Value.self)
    }
}
