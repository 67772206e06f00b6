// swift-tools-version: 6.1
import Foundation
import PackageDescription

/// The LLVM that is linked: the name under which the linker knows it (`LLVM-14` on Debian 12), and where its headers are.
///
/// `FORMULAC_LLVM=19` asks for one version besides the system's default, whose headers stand outside of the default
/// include path. Otherwise the version that `llvm-dev` made the default is taken: the one at `/usr/include/llvm-c`.
func installedLLVM() -> (library: String, headers: String?) {
    // Debian names the folder behind the link `llvm-c-14` or `llvm-14`.
    let headers = URL(fileURLWithPath: "/usr/include/llvm-c").resolvingSymlinksInPath()
    let version = headers.pathComponents.lazy.filter { $0.hasPrefix("llvm-") }
        .compactMap { $0.split(separator: "-").last.map(String.init) }.first { Int($0) != nil }
    if let wanted = Context.environment["FORMULAC_LLVM"], !wanted.isEmpty, wanted != version {
        return ("LLVM-\(wanted)", "include-\(wanted)")
    }
    return (version.map { "LLVM-\($0)" } ?? "LLVM", nil)
}

let llvm = installedLLVM()

let package = Package(
    name: "formulac",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Grammar", targets: ["Grammar"]),
        .library(name: "Formulas", targets: ["Formulas"]),
        .library(name: "Lanes", targets: ["Lanes"]),
        .library(name: "Kernels", targets: ["Kernels"]),
        .library(name: "Accuracy", targets: ["Accuracy"]),
        .library(name: "Datasets", targets: ["Datasets"]),
        .library(name: "Networks", targets: ["Networks"]),
        .library(name: "Discovery", targets: ["Discovery"]),
        .library(name: "Experiments", targets: ["Experiments"]),
        .executable(name: "formulac", targets: ["formulac"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .target(
            name: "Grammar", path: "Grammar",
            resources: [
                .embedInCode("Formula.ebnf"), .embedInCode("Functions.formula"), .embedInCode("Rewrites.rules"),
                .embedInCode("Discovered.formula"),
                .embedInCode("Dialects/gplearn.dialect"), .embedInCode("Dialects/pysr.dialect"),
                .embedInCode("Dialects/operon.dialect"), .embedInCode("Dialects/sympy.dialect"),
            ]),
        .target(name: "Formulas", dependencies: ["Grammar"]),
        .target(name: "Lanes", dependencies: ["Formulas"]),
        .target(name: "Kernels", dependencies: ["Lanes", "CLLVM", "CFFI", "COpenSSL"]),
        .target(name: "Accuracy", dependencies: ["Kernels", "CMPFR"]),
        .target(name: "Datasets", dependencies: ["CZlib", "CIsal", "COpenSSL", "CCurl"]),
        .target(name: "Networks", dependencies: ["Kernels", "Datasets"]),
        .target(name: "Discovery", dependencies: ["Kernels", "Datasets"]),
        .target(
            name: "Experiments", dependencies: ["Networks", "Discovery"],
            resources: [.embedInCode("Protocol/Published.csv")]),
        .executableTarget(
            name: "formulac",
            dependencies: [
                "Experiments", "Networks", "Discovery", "Accuracy", "Kernels", "Datasets",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], resources: [.embedInCode("Templates/Module.py")]),
        .target(
            name: "CLLVM", exclude: ["include", "include-19", "include-22"].filter { $0 != llvm.headers ?? "include" },
            publicHeadersPath: llvm.headers, linkerSettings: [.linkedLibrary(llvm.library)]),
        .systemLibrary(name: "CFFI", providers: [.apt(["libffi-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CIsal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CMPFR", providers: [.apt(["libmpfr-dev"])]),
        .target(
            name: "TestSupport", dependencies: ["Accuracy", "Grammar"], path: "Tests/Support", resources: [.copy("Corpora")]),
        .testTarget(
            name: "FormulasTests", dependencies: ["Formulas", "Grammar", "TestSupport"], resources: [.copy("Golden")]),
        .testTarget(name: "AccuracyTests", dependencies: ["Accuracy", "TestSupport"]),
        .testTarget(name: "LanesTests", dependencies: ["Lanes", "TestSupport"]),
        .testTarget(name: "KernelsTests", dependencies: ["Kernels", "TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "TestSupport"]),
        .testTarget(
            name: "NetworksTests", dependencies: ["Networks", "TestSupport"], exclude: ["Golden", "Python"]),
        .testTarget(name: "DiscoveryTests", dependencies: ["Discovery", "TestSupport"], exclude: ["Python"]),
        .testTarget(name: "ExperimentsTests", dependencies: ["Experiments", "TestSupport"]),
        .testTarget(
            name: "CommandLineTests", dependencies: ["formulac", "TestSupport"], resources: [.copy("Python")]),
    ],
    swiftLanguageModes: [.v6], cxxLanguageStandard: .cxx17
)
