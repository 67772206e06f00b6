import Formulas
import Foundation
import TestSupport
import Testing

@Suite("formulac export python")
struct PythonExportTests {
    /// The Python to test with: the one that FORMULAC_PYTHON names, otherwise `python3`.
    static let python = Tool.find(
        ProcessInfo.processInfo.environment["FORMULAC_PYTHON"].flatMap { $0.isEmpty ? nil : $0 } ?? "python3")

    /// The packages that this Python has.
    private static let packages: Set<String> = {
        guard let python, let folder = try? TemporaryFolder() else { return [] }
        let script = """
            import importlib.util
            print(*(name for name in ("numpy", "torch", "jax", "onnx", "onnxruntime", "safetensors") if importlib.util.find_spec(name)))
            """
        guard let run = try? Tool.run(python, ["-c", script], folder: folder.url), run.status == 0 else { return [] }
        return Set(run.output.split(whereSeparator: \.isWhitespace).map(String.init))
    }()

    static func has(_ package: String) -> Bool { packages.contains("numpy") && packages.contains(package) }

    private static func check(_ package: String) throws {
        let folder = try TemporaryFolder()
        let swish = try CommandLine(
            "export", "python", "x*sigmoid(beta*x)", "--param", "beta=1.5", "--name", "swish", "-o", ".", folder: folder.url)
        #expect(swish.status == 0)
        #expect(swish.output == "./libswish.so\n./swish.py\n./swish.json\n")
        let pair = try CommandLine(
            "export", "python", "x*sin(y) + exp(-x*x)", "--variables", "y", "--name", "pair", "-o", ".", folder: folder.url)
        #expect(pair.status == 0)
        let script = try #require(Bundle.module.url(forResource: "check_module", withExtension: "py", subdirectory: "Python"))
        let run = try Tool.run(try #require(python), ["-B", script.path, folder.url.path, package], folder: folder.url)
        #expect(run.status == 0, "\(run.output)")
    }

    @Test("All blanks of the template are filled in")
    func blanks() throws {
        let folder = try TemporaryFolder()
        let run = try CommandLine("export", "python", "silu(x)", "--name", "silu", "-o", ".", folder: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let module = try String(contentsOf: folder.file("silu.py"), encoding: .utf8)
        #expect(module.firstMatch(of: /@[A-Z]+@/) == nil)
        #expect(module.contains("Written by formulac \(Release.version); do not edit.\n"))
    }

    @Test("NumPy arrays", .enabled(if: has("numpy"), "needs a Python with NumPy; FORMULAC_PYTHON names one"))
    func numpy() throws { try Self.check("numpy") }

    @Test("PyTorch, differentiated twice", .enabled(if: has("torch"), "needs a Python with PyTorch; FORMULAC_PYTHON names one"))
    func torch() throws { try Self.check("torch") }

    @Test("JAX, differentiated twice", .enabled(if: has("jax"), "needs a Python with JAX; FORMULAC_PYTHON names one"))
    func jax() throws { try Self.check("jax") }

    @Test("The module is Python whatever the formula's text holds", .enabled(if: python != nil, "needs Python"))
    func hostileText() throws {
        let folder = try TemporaryFolder()
        let run = try CommandLine(
            [
                "export", "python", "x + \n  `@LIBRARY@ \"\"\" \\ '''é`", "--variables", "@LIBRARY@ \"\"\" \\ '''é", "--name",
                "odd", "-o", ".",
            ],
            folder: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        // What follows the docstring and the manifest is the template's own; ast reads it without running it.
        let script = """
            import ast, json
            tree = ast.parse(open("odd.py", encoding="utf-8").read())
            assert ast.get_docstring(tree).startswith("odd: x + ")
            texts = [node.args[0].value for node in ast.walk(tree)
                     if isinstance(node, ast.Call) and ast.unparse(node.func) == "json.loads"]
            assert json.loads(texts[0]) == json.load(open("odd.json", encoding="utf-8")), texts
            """
        let check = try Tool.run(try #require(Self.python), ["-c", script], folder: folder.url)
        #expect(check.status == 0, "\(check.output)")
    }

    @Test("A module cannot have the name of one that it needs, nor a keyword", arguments: ["numpy", "math", "torch", "lambda"])
    func takenNames(_ name: String) throws {
        let folder = try TemporaryFolder()
        #expect(try CommandLine("export", "python", "x", "--name", name, "-o", ".", folder: folder.url).status == 64)
        #expect(folder.names == [])
    }
}
