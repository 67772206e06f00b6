/// A relocatable ELF object for a 64-bit little-endian machine, as LLVM writes it: the parts that a loader needs.
///
/// Every read is checked against the file's bounds, so a damaged file is an error and never a wild access.
struct ObjectFile {
    /// A section that takes memory when loaded.
    struct Section {
        let index: Int
        let bytes: Range<Int>
        let alignment: Int
    }

    /// A place in a section that depends on where things come to lie.
    struct Relocation {
        let section: Int
        let offset: Int
        let type: UInt32
        let symbol: Int
        let addend: Int64
    }

    struct Symbol {
        let name: String
        /// The section that defines it, or `nil` for one that is no place in a section.
        let section: Int?
        /// Whether the object expects it from outside.
        let isExternal: Bool
        let offset: Int
    }

    let bytes: [UInt8]
    let machine: UInt16
    let sections: [Section]
    let relocations: [Relocation]
    let symbols: [Symbol]

    private struct Header {
        let type: UInt32
        let flags: UInt64
        let offset, size, alignment: Int
        let link, info: Int
    }

    // Names and numbers of the ELF-64 object file format, version 1.5, and of the System V ABI.
    private static let programBits: UInt32 = 1
    private static let symbolTable: UInt32 = 2
    private static let relocationsWithAddend: UInt32 = 4
    private static let occupiesMemory: UInt64 = 2

    /// Reads an object file.
    init(_ bytes: [UInt8]) throws(KernelError) {
        self.bytes = bytes
        let file = BoundedBytes(bytes)
        guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]) else {
            throw .linkingFailed("the code is not a 64-bit little-endian ELF object")
        }
        machine = try file.read(UInt16.self, at: 18)
        let table = try file.offset(at: 40)
        let entrySize = Int(try file.read(UInt16.self, at: 58))
        let count = Int(try file.read(UInt16.self, at: 60))
        var headers: [Header] = []
        for index in 0..<count {
            let start = table + index * entrySize
            headers.append(
                Header(
                    type: try file.read(UInt32.self, at: start + 4), flags: try file.read(UInt64.self, at: start + 8),
                    offset: try file.offset(at: start + 24), size: try file.offset(at: start + 32),
                    alignment: try file.offset(at: start + 48), link: Int(try file.read(UInt32.self, at: start + 40)),
                    info: Int(try file.read(UInt32.self, at: start + 44))))
        }
        var sections: [Section] = []
        var relocations: [Relocation] = []
        var symbols: [Symbol] = []
        for (index, header) in headers.enumerated() {
            let range = header.offset..<(header.offset + header.size)
            switch header.type {
            case Self.programBits where header.flags & Self.occupiesMemory != 0:
                try file.check(range)
                let alignment = max(1, header.alignment)
                guard alignment <= 4096, alignment & (alignment - 1) == 0 else {
                    throw .linkingFailed("a section wants to be aligned to \(alignment) bytes")
                }
                sections.append(Section(index: index, bytes: range, alignment: alignment))
            case Self.relocationsWithAddend:
                guard headers.indices.contains(header.info), headers[header.info].flags & Self.occupiesMemory != 0
                else { continue }
                relocations += try Self.relocations(file, range, section: header.info)
            case Self.symbolTable:
                guard headers.indices.contains(header.link) else { throw BoundedBytes.truncated }
                symbols = try Self.symbols(file, range, names: headers[header.link].offset, sections: count)
            default: break
            }
        }
        self.sections = sections
        self.relocations = relocations
        self.symbols = symbols
    }

    private static func relocations(
        _ file: BoundedBytes, _ range: Range<Int>, section: Int
    ) throws(KernelError) -> [Relocation] {
        var result: [Relocation] = []
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 24) {
            let info = try file.read(UInt64.self, at: start + 8)
            result.append(
                Relocation(
                    section: section, offset: try file.offset(at: start), type: UInt32(truncatingIfNeeded: info),
                    symbol: Int(info >> 32), addend: try file.read(Int64.self, at: start + 16)))
        }
        return result
    }

    private static func symbols(
        _ file: BoundedBytes, _ range: Range<Int>, names: Int, sections: Int
    ) throws(KernelError) -> [Symbol] {
        var result: [Symbol] = []
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 24) {
            let name = Int(try file.read(UInt32.self, at: start))
            let section = Int(try file.read(UInt16.self, at: start + 6))
            let text = try file.string(at: names + name)
            result.append(
                Symbol(
                    name: text, section: (1..<sections).contains(section) ? section : nil,
                    isExternal: section == 0 && !text.isEmpty, offset: try file.offset(at: start + 8)))
        }
        return result
    }
}

/// Bytes that are read at offsets not to be trusted.
struct BoundedBytes {
    private let bytes: [UInt8]

    static let truncated = KernelError.linkingFailed("the object file is cut short or damaged")

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func check(_ range: Range<Int>) throws(KernelError) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { throw Self.truncated }
    }

    func read<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) throws(KernelError) -> Value {
        guard offset >= 0, offset <= bytes.count - MemoryLayout<Value>.size else { throw Self.truncated }
        return bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) }
    }

    /// A 64-bit offset or size, refused when no file could be so large: sums of a few of them cannot overflow.
    func offset(at place: Int) throws(KernelError) -> Int {
        let value = try read(UInt64.self, at: place)
        guard value <= UInt64(bytes.count) else { throw Self.truncated }
        return Int(value)
    }

    func string(at offset: Int) throws(KernelError) -> String {
        guard bytes.indices.contains(offset) else { throw Self.truncated }
        return String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
    }
}
