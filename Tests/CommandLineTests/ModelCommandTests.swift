import Datasets
import Formulas
import Foundation
import Networks
import TestSupport
import Testing

/// A trained network on its way: kept, used, exported.
@Suite("formulac train --save, predict, export --model")
struct ModelCommandTests {
    /// Trains on generated data, which are written too.
    private static func trained(_ folder: TemporaryFolder, _ options: [String] = []) throws {
        let data = try CommandLine("data", "generate", "physics", "--rows", "700", "-o", "data.csv", folder: folder.url)
        try #require(data.status == 0)
        let run = try CommandLine(
            [
                "train", "--data", "data.csv", "--label", "first", "--epochs", "3", "--hidden", "24,12", "--batch-size", "64",
                "--activation", "x*cos(x) + b*sin(x)", "--param", "b=0.25", "--save", "m.safetensors",
            ] + options, folder: folder.url)
        try #require(run.status == 0, "\(run.errors)")
    }

    private static func lines(_ file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test("The same training writes the same model, byte for byte; several runs write numbered ones")
    func saving() throws {
        let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
        try Self.trained(first, ["--threads", "1"])
        try Self.trained(second, ["--seed", "41", "--seed", "42"])
        #expect(first.names == ["data.csv", "m.safetensors"])
        #expect(second.names == ["data.csv", "m-1.safetensors", "m-2.safetensors"])
        #expect(
            try Data(contentsOf: first.file("m.safetensors")) == Data(contentsOf: second.file("m-2.safetensors")))
        #expect(
            try Data(contentsOf: first.file("m.safetensors")) != Data(contentsOf: second.file("m-1.safetensors")))
    }

    @Test("predict finds columns by name or by place, and tells what is missing")
    func predict() throws {
        let folder = try TemporaryFolder()
        try Self.trained(folder)
        let run = try CommandLine("predict", "--model", "m.safetensors", "--data", "data.csv", folder: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let printed = run.output.split(separator: "\n").map(String.init)
        #expect(printed.count == 701 && printed[0] == "probability,class")
        #expect(run.errors.hasPrefix("compared with the column label: accuracy 0."))

        // In another order, with a column too many, and written to a file.
        let rows = try Self.lines(folder.file("data.csv")).map { $0.split(separator: ",").map(String.init) }
        let features = rows.map { Array($0.dropFirst()) }
        func write(_ rows: [[String]], _ name: String) throws {
            try folder.write(rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n", to: name)
        }
        try write(rows.map { $0.reversed() }, "reversed.csv")
        let report = try CommandLine(
            "predict", "--model", "m.safetensors", "--data", "reversed.csv", "-o", "p.csv", "--json", folder: folder.url)
        #expect(try report.json()["rows"] as? Int == 700)
        #expect(try report.json()["unusedColumns"] as? [String] == [rows[0][0]])
        // The label's column is there, and its rows are the first of each line.
        let quality = try #require(try report.json()["quality"] as? [String: Any])
        let hits = zip(rows.dropFirst(), printed.dropFirst()).count { row, line in
            Float(row[0]) == line.split(separator: ",").last.flatMap { Float($0) }
        }
        // As a count: Foundation reads some decimal texts a unit in the last place off.
        #expect(try (700 * #require(quality["accuracy"] as? Double)).rounded() == Double(hits))
        #expect(try #require(quality["auc"] as? Double) > 0)
        #expect(try Self.lines(folder.file("p.csv")) == printed)

        // Without names: by place.
        try write(Array(features.dropFirst()), "nameless.csv")
        let nameless = try CommandLine("predict", "--model", "m.safetensors", "--data", "nameless.csv", folder: folder.url)
        #expect(nameless.status == 0)
        #expect(nameless.errors.contains("has no column names") && !nameless.errors.contains("compared"))
        #expect(nameless.output == run.output)

        // As a NumPy array.
        let array = try CommandLine(
            "predict", "--model", "m.safetensors", "--data", "nameless.csv", "-o", "p.npy", folder: folder.url)
        #expect(array.status == 0)
        #expect(try Data(contentsOf: folder.file("p.npy")).prefix(6) == Data([0x93] + Array("NUMPY".utf8)))

        try write(rows.map { Array($0.dropFirst(3)) }, "lacking.csv")
        let lacking = try CommandLine("predict", "--model", "m.safetensors", "--data", "lacking.csv", folder: folder.url)
        #expect(lacking.status == 65)
        #expect(lacking.errors.contains("lacks 2 of the model's \(features[0].count) features: \(rows[0][1]), \(rows[0][2])"))
        #expect(lacking.output.isEmpty)
        try write(features.dropFirst().map { Array($0.dropFirst()) }, "narrow.csv")
        #expect(try CommandLine("predict", "--model", "m.safetensors", "--data", "narrow.csv", folder: folder.url).status == 65)
    }

    @Test("What is no model is refused by predict and exports, and nothing is written")
    func refusal() throws {
        let folder = try TemporaryFolder()
        try folder.write("1,2\n", to: "data.csv")
        try folder.write(Array("not a model, but long enough".utf8), to: "m.safetensors")
        for arguments in [
            ["predict", "--model", "m.safetensors", "--data", "data.csv", "-o", "p.csv"],
            ["export", "onnx", "--model", "m.safetensors", "-o", "m.onnx"],
            ["export", "c", "--model", "m.safetensors", "-o", "made"],
            ["predict", "--model", "nosuch", "--data", "data.csv"],
        ] {
            let run = try CommandLine(arguments, folder: folder.url)
            #expect(run.status == 65)
            #expect(run.errors.hasPrefix("formulac: error: \(arguments.contains("nosuch") ? "nosuch" : "m.safetensors"): "))
        }
        for arguments in [
            ["onnx", "-o", "m.onnx"], ["c", "-o", "made"], ["c", "x", "--model", "m", "-o", "made"], ["shared", "-o", "made"],
        ] {
            #expect(try CommandLine(["export"] + arguments, folder: folder.url).status == 64)
        }
        #expect(folder.names == ["data.csv", "m.safetensors"])
    }

    /// A program around the predictor: rows from a file, predictions to another.
    private static let program = """
        #include "net.h"
        #include <stdio.h>
        #include <stdlib.h>
        int main(int argc, char **argv)
        {
            static float rows[NET_FEATURES * 4096], predictions[NET_OUTPUTS * 4096];
            FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
            size_t count;
            if (!file) return 1;
            count = fread(rows, NET_FEATURES * sizeof(float), 4096, file);
            fclose(file);
            net_predict(count, rows, predictions);
            file = fopen(argv[2], "wb");
            if (!file) return 1;
            fwrite(predictions, NET_OUTPUTS * sizeof(float), count, file);
            return fclose(file) == 0 ? 0 : 1;
        }

        """

    private static let compilers = ["gcc", "clang"].filter { Tool.find($0) != nil }

    /// A model of some task as `m.safetensors`, trained a little, with the rows of its data as `data.csv`.
    private static func trained(_ folder: TemporaryFolder, for task: LearningTask) throws {
        let features = SyntheticData.physics.dataset(rowCount: 700, seed: 1).features
        let labels = (0..<features.rowCount).map { row -> Float in
            let value = features[row, 0] + features[row, 1] * features[row, 2]
            return switch task {
            case .binary: value > 1 ? 1 : 0
            case .multiclass: value < 0.5 ? -1 : value < 1.5 ? 2 : 5
            case .regression: 100 + 30 * value
            }
        }
        let data = try #require(Dataset(source: "data.csv", features: features, labelName: "label", labels: labels))
        let parameters = ParsingOptions(parameters: [Parameter(name: "b", value: 1), Parameter(name: "c", value: 0.25)])
        let activations = [
            try Activation("x*sigmoid(b*x) + c*sin(x)", options: parameters, trainedParameters: ["b"], parameterSharing: .unit),
            try Activation("x*cos(x)"),
        ]
        let network = NetworkConfiguration(
            hidden: zip([24, 12], activations).map {
                LayerConfiguration(units: $0, activation: $1, hasBatchNormalization: $0 == 24)
            },
            task: task)
        var training = TrainingConfiguration()
        (training.epochs, training.batchSize) = (3, 64)
        let result = try Trainer(network).train(data, training)
        try ModelFile(result.network).write(to: folder.path("m.safetensors"))
        let rows = zip(0..<features.rowCount, labels).flatMap { Array(features.row($0)) + [$1] }
        try #require(Table(columnNames: features.columnNames + ["label"], values: rows)).write(to: folder.path("data.csv"))
    }

    private static let tasks: [LearningTask] = [.binary, .multiclass(classCount: 3), .regression]

    @Test(
        "The C predictor gives the same bits by every compiler and at every level, those of predict",
        arguments: tasks)
    func cPredictor(_ task: LearningTask) throws {
        try #require(!Self.compilers.isEmpty)
        let folder = try TemporaryFolder()
        try Self.trained(folder, for: task)
        let flags = [["-O0"], ["-O3", "-march=native"]] + (task == .binary ? [["-O1"], ["-O2", "-fwrapv"]] : [])
        try Self.runC(folder, compilers: Self.compilers, flags)
        let outputs = try folder.names.filter { $0.hasPrefix("c-") }.map { try Data(contentsOf: folder.file($0)) }
        #expect(outputs.count == flags.count * Self.compilers.count)
        #expect(Set(outputs).count == 1)
        let found = try #require(outputs.first).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        // The columns besides the class.
        let columns = task.outputCount == 1 ? 0..<1 : 1..<4
        let expected = try Self.lines(folder.file("predictions.csv")).dropFirst().flatMap { line in
            line.split(separator: ",")[columns].compactMap { Float($0) }
        }
        try #require(found.count == 700 * task.outputCount && expected.count == found.count)
        // Without fused multiply-add, predict rounds products of sums: 16 units in the last place of the largest.
        let rounding = Self.fuses ? 0 : 1e-6 * (expected.map(abs).max() ?? 0)
        let largest = zip(found, expected).map { abs($0 - $1) }.max() ?? .nan
        #expect(largest <= rounding)
    }

    /// Whether this machine has the fused multiply-add instruction.
    private static let fuses: Bool = {
        guard let gcc = Tool.find("gcc"), let folder = try? TemporaryFolder() else { return false }
        let macros = try? Tool.run(gcc, ["-march=native", "-dM", "-E", "-x", "c", "/dev/null"], folder: folder.url)
        return macros?.output.contains("__FP_FAST_FMAF ") ?? false
    }()

    /// Writes the predictor, and its results by each compiler at each level as c-COMPILER-NUMBER.bin; predict's as predictions.
    private static func runC(_ folder: TemporaryFolder, compilers: [String], _ levels: [[String]]) throws {
        let export = try CommandLine(
            "export", "c", "--model", "m.safetensors", "-o", ".", "--name", "net", folder: folder.url)
        try #require(export.status == 0, "\(export.errors)")
        #expect(export.output == "./net.h\n./net.c\n")
        try folder.write(program, to: "main.c")
        let rows = try lines(folder.file("data.csv")).dropFirst().map {
            $0.split(separator: ",").dropLast().compactMap { Float($0) }
        }
        try folder.write(
            rows.flatMap { $0 }.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
            }, to: "rows.bin")
        for compiler in compilers {
            for (index, flags) in levels.enumerated() {
                // Each file compiles alone, without a warning.
                let warnings = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
                let compiled = try Tool.run(
                    try #require(Tool.find(compiler)), warnings + flags + ["main.c", "net.c", "-o", "program", "-lm"],
                    folder: folder.url)
                #expect(compiled.status == 0, "\(compiler) \(flags): \(compiled.output)")
                let run = try Tool.run(
                    folder.path("program"), ["rows.bin", "c-\(compiler)-\(index).bin"], folder: folder.url)
                #expect(run.status == 0)
            }
        }
        for name in ["predictions.csv", "predictions.npy"] {
            let run = try CommandLine("predict", "--model", "m.safetensors", "--data", "data.csv", "-o", name, folder: folder.url)
            try #require(run.status == 0, "\(run.errors)")
        }
    }

    @Test("A network without hidden layers is written as well, -ffast-math is refused")
    func smallest() throws {
        let folder = try TemporaryFolder()
        let data = SyntheticData.physics.dataset(rowCount: 300, seed: 1)
        var training = TrainingConfiguration()
        training.epochs = 1
        for task in [LearningTask.binary, .regression] {
            let result = try Trainer(NetworkConfiguration(hidden: [], task: task)).train(data, training)
            try ModelFile(result.network).write(to: folder.path("m.safetensors"))
            let run = try CommandLine(
                "export", "c", "--model", "m.safetensors", "-o", ".", "--name", "net", "--json", folder: folder.url)
            #expect(try run.json()["task"] as? String == task.name)
            for compiler in Self.compilers {
                func compile(_ flags: String...) throws -> (status: Int32, output: String) {
                    try Tool.run(
                        try #require(Tool.find(compiler)),
                        ["-std=c99", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-c", "net.c"] + flags,
                        folder: folder.url)
                }
                let compiled = try compile()
                #expect(compiled.status == 0, "\(compiled.output)")
                #expect(try compile("-ffast-math").status != 0)
            }
        }
    }

    @Test("Files that cannot be written are told before training")
    func unwritable() throws {
        for (option, name) in [("--save", "file.safetensors"), ("--checkpoint", "file"), ("--plot", "file.svg")] {
            let run = try CommandLine("train", "--generate", "physics", option, "/nonexistent/\(name)")
            #expect(run.status == 1)
            #expect(run.errors.hasPrefix("formulac: error: /nonexistent/\(name): cannot be written"))
        }
    }

    private static let hasPeers = ["safetensors", "onnx", "onnxruntime"].allSatisfy(PythonExportTests.has)

    @Test(
        "safetensors reads the model; NumPy in double, onnxruntime, the C predictor and predict agree",
        .enabled(if: hasPeers, "needs a Python with safetensors, onnx and onnxruntime"), arguments: tasks)
    func peers(_ task: LearningTask) throws {
        let folder = try TemporaryFolder()
        try Self.trained(folder, for: task)
        try Self.runC(folder, compilers: Array(Self.compilers.prefix(1)), [["-O2"]])
        let onnx = try CommandLine("export", "onnx", "--model", "m.safetensors", "-o", "model.onnx", folder: folder.url)
        #expect(onnx.status == 0 && onnx.output == "model.onnx\n")
        try FileManager.default.moveItem(at: folder.file("m.safetensors"), to: folder.file("model.safetensors"))
        let rows = "import numpy; numpy.save('rows.npy', numpy.fromfile('rows.bin', dtype='<f4').reshape(700, -1))"
        let python = try #require(PythonExportTests.python)
        try #require(try Tool.run(python, ["-c", rows], folder: folder.url).status == 0)
        let script = try #require(Bundle.module.url(forResource: "check_model", withExtension: "py", subdirectory: "Python"))
        let run = try Tool.run(python, ["-B", script.path, folder.url.path, "1"], folder: folder.url)
        #expect(run.status == 0, "\(run.output)")
    }
}
