import Foundation

/// The files in `../shared/data`, beside the package, which not every machine has.
public enum RealData {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/data").standardizedFileURL

    /// Where a file is.
    public static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Whether the files are there.
    public static var isPresent: Bool { FileManager.default.fileExists(atPath: path("README.md")) }
}
