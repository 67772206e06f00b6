import Foundation
import TestSupport
import Testing

/// Values of options that make no sense: each is wrong usage, and the message says which values do.
@Suite("Values of options")
struct OptionValueTests {
    private static func expect(_ arguments: [String], _ message: String, folder: URL? = nil) throws {
        let run = try CommandLine(arguments, folder: folder)
        #expect(run.status == 64, "\(arguments): \(run.errors)")
        #expect(run.errors.contains(message), "\(arguments): \(run.errors)")
    }

    @Test(
        "Numbers with a minus are read as numbers, and refused with the range that is wanted",
        arguments: [
            (
                ["train", "--generate", "physics", "--epochs", "-1"],
                "'--epochs <epochs>': a whole number from 1 to 1000000 is wanted"
            ),
            (
                ["train", "--generate", "physics", "--learning-rate", "-0.1"],
                "'-0.1' is invalid for '--learning-rate <learning-rate>'"
            ),
            (["train", "--generate", "physics", "--learning-rate", "nan"], "a number above 0 is wanted"),
            (["train", "--generate", "physics", "--seed", "-1"], "a whole number from 0 to 18446744073709551615 is wanted"),
            (["train", "--generate", "physics", "--layers", "-3"], "a whole number from 1 to 65536 is wanted, such as 64,32"),
            (["train", "--generate", "physics", "--hidden", "64,,32"], "'64,,32' is invalid"),
            (["train", "--generate", "physics", "--layer", "-4:x"], "units from 1 to 65536"),
            (["train", "--generate", "physics", "--dropout", "-0.5"], "a number of at least 0 and below 1 is wanted"),
            (["train", "--generate", "physics", "--batch-norm", "on,perhaps"], "on or off is wanted"),
            (["train", "--generate", "physics", "--schedule", "step:0:2"], "a step has epochs of at least 1"),
            (["train", "--generate", "physics", "--class-weights", "-1,2"], "a number of at least 0 for each class is wanted"),
            (["train", "--generate", "physics", "--threads", "0"], "a whole number from 1 to 1024 is wanted"),
            (["discover", "--generate", "physics", "--fraction", "1.5"], "a number above 0 and at most 1 is wanted"),
            (["discover", "--generate", "physics", "--population", "-5"], "'-5' is invalid for '--population <count>'"),
            (["data", "info", "data.csv", "--rows", "-1"], "a whole number of at least 1 is wanted"),
            (["data", "generate", "physics", "--rows", "1.5", "-o", "x.csv"], "a whole number from 1 to 100000000 is wanted"),
            (["train", "--generate", "physics", "--rows", "\(Int.max)"], "more than are generated: at most 100000000"),
            (["bench", "x", "--size", "-1"], "a whole number from 1 to 1000000000 is wanted"),
            (["bench", "x", "--budget", "-1"], "a number above 0 is wanted"),
            (["plot", "x", "--from", "left"], "a number is wanted"),
            (["plot", "x", "--from", "-1e300"], "--from -1e+300 is no float, which end at 3.4028235e+38: add --type double"),
            (["plot", "x", "--from", "-1e308", "--to", "1e308", "--type", "double"], "further apart than the largest double"),
            (["soak", "--cycles", "-1"], "a whole number of at least 1 is wanted"),
            (["diff", "x", "--order", "-1"], "a whole number of at least 1 is wanted"),
            (["verify", "x", "--points", "-1"], "a whole number of at least 1 is wanted"),
            (["reproduce", "--seeds", "-3"], "numbers and ranges are wanted"),
            (["reproduce", "--seeds", "5-1"], "5 is larger than 1: write 1-5"),
            (["reproduce", "--seeds", "1,1-3"], "each seed is wanted once, not 1 twice"),
            (["reproduce", "--seeds", "0-10000"], "more than 10000 seeds"),
            (["eval", "a*x", "--at", "x=1", "--param", "a"], "a name and a number or constant formula are wanted"),
            (["diff", "x", "--variables", "a b"], "--variables 'a b' is no name"),
            (["plot", "x", "--variables", "y,1c"], "--variables '1c' is no name"),
            (["diff", "x", "--variables", "y,inf"], "--variables 'inf' is no name"),
            (["diff", "x", "--variables", "y,,z"], "a name is empty"),
            (["diff", "x", "--variables", "y, y"], "'y' is named twice"),
            (["discover", "--generate", "physics", "--functions", ","], "a name is empty"),
            (["discover", "--generate", "physics", "--functions", "add,add"], "'add' is named twice"),
        ] as [([String], String)])
    func numbers(_ arguments: [String], _ message: String) throws { try Self.expect(arguments, message) }

    @Test("Negative numbers that make sense are taken")
    func negativeNumbers() throws {
        let folder = try TemporaryFolder()
        try folder.write("a,b\n0,-1\n1,1\n2,-1\n3,1\n4,-1\n5,1\n6,-1\n7,1\n8,-1\n9,1\n", to: "data.csv")
        let run = try CommandLine(
            "train", "--data", "data.csv", "--label", "b", "--positive", "-1", "--epochs", "1", "--json", folder: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try CommandLine("plot", "x", "--from", "-2", "--to", "-1").status == 0)
    }

