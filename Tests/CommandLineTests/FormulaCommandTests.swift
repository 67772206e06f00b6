import Foundation
import TestSupport
import Testing

@Suite("formulac simplify, diff, functions, plot")
struct FormulaCommandTests {
    @Test(
        "Idioms become accurate primitives",
        arguments: [
            ("log(1 + exp(x))", "softplus(x)"), ("1/(1 + exp(-x))", "sigmoid(x)"), ("exp(x) - 1", "expm1(x)"),
            ("2*3 + x*1", "6 + x"),
        ])
    func simplify(text: String, expected: String) throws {
        let run = try CommandLine("simplify", text)
        #expect(run.status == 0)
        #expect(run.output == expected + "\n" || run.output == "x + 6\n")
    }

    @Test("What may change the domain is done on request only")
    func relaxed() throws {
        #expect(try CommandLine("simplify", "x/x").output == "x/x\n")
        #expect(try CommandLine("simplify", "x/x", "--relaxed").output == "1\n")
    }

    @Test("Derivatives of any order, as text and LaTeX")
    func derivative() throws {
        let first = try CommandLine("diff", "sin(x)")
        #expect(first.output == "cos(x)\n")
        #expect(try CommandLine("diff", "sin(x)", "--order", "2").output == "-sin(x)\n")
        #expect(try CommandLine("diff", "sin(x)", "--latex").output.contains("\\cos"))
        #expect(try CommandLine("diff", "x*y", "--variables", "y", "--by", "y").output == "x\n")
        #expect(try CommandLine("diff", "x*y", "--variables", "y").status == 64)
        #expect(try CommandLine("diff", "x", "--by", "z").status == 64)
        #expect(try CommandLine("diff", "2").status == 65)
    }

    @Test("A collapse that leaves nothing of x is an error that shows what was left")
    func collapse() throws {
        let run = try CommandLine("simplify", "sub(X1, X1)", "--dialect", "gplearn", "--collapse")
        #expect(run.status == 65)
        let fine = try CommandLine("simplify", "sub(cos(X25), cos(cos(X27)))", "--dialect", "gplearn", "--collapse")
        #expect(fine.output == "cos(x) - cos(cos(x))\n")
    }

    @Test("The language documents itself")
    func functions() throws {
        let run = try CommandLine("functions", "gelu")
        #expect(run.status == 0)
        #expect(run.output.contains("gelu(x) = x*normal_cdf(x)"))
        #expect(try CommandLine("functions", "atan2").output.contains("derivative: x/hypot(x, y)/hypot(x, y), "))
        #expect(try CommandLine("functions", "safe_log", "--dialect", "pysr").status == 0)
        #expect(try CommandLine("functions", "nosuch").status == 65)
    }

    @Test("A plot is written whole, and drawn in the terminal")
    func plot() throws {
        let folder = try TemporaryFolder()
        let run = try CommandLine("plot", "x*cos(x)", "--derivative", "-o", "curve.svg", folder: folder.url)
        #expect(run.status == 0)
        #expect(folder.names == ["curve.svg"])
        let svg = try String(contentsOf: folder.file("curve.svg"), encoding: .utf8)
        #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n"))
        // Value and derivative have one colour, the derivative dashed; dark pages have colours of their own.
        #expect(svg.components(separatedBy: #"class="c0""#).count == 5)
        #expect(svg.components(separatedBy: #"stroke-dasharray="7 4""#).count == 3)
        #expect(svg.contains("prefers-color-scheme:dark"))
        #expect(svg.contains(">x*cos(x)</text>") && svg.contains(">derivative of x*cos(x)</text>"))
        // The poles of tan do not flatten the rest, and both axes have their numbers.
        let poles = try CommandLine("plot", "tan(x)", "x^2/4").output.components(separatedBy: "\n")
        #expect(poles[0] == "tan(x), x^2/4")
        #expect(poles.contains { $0.hasPrefix(" 10 ┤") } && poles.contains { $0.hasPrefix("-10 ┤") })
        #expect(poles.contains { $0.split(separator: " ") == ["-6", "-4", "-2", "0", "2", "4", "6"] })
        let legend = try CommandLine("plot", "gelu(x)", "x^2", "--derivative").output.components(separatedBy: "\n").suffix(5)
        #expect(legend == ["a  gelu(x)", "A  derivative of gelu(x)", "b  x^2", "B  derivative of x^2", ""])
        #expect(try CommandLine("plot", "x", "-o", "/nonexistent/curve.svg").status == 1)
        #expect(try CommandLine("plot", "x", "--from", "-4", "--to", "-1").status == 0)
    }

    @Test("Help and version")
    func help() throws {
        #expect(try CommandLine("--version").output == "0.1.0\n")
        for command in [
            "eval", "simplify", "diff", "compile", "export", "bench", "functions", "train", "predict", "data", "plot", "soak",
        ] {
            let run = try CommandLine(command, "--help")
            #expect(run.status == 0)
            #expect(run.output.contains(command == "data" ? "generate" : "Examples:"), "\(command) shows no example")
        }
        // The argument parser shows no default of an option whose value is checked.
        #expect(try CommandLine("help", "train").output.contains("Passes over the training rows, at most; 15 if left out."))
        // Examples stand in one line each, to be copied.
        #expect(try CommandLine("help", "train").output.contains("--save spam.safetensors --plot spam.svg\n"))
    }

    @Test(
        "Commands that there are not are said to be none, and the closest is named",
        arguments: [
            (["evall", "x", "--at", "x=1"], "formulac has no command 'evall': did you mean 'eval'?"),
            (["help", "nosuch"], "formulac has no command 'nosuch': `formulac --help` lists"),
            (["data", "inof", "t.csv"], "formulac data has no command 'inof': did you mean 'info'?"),
            (["help", "export", "onyx"], "formulac export has no command 'onyx': did you mean 'onnx'?"),
            (["simplify", "x", "-j"], "Unexpected argument '-j'"), (["data", "info", "t.csv", "-j"], "Unexpected argument '-j'"),
        ])
    func unknownCommands(_ arguments: [String], _ message: String) throws {
        let run = try CommandLine(arguments)
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(run.errors.contains(message), "\(run.errors)")
    }
}
