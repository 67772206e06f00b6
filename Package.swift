// swift-tools-version: 6.1
import Foundation
import PackageDescription

/// The name under which the linker knows the installed LLVM (`LLVM-14` on Debian 12).
///
/// `FORMULAC_LLVM=19` asks for one version. Otherwise the version that `llvm-dev` made the system's default is
/// taken: it is the one whose headers stand at `/usr/include/llvm-c`.
func installedLLVM() -> String {
    if let wanted = Context.environment["FORMULAC_LLVM"], !wanted.isEmpty { return "LLVM-\(wanted)" }
    // Debian names the folder behind the link `llvm-c-14` or `llvm-14`.
    let headers = URL(fileURLWithPath: "/usr/include/llvm-c").resolvingSymlinksInPath()
    let version = headers.pathComponents.lazy.filter { $0.hasPrefix("llvm-") }
        .compactMap { $0.split(separator: "-").last.flatMap { Int($0) } }.first
    return version.map { "LLVM-\($0)" } ?? "LLVM"
}

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
                .embedInCode("Dialects/gplearn.dialect"), .embedInCode("Dialects/pysr.dialect"),
                .embedInCode("Dialects/operon.dialect"), .embedInCode("Dialects/sympy.dialect"),
            ]),
        .target(name: "Formulas", dependencies: ["Grammar"]),
        .target(name: "Lanes", dependencies: ["Formulas"]),
        .target(name: "Kernels", dependencies: ["Lanes", "CLLVM", "CFFI", "COpenSSL"]),
        .target(name: "Accuracy", dependencies: ["Kernels", "CMPFR"]),
        .target(name: "Datasets", dependencies: ["CZlib"]),
        .target(name: "Networks", dependencies: ["Kernels", "Datasets", "CBLAS"]),
        .target(name: "Experiments", dependencies: ["Networks"]),
        .executableTarget(
            name: "formulac",
            dependencies: [
                "Experiments", "Networks", "Accuracy", "Kernels", "Datasets",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], resources: [.embedInCode("Templates/Module.py")]),
        .target(name: "CLLVM", linkerSettings: [.linkedLibrary(installedLLVM())]),
        .systemLibrary(name: "CFFI", providers: [.apt(["libffi-dev"])]),
        .systemLibrary(name: "CBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CMPFR", providers: [.apt(["libmpfr-dev"])]),
        .target(name: "TestSupport", dependencies: ["Accuracy"], path: "Tests/Support", resources: [.copy("Corpora")]),
        .testTarget(
            name: "FormulasTests", dependencies: ["Formulas", "Grammar", "TestSupport"], resources: [.copy("Golden")]),
        .testTarget(name: "AccuracyTests", dependencies: ["Accuracy", "TestSupport"]),
        .testTarget(name: "LanesTests", dependencies: ["Lanes", "TestSupport"]),
        .testTarget(name: "KernelsTests", dependencies: ["Kernels", "TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "TestSupport"]),
        .testTarget(name: "NetworksTests", dependencies: ["Networks", "TestSupport"]),
        .testTarget(
            name: "CommandLineTests", dependencies: ["formulac", "TestSupport"], resources: [.copy("Python")]),
    ],
    swiftLanguageModes: [.v6]
)
