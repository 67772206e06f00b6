import Foundation
import Testing

@Suite("formulac eval")
struct EvaluateTests {
    @Test("Value and derivative at a point, to the last digit")
    func point() throws {
        let run = try CommandLine("eval", "x*cos(x)", "--at", "x=1.5")
        #expect(run.status == 0)
        // 1.5·cos 1.5 = 0.10610580250155444…, cos 1.5 − 1.5·sin 1.5 = −1.425505277905…
        #expect(run.output == "value   0.1061058\nd/dx   -1.4255053\n")
        #expect(run.errors == "")
    }

    @Test("JSON in Double")
    func json() throws {
        let report = try CommandLine("eval", "x*cos(x)", "--at", "x=1.5", "--type", "double", "--json").json()
        let value = try #require(report["value"] as? Double)
        let gradient = try #require(report["gradient"] as? [String: Double])
        #expect(abs(value - 0.106105802501554_37) <= 3 * value.ulp)
        #expect(gradient.keys.sorted() == ["x"])
    }

    @Test(
        "Softplus written out neither overflows nor underflows",
        arguments: [
            ("100", "100.0", "1.0"), ("-100", "3.8e-44", "3.8e-44"),
        ])
    func softplus(x: String, value: String, derivative: String) throws {
        let run = try CommandLine("eval", "log(1+exp(x))", "--at", "x=\(x)")
        #expect(run.status == 0)
        let words = run.output.split(whereSeparator: \.isWhitespace)
        #expect(words == ["value", Substring(value), "d/dx", Substring(derivative)])
    }

    @Test("Standard input, several variables, constants as values")
    func standardInput() throws {
        let run = try CommandLine("eval", "-", "--at", "x=2,y=pi/6", "--type", "double", input: "x*sin(y)\n")
        #expect(run.status == 0)
        #expect(run.output.contains("d/dy"))
    }

    @Test("Numbers that float does not hold are noted, once each; double holds them")
    func lostNumbers() throws {
        let large = try CommandLine("eval", "1e39*x + 1e39/x", "--at", "x=1e-5")
        #expect(
            large.output.contains("inf")
                && large.errors == "note: 1e+39 is beyond float, where it becomes inf: --type double holds it\n")
        let small = try CommandLine("eval", "x*1e-50", "--at", "x=1e30")
        #expect(small.errors == "note: 1e-50 is beyond float, where it becomes 0.0: --type double holds it\n")
        #expect(try CommandLine("eval", "x", "--at", "x=1e39").errors.contains("1e+39 is beyond float"))
        #expect(try CommandLine("eval", "a*x", "--param", "a=-1e39", "--at", "x=1").errors.contains("1e+39 is beyond float"))
        #expect(try CommandLine("eval", "1e39*x + inf", "--at", "x=1", "--type", "double").errors == "")
        #expect(try CommandLine("verify", "x*1e-50", "--points", "100").errors.contains("1e-50 is beyond float"))
        for arguments in [["eval", "x", "--at", "x=1e999"], ["eval", "a*x", "--at", "x=1", "--param", "a=1e999"]] {
            let run = try CommandLine(arguments)
            #expect(run.status == 64 && run.errors.contains("too large for a Double"), "\(run.errors)")
        }
    }

    @Test("A constant formula needs no point")
    func constant() throws {
        #expect(try CommandLine("eval", "2*3").output == "value  6.0\n")
        let missing = try CommandLine("eval", "2*x")
        #expect(missing.status == 64 && missing.errors.contains("--at x=1.5"))
    }

    @Test("Wrong input gets the documented status and names the place")
    func errors() throws {
        let syntax = try CommandLine("eval", "x*(1+", "--at", "x=1")
        #expect(syntax.status == 65)
        #expect(syntax.errors.contains("line 1, column 6"))
        #expect(syntax.errors.contains("^"))
        #expect(syntax.output == "")

        let unknown = try CommandLine("eval", "x*coss(x)", "--at", "x=1")
        #expect(unknown.status == 65)
        #expect(unknown.errors.contains("cos"))

        #expect(try CommandLine("eval", "x").status == 64)
        #expect(try CommandLine("eval", "x", "--at", "y=1").status == 64)
        #expect(try CommandLine("eval", "x", "--at", "x").status == 64)
        #expect(try CommandLine("eval", "x", "--at", "x=1", "--type", "half").status == 64)
        #expect(try CommandLine("eval", "", "--at", "x=1").status == 65)
    }
}
