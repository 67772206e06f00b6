import Foundation
import TestSupport
import Testing

/// A folder stands where a command is to write a file.
@Suite("Output paths that are folders")
struct OutputFolderTests {
    @Test(
        "Every command ends with status 1, and says so before its work where it can",
        arguments: [
            ["eval", "x", "--input", "points.csv", "-o", "made.csv"], ["compile", "x", "--emit", "c", "-o", "made.csv"],
            ["export", "onnx", "x", "-o", "made.onnx"], ["plot", "x", "-o", "made.svg"],
            ["data", "generate", "physics", "-o", "made.csv"], ["data", "convert", "points.csv", "made.csv"],
            ["predict", "--model", "m.safetensors", "--data", "points.csv", "-o", "made.csv"],
            ["train", "--generate", "physics", "--save", "made.safetensors"],
            ["train", "--generate", "physics", "--checkpoint", "made.csv"],
            ["train", "--generate", "physics", "--plot", "made.svg"],
            ["discover", "--generate", "physics", "--rows", "200", "--generations", "1", "--plot", "made.svg"],
            ["discover", "--generate", "physics", "--rows", "200", "--generations", "1", "--population-out", "made.csv"],
            ["discover", "--generate", "physics", "--rows", "200", "--generations", "1", "--checkpoint", "made.csv"],
        ])
    func folders(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        try folder.write("x,y\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n7,0\n8,1\n9,0\n10,1\n", to: "points.csv")
        for name in ["made.csv", "made.svg", "made.onnx", "made.safetensors"] {
            try FileManager.default.createDirectory(at: folder.file(name), withIntermediateDirectories: true)
        }
        if arguments[0] == "predict" {
            let training = try CommandLine(
                "train", "--data", "points.csv", "--epochs", "1", "--save", "m.safetensors", folder: folder.url)
            try #require(training.status == 0, "\(training.errors)")
        }
        let run = try CommandLine(arguments, folder: folder.url)
        #expect(run.status == 1, "\(run.errors)")
        #expect(run.errors.contains("made."), "\(run.errors)")
        #expect(run.errors.contains("it is a folder. Name a file"), "\(run.errors)")
    }

    @Test(
        "A file where a folder is to be is status 1 too",
        arguments: [["export", "c", "x", "-o", "file"], ["reproduce", "--out", "file"]])
    func files(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", to: "file")
        let run = try CommandLine(arguments, folder: folder.url)
        #expect(run.status == 1, "\(run.errors)")
        #expect(run.errors.contains("file"), "\(run.errors)")
    }
}
