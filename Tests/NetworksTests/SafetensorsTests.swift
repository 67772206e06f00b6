import Foundation
import TestSupport
import Testing

@testable import Networks

@Suite("Safetensors files")
struct SafetensorsTests {
    private static let sample: Safetensors = {
        var file = Safetensors(metadata: ["made": "by \"hand\": é\n", "empty": ""])
        file["b.weight"] = Safetensors.Tensor([1, -0.0, .infinity, 4, 5, .leastNonzeroMagnitude] as [Float], shape: [2, 3])
        file["a.mean"] = Safetensors.Tensor([Double.pi, -1])
        file["c"] = Safetensors.Tensor([7] as [Float], shape: [])
        file["none"] = Safetensors.Tensor([Float]())
        file["state"] = Safetensors.Tensor([UInt64.max, 1])
        file["order"] = Safetensors.Tensor([-1, Int.max, Int.min])
        return file
    }()

    /// A file of a header's text and some bytes of data.
    private static func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
        let length = length ?? UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
            + [UInt8](repeating: 1, count: data)
    }

    @Test("What is written is read back, bit for bit")
    func roundTrip() throws {
        let bytes = try Self.sample.encoded()
        let copy = try Safetensors(decoding: bytes)
        #expect(copy == Self.sample)
        #expect(try copy.encoded() == bytes)
        #expect(try copy.values("b.weight", as: Float.self, shape: [2, 3])[1].sign == .minus)
        #expect(try copy.values("order") == [-1, Int.max, Int.min])
    }

    @Test("The bytes are those of the format")
    func layout() throws {
        var file = Safetensors(metadata: ["k": "v"])
        file["w"] = Safetensors.Tensor([1.5 as Float])
        let header = #"{"__metadata__":{"k":"v"},"w":{"data_offsets":[0,4],"dtype":"F32","shape":[1]}}"#
        let padded = header + String(repeating: " ", count: (8 - header.count % 8) % 8)
        #expect(try file.encoded() == [UInt8(padded.count), 0, 0, 0, 0, 0, 0, 0] + Array(padded.utf8) + [0, 0, 0xc0, 0x3f])
    }

    @Test(
        "Malformed files are refused with their fault",
        arguments: [
            ([1, 2, 3], SafetensorsError.noHeader(bytes: 3)),
            (file("{}", length: .max), .headerTooLong(bytes: .max, limit: 100_000_000)),
            (file("{}", length: 1 << 40), .headerTooLong(bytes: 1 << 40, limit: 100_000_000)),
            (file("{}", length: 90_000_000), .truncatedHeader(bytes: 90_000_000, present: 2)),
            (file("[]"), .noSafetensors), (Array("a,b\n1,2\n3,4\n".utf8), .noSafetensors),
            (file(""), .malformedHeader(reason: "it does not begin with {")),
            (file(#"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}"#, data: 2), .unknownType(tensor: "a", type: "F16")),
            (
                file(#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#),
                .impossibleShape(tensor: "a")
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}"#),
                .impossibleShape(tensor: "a")
            ),
            (file(#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, data: 4), .impossibleShape(tensor: "a")),
            (
                file(#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, data: 4),
                .wrongSize(tensor: "a", bytes: 4, expected: 8)
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, data: 4),
                .malformedHeader(reason: "a: the offsets are not a begin and an end")
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, data: 4),
                .malformedHeader(reason: "a: the offsets are not a begin and an end")
            ),
            // Two tensors over the same bytes.
            (
                file(
                    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
                    data: 8), .misplaced(tensor: "b", offset: 4, expected: 8)
            ),
            // Bytes that belong to none.
            (
                file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, data: 8),
                .misplaced(tensor: "a", offset: 4, expected: 0)
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, data: 3), .wrongLength(bytes: 3, expected: 4)
            ),
            (
                file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, data: 5), .wrongLength(bytes: 5, expected: 4)
            ),
            (
                file(
                    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#,
                    data: 4), .repeatedName
            ),
            (file(#"{"__metadata__":{"k":"v","k":"w"}}"#), .repeatedName),
            (file(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}"#, data: 4), .repeatedName),
        ])
    func malformed(_ bytes: [UInt8], _ fault: SafetensorsError) {
        #expect(throws: fault) { try Safetensors(decoding: bytes) }
    }

    @Test(
        "Headers of another form are refused",
        arguments: [
            "{", #"{"a""#, #"{"a":1}"#, #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#,
            #"{"a":{"dtype":"F32","shape":[1e400],"data_offsets":[0,4]}}"#,
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}"#,
            #"{"a":{"dtype":"F32","shape":[1]}}"#, #"{"__metadata__":{"k":1}}"#, #"{"__metadata__":[]}"#, "{\"\u{0}\":1}",
            String(repeating: #"{"a":"#, count: 100_000),
        ])
    func malformedHeader(_ header: String) {
        #expect {
            try Safetensors(decoding: Self.file(header, data: 4))
        } throws: { error in
            if case SafetensorsError.malformedHeader = error { true } else { false }
        }
    }

    @Test("No damage of a file crashes its reader, and what is still read fills the file")
    func damage() throws {
        let bytes = try Self.sample.encoded()
        for length in 0..<bytes.count {
            #expect(throws: SafetensorsError.self) { try Safetensors(decoding: Array(bytes[..<length])) }
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var damaged = bytes
            var changes: [(Int, UInt8)] = []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<min(bytes.count, 520), using: &random)
                damaged[place] = [UInt8.random(in: .min ... .max, using: &random), UInt8(ascii: "9"), UInt8(ascii: "\"")]
                    .randomElement()!
                changes.append((place, damaged[place]))
            }
            guard let file = try? Safetensors(decoding: damaged) else { continue }
            let size = file.tensors.values.reduce(0) { $0 + $1.bytes.count }
            #expect(size < damaged.count, "\(changes)")
        }
    }

    @Test("A tensor that is missing, of another type or shape is told by name")
    func access() {
        let file = Self.sample
        #expect(throws: SafetensorsError.missing(tensor: "x")) { try file.values("x", as: Float.self) }
        #expect(throws: SafetensorsError.wrongType(tensor: "a.mean", type: .float64, expected: .float32)) {
            try file.values("a.mean", as: Float.self)
        }
        #expect(throws: SafetensorsError.wrongShape(tensor: "b.weight", shape: [2, 3], expected: [3, 2])) {
            try file.values("b.weight", as: Float.self, shape: [3, 2])
        }
        #expect(Safetensors.Tensor([1, 2] as [Float], shape: [3]) == nil)
    }
}
