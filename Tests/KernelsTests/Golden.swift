import Foundation
import Testing

/// Text compared with a file kept beside the tests; `FORMULAC_RECORD=1` writes the file anew.
enum Golden {
    static func compare(_ text: String, with name: String, file: String = #filePath) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
        let path = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["FORMULAC_RECORD"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: path, atomically: true, encoding: .utf8)
        }
        let recorded = try String(contentsOf: path, encoding: .utf8)
        #expect(text == recorded, "\(name) differs; record it anew with FORMULAC_RECORD=1 if that is meant")
    }
}
