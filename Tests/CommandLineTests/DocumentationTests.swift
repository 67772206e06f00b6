import Foundation
import TestSupport
import Testing

@Suite("Documentation")
struct DocumentationTests {
    /// The package's folder.
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A command that a page shows, and what it says the command prints.
    struct Example: Sendable, CustomTestStringConvertible {
        let page: String
        let command: String
        var output: String

        var testDescription: String { "\(page): \(command)" }
    }

    /// Every `$ formulac …` in the console blocks of README.md and of the pages in Documentation.
    private static let examples: [Example] = {
        let folder = root.appendingPathComponent("Documentation")
        let pages = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
        let files = [root.appendingPathComponent("README.md")] + pages.map { folder.appendingPathComponent($0) }
        return files.filter { $0.pathExtension == "md" }.flatMap(examples(in:))
    }()

    private static func examples(in file: URL) -> [Example] {
        var examples: [Example] = []
        var isInside = false
        for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").components(separatedBy: "\n") {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                examples.append(Example(page: file.lastPathComponent, command: String(line.dropFirst(2)), output: ""))
            } else if isInside, !examples.isEmpty {
                examples[examples.count - 1].output += line + "\n"
            }
        }
        return examples
    }

    /// The words of a command line whose only quotes are double ones.
    private static func words(_ command: String) -> [String] {
        var words: [String] = []
        for (index, part) in command.components(separatedBy: "\"").enumerated() {
            if index % 2 == 1 {
                words.append(part)
            } else {
                words += part.split(separator: " ").map(String.init)
            }
        }
        return words
    }

    @Test("Commands print what their pages say", arguments: examples)
    func example(_ example: Example) throws {
        let words = Self.words(example.command)
        try #require(words.first == "formulac")
        let folder = try TemporaryFolder()
        let run = try CommandLine(Array(words.dropFirst()), folder: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == example.output)
    }

    /// A page's shell block that runs formulac, and the text that it is said to print.
    struct Script: Sendable, CustomTestStringConvertible {
        let page: String
        let commands: String
        let output: String

        var testDescription: String { commands }
    }

    /// The blocks of a page in one language.
    private static func blocks(_ language: String, in page: String) -> [String] {
        let text = (try? String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)) ?? ""
        return text.components(separatedBy: "\n```\(language)\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0] + "\n"
        }
    }

    private static let scripts = ["Documentation/Exports.md", "Documentation/Models.md"].flatMap { page in
        zip(blocks("sh", in: page), blocks("text", in: page)).map { Script(page: page, commands: $0, output: $1) }
    }

    @Test("Exports and models are used as their pages say", arguments: scripts)
    func script(_ script: Script) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.blocks("c", in: script.page)[0], to: "main.c")
        // Packages and processors that not every machine has.
        var commands = script.commands
        if commands.contains("python3") {
            guard let python = PythonExportTests.python, PythonExportTests.has("numpy") else { return }
            for package in ["safetensors", "onnxruntime"] where commands.contains(package) {
                guard PythonExportTests.has(package) else { return }
            }
            commands = commands.replacingOccurrences(of: "python3", with: "'\(python)' -B")
        }
        if commands.contains("gcc") {
            guard let gcc = Tool.find("gcc") else { return }
            let macros = try Tool.run(gcc, ["-march=native", "-dM", "-E", "-x", "c", "/dev/null"], folder: folder.url)
            guard macros.output.contains("__FP_FAST_FMA ") else { return }
        }
        let program = CommandLine.executable.deletingLastPathComponent().path
        // What formulac itself prints, such as the paths of files, goes to where it does not mix.
        let quiet = commands.replacingOccurrences(of: "(?m)^formulac .*$", with: "$0 > log 2>&1", options: .regularExpression)
        let run = try Tool.run(
            "/bin/sh", ["-euc", "export PATH='\(program)':$PATH XDG_CACHE_HOME=cache\n\(quiet)"], folder: folder.url)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output == script.output)
    }

    @Test("There are examples") func found() {
        #expect(Self.examples.count >= 5)
        #expect(Self.scripts.count == 8)
    }

    @Test("The page of functions is the one that the command writes")
    func functions() throws {
        let page = Self.root.appendingPathComponent("Documentation/Functions.md")
        #expect(
            try String(contentsOf: page, encoding: .utf8) == CommandLine("functions", "--markdown").output,
            "write it anew: formulac functions --markdown > Documentation/Functions.md")
    }
}