    @Test("Formulas may begin with a minus")
    func leadingMinus() throws {
        #expect(try CommandLine("eval", "-x^2", "--at", "x=3").output == "value  -9.0\nd/dx   -6.0\n")
        #expect(try CommandLine("diff", "--latex", "-x^2").output == "-2 \\cdot x\n")
        let json = try CommandLine("latency", "-x", "--repeat", "1", "--json").json()
        #expect((json["formulas"] as? [[String: Any]])?.map { $0["formula"] as? String } == ["-x"])
        let run = try CommandLine(
            "train", "--generate", "physics", "--rows", "100", "--epochs", "1", "--activation", "-x*cos(x)", "--json")
        #expect(run.output.contains("\"activation\" : \"-x*cos(x)\""), "\(run.errors)")
    }

    @Test(
        "What contradicts itself or has no effect is wrong usage",
        arguments: [
            (["train", "--generate", "physics", "--layers", "8", "--layer", "8:x"], "leave out --layers"),
            (["train", "--generate", "physics", "--seed", "1", "--seed", "1"], "--seed 1 is given twice"),
            (["train", "--generate", "physics", "--activation", "x", "--activation", "x"], "--activation x is given twice"),
            (["eval", "x", "--at", "x=1", "--param", "a=1"], "--param a: the formula does not use it"),
            (["eval", "a*x", "--at", "x=1", "--param", "a=1", "--param", "a=2"], "--param a is given twice"),
            (["eval", "x", "--at", "x=1", "--param", "x=2"], "--param x: x is a variable"),
            (["plot", "x0*y", "--variables", "y", "--param", "y=2"], "--param y: y is a variable"),
            (["eval", "a*x", "--at", "x=1,a=2", "--param", "a=3"], "--param a: a is a variable"),
            (["eval", "x", "--at", "x=1", "-o", "out.csv"], "-o goes with --input"),
            (["simplify", "x", "--param", "a=1"], "--param a"), (["diff", "x", "--param", "a=1"], "--param a"),
            (["compile", "x", "--param", "a=1"], "--param a"), (["verify", "tanh", "--param", "a=1"], "--param a"),
            (["bench", "x", "x^2", "--param", "a=1"], "--param a: no formula uses it"),
            (["latency", "x", "--param", "a=1"], "--param a"), (["plot", "x", "--param", "a=1"], "--param a"),
            (["export", "c", "x", "-o", ".", "--param", "a=1"], "--param a"),
            (["export", "onnx", "x", "-o", "x.onnx", "--param", "a=1"], "--param a"),
            (["train", "--generate", "physics", "--param", "a=1"], "--param a"),
            (["train", "--generate", "physics", "--momentum", "0.5"], "--momentum needs --optimizer sgd"),
            (["train", "--generate", "physics", "--validation-fraction", "0.2"], "--validation-fraction needs --patience"),
            (["train", "--generate", "physics", "--checkpoint-interval", "1"], "--checkpoint-interval needs --checkpoint"),
            (
                ["train", "--generate", "physics", "--task", "regression", "--class-weights", "equal"],
                "--class-weights needs --task binary or multiclass"
            ),
            (
                ["train", "--generate", "physics", "--task", "regression", "--positive", "1"],
                "--positive needs --task binary"
            ),
            (["eval", "x", "--at", "x=1", "--missing", "drop"], "--missing goes with --input"),
            (["eval", "x", "--at", "x=1", "--threads", "2"], "--threads goes with --input"),
            (["eval", "x", "--input", "t.csv", "-o", "v.csv", "--json"], "--json goes with --at"),
            (["verify", "exp", "--stride", "3", "--points", "5"], "--points does not go with --exhaustive or --stride"),
            (["verify", "--all", "--type", "double"], "leave out --type"),
            (["functions", "--json", "--markdown"], "give --json or --markdown, not both"),
            (["compile", "x", "--emit", "c", "--json"], "--json is of the report"),
            (["compile", "x", "--emit", "c", "--repeat", "2"], "--repeat is of the report"),
        ] as [([String], String)])
    func contradictions(_ arguments: [String], _ message: String) throws {
        let folder = try TemporaryFolder()
        try Self.expect(arguments, message, folder: folder.url)
        #expect(folder.names.isEmpty)
    }

    @Test("A parameter that one of several formulas has is used")
    func sharedParameters() throws {
        #expect(try CommandLine("bench", "x", "a*x", "--param", "a=2", "--budget", "0.001").status == 0)
    }

    @Test(
        "Endings that name no format are refused before any work",
        arguments: [
            ["predict", "--model", "m", "--data", "d.csv", "-o", "out.xyz"], ["data", "generate", "physics", "-o", "out.txt"],
            ["data", "convert", "d.csv", "out"], ["plot", "x", "-o", "out.png"],
            ["train", "--generate", "physics", "--plot", "out.png"], ["discover", "--generate", "physics", "--plot", "out.pdf"],
            ["discover", "--generate", "physics", "--population-out", "out.npy"],
            ["eval", "x", "--input", "d.csv", "-o", "out.xls"], ["train", "--generate", "physics", "--save", "m.txt"],
            ["compile", "x", "--emit", "shared", "-o", "l.txt"], ["export", "onnx", "x", "-o", "a.txt"],
        ])
    func endings(_ arguments: [String]) throws {
        try Self.expect(arguments, "the name of the output must end in ")
    }
}
