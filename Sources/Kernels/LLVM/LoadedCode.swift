internal import CLLVM
import Glibc

/// Machine code from an object file, placed in executable memory of this process until this value is released.
///
/// All sections of the object lie in one mapping, next to each other: distances always fit the relocations, code and
/// constants share pages, and releasing is one system call. LLVM's own JIT session (LLJIT of LLVM 14, its object layer alone)
/// was measured beside it on the two functions of x*cos(x): it loads an object in 85 to 160 µs, this type in 94 to 144 µs;
/// creating the session takes another 0.5 to 0.9 ms, once; and it keeps 3 mappings for each live object, where this type keeps
/// 1. A process may have 65,530 mappings, which bounds how many kernels can be alive. Memory after 20,000 objects loaded and
/// released had grown by 12 bytes an object.
final class LoadedCode: Sendable {
    /// Where the mapping starts; an integer, as the memory is never touched through it again.
    private let base: UInt
    private let size: Int
    private let addresses: [String: UInt]

    /// Places an object compiled for this machine.
    ///
    /// - Parameters:
    ///   - target: what it was compiled for; support functions are taken of the same kind.
    ///   - store: where support functions are kept.
    init(_ object: ObjectFile, target: KernelTarget, store: ObjectStore? = nil) throws(KernelError) {
        // Lay out the sections, then one jump for each function expected from outside, then the global offset table:
        // addresses that code reads instead of holding them.
        var end = 0
        var offsets: [Int: Int] = [:]
        for section in object.sections {
            end = (end + section.alignment - 1) & -section.alignment
            offsets[section.index] = end
            end += section.bytes.count
        }
        end = (end + 15) & -16
        let jumps = end
        let external = object.symbols.indices.filter { object.symbols[$0].isExternal }
        end += external.count * Self.jumpSize
        var slots: [Int: Int] = [:]
        for relocation in object.relocations
        where Relocator.wantsSlot(relocation.type, machine: object.machine) && slots[relocation.symbol] == nil {
            slots[relocation.symbol] = end
            end += Self.slotSize
        }
        let pageSize = Int(getpagesize())
        let size = max(pageSize, (end + pageSize - 1) & -pageSize)

        guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), memory != MAP_FAILED
        else { throw .linkingFailed("no memory for \(size) bytes of machine code: \(String(cString: strerror(errno)))") }
        let block = UnsafeMutableRawBufferPointer(start: memory, count: size)
        do throws(KernelError) {
            addresses = try Self.fill(block, object, offsets, external: external, jumps: jumps, slots: slots, target, store)
            guard mprotect(memory, size, PROT_READ | PROT_EXEC) == 0 else {
                throw .linkingFailed("the system refuses executable memory: \(String(cString: strerror(errno)))")
            }
        } catch {
            munmap(memory, size)
            throw error
        }
        formulac_synchronize_code(memory, size)
        base = UInt(bitPattern: memory)
        self.size = size
    }

    deinit { munmap(UnsafeMutableRawPointer(bitPattern: base), size) }

    /// The address of a symbol that the object defines; good while this value lives.
    func address(of name: String) -> UInt? { addresses[name] }

    /// Copies the sections and resolves what depends on addresses.
    ///
    /// - Returns: the addresses of the named symbols.
    private static func fill(
        _ block: UnsafeMutableRawBufferPointer, _ object: ObjectFile, _ offsets: [Int: Int], external: [Int], jumps: Int,
        slots: [Int: Int], _ target: KernelTarget, _ store: ObjectStore?
    ) throws(KernelError) -> [String: UInt] {
        let base = UInt(bitPattern: block.baseAddress)
        for section in object.sections {
            guard let offset = offsets[section.index] else { continue }
            UnsafeMutableRawBufferPointer(rebasing: block[offset..<(offset + section.bytes.count)])
                .copyBytes(from: object.bytes[section.bytes])
        }
        var values: [UInt?] = []
        var named: [String: UInt] = [:]
        for symbol in object.symbols {
            let value = symbol.section.flatMap { offsets[$0] }.map { base + UInt($0 + symbol.offset) }
            if let value, value - base > block.count { throw BoundedBytes.truncated }
            values.append(value)
            if let value, !symbol.name.isEmpty { named[symbol.name] = value }
        }
        for (number, index) in external.enumerated() {
            let name = object.symbols[index].name
            let support = try SupportLibrary.address(of: name, target, store: store)
            guard let function = support ?? dlsym(nil, name).map({ UInt(bitPattern: $0) }) else {
                throw .linkingFailed("the code needs `\(name)`, which this process does not have")
            }
            let jump = jumps + number * jumpSize
            try Relocator.writeJump(to: function, at: jump, in: block, machine: object.machine)
            values[index] = base + UInt(jump)
        }
        for relocation in object.relocations {
            guard let section = offsets[relocation.section], values.indices.contains(relocation.symbol),
                let value = values[relocation.symbol]
            else { throw BoundedBytes.truncated }
            var symbol = value
            if Relocator.wantsSlot(relocation.type, machine: object.machine), let slot = slots[relocation.symbol] {
                block.storeBytes(of: UInt64(value), toByteOffset: slot, as: UInt64.self)
                symbol = base + UInt(slot)
            }
            try Relocator.apply(
                relocation.type, at: section + relocation.offset, symbol: symbol, addend: relocation.addend, in: block,
                machine: object.machine)
        }
        return named
    }

    private static let jumpSize = 16
    private static let slotSize = 8
}
