import CZlib
import Foundation
import TestSupport

/// The bytes of a text, compressed with gzip.
func gzip(_ text: String, folder: TemporaryFolder) throws -> [UInt8] {
    let path = folder.path("compressing.gz")
    let file = gzopen(path, "wb")
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { gzwrite(file, $0.baseAddress, UInt32($0.count)) }
    gzclose(file)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}
