import Foundation

/// Named tensors and texts in the safetensors format (https://github.com/huggingface/safetensors): 8 bytes with the
/// header's length, the header in JSON, and the tensors' elements one tensor after another.
///
/// The format holds nothing but numbers and text, so a file can come from anywhere: reading it runs nothing, and takes no
/// more memory than a few times the file's size.
///
/// ```swift
/// var file = Safetensors(metadata: ["made": "by hand"])
/// file["weight"] = Safetensors.Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
/// let copy = try Safetensors(decoding: file.encoded())
/// ```
public struct Safetensors: Hashable, Sendable {
    /// The tensors by name.
    public private(set) var tensors: [String: Tensor] = [:]
    /// Texts by name.
    public var metadata: [String: String]

    /// A file without tensors.
    public init(metadata: [String: String] = [:]) { self.metadata = metadata }

    /// Numbers in a shape, the last dimension's next to each other.
    public struct Tensor: Hashable, Sendable {
        /// The elements' type.
        public let type: SafetensorsType
        /// The sizes of the dimensions; none for a single number.
        public let shape: [Int]
        /// The elements, each with its least significant byte first.
        let bytes: [UInt8]

        init(type: SafetensorsType, shape: [Int], bytes: [UInt8]) {
            self.type = type
            self.shape = shape
            self.bytes = bytes
        }

        /// A vector.
        public init<Element: SafetensorsElement>(_ values: [Element]) {
            self.init(values, type: Element.safetensorsType, shape: [values.count])
        }

        /// A tensor of a shape.
        ///
        /// - Returns: `nil` when there are not as many numbers as the shape takes.
        public init?<Element: SafetensorsElement>(_ values: [Element], shape: [Int]) {
            guard Self.count(shape) == values.count else { return nil }
            self.init(values, type: Element.safetensorsType, shape: shape)
        }

        private init<Element: SafetensorsElement>(_ values: [Element], type: SafetensorsType, shape: [Int]) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(values.count * type.size)
            for value in values {
                let bits = value.safetensorsBits
                for index in 0..<type.size { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(index)))) }
            }
            self.init(type: type, shape: shape, bytes: bytes)
        }

        /// The numbers, if they are of a type.
        public func values<Element: SafetensorsElement>(as _: Element.Type) -> [Element]? {
            guard type == Element.safetensorsType else { return nil }
            return stride(from: 0, to: bytes.count, by: type.size).map { start in
                var bits: UInt64 = 0
                for index in 0..<type.size { bits |= UInt64(bytes[start + index]) << (8 * UInt64(index)) }
                return Element(safetensorsBits: bits)
            }
        }

        /// How many numbers a shape takes; `nil` for negative dimensions and products beyond `Int`.
        static func count(_ shape: [Int]) -> Int? {
            var count = 1
            for dimension in shape {
                let (product, overflows) = count.multipliedReportingOverflow(by: dimension)
                guard dimension >= 0, !overflows else { return nil }
                count = product
            }
            return count
        }
    }

    /// A tensor by name.
    public subscript(name: String) -> Tensor? {
        get { tensors[name] }
        set { tensors[name] = newValue }
    }

    /// The numbers of a tensor that must be there, of a type and, if given, of a shape.
    public func values<Element: SafetensorsElement>(
        _ name: String, as type: Element.Type = Element.self, shape: [Int]? = nil
    ) throws(SafetensorsError) -> [Element] {
        guard let tensor = tensors[name] else { throw .missing(tensor: name) }
        guard let values = tensor.values(as: type) else {
            throw .wrongType(tensor: name, type: tensor.type, expected: Element.safetensorsType)
        }
        if let shape, shape != tensor.shape { throw .wrongShape(tensor: name, shape: tensor.shape, expected: shape) }
        return values
    }

    /// The file's bytes; the same for equal tensors and texts.
    ///
    /// - Throws: `SafetensorsError.malformedHeader` for a tensor named `__metadata__`.
    public func encoded() throws(SafetensorsError) -> [UInt8] {
        // Large elements first, so that every tensor is aligned to its elements' size, as Python's `safetensors` has it.
        let order = tensors.sorted { ($1.value.type.size, $0.key) < ($0.value.type.size, $1.key) }
        var entries: [String: SafetensorsHeader.Entry] = [:]
        var end = 0
        for (name, tensor) in order {
            entries[name] = .init(
                dtype: tensor.type.rawValue, shape: tensor.shape, data_offsets: [end, end + tensor.bytes.count])
            end += tensor.bytes.count
        }
        var header = try SafetensorsHeader(metadata: metadata.isEmpty ? nil : metadata, entries: entries).encoded()
        // The data begin at a multiple of 8 bytes.
        header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        bytes.reserveCapacity(8 + header.count + end)
        bytes += header
        for (_, tensor) in order { bytes += tensor.bytes }
        return bytes
    }
}
