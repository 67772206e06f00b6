import Formulas
import Lanes

/// A function of one variable in a shared library, ready to be called on arrays of Float: one that formulac exported, or
/// any library with the same C symbols and a manifest.
///
/// Immutable; any number of threads may call at once, as the documented signature promises.
public final class ActivationLibrary: Sendable {
    /// The file.
    public let path: String
    /// The manifest's formula, which the functions were held against.
    public let formula: Formula
    /// The formula as its author wrote it.
    public let text: String
    /// Whether `valueAndGradient` gives derivatives by the parameters after that by the variable.
    public let differentiatesParameters: Bool

    private let library: ForeignLibrary
    private let addresses: (forward: UInt, valueAndGradient: UInt)

    /// Opens a library, calls its functions through libffi with the signatures that its manifest states, and compares the
    /// results with those of the manifest's formula, bit for bit.
    ///
    /// A manifest inside the library counts before any file: what a C function takes cannot be seen from outside, and a
    /// manifest of other functions would have them write where they must not.
    ///
    /// - Parameters:
    ///   - path: the library. Its initialisers run: open only what may run code here.
    ///   - name: the export's name, which the manifest inside must have; where there is none, `name.json` beside the library is
    ///     its manifest.
    public init(path: String, name: String? = nil) throws(ExportedLibraryError) {
        let hasManifest: Bool
        do throws(ForeignError) {
            hasManifest = try ForeignLibrary(path: path).text(of: ExportManifest.symbol) != nil
        } catch {
            throw .foreign(error)
        }
        let exported = try ExportedLibrary(
            path: path, manifest: hasManifest ? nil : name.map { Self.manifest(of: path, name: $0) })
        if let name, exported.manifest.name != name {
            throw .manifestInconsistent(path: path, reason: "it is of `\(exported.manifest.name)`, not of `\(name)`")
        }
        let manifest = exported.manifest
        guard manifest.variables.count == 1 else {
            throw .manifestInconsistent(
                path: path, reason: "an activation has one variable, but it has \(manifest.variables.count)")
        }
        for check in try exported.check() {
            if let difference = check.firstDifference { throw .wrongResult(path: path, difference.description) }
        }
        func address(_ variant: ExportVariant) throws(ExportedLibraryError) -> UInt {
            let wanted = manifest.functions.first {
                $0.variant == variant.rawValue && $0.type == Precision.float.rawValue
            }
            guard let wanted else {
                throw .manifestInconsistent(path: path, reason: "it lists no function \(variant.rawValue) of float")
            }
            do throws(ForeignError) { return try exported.library.address(of: wanted.arraySymbol) } catch {
                throw .foreign(error)
            }
        }
        addresses = (try address(.forward), try address(.valueAndGradient))
        library = exported.library
        self.path = path
        text = manifest.written
        differentiatesParameters = manifest.differentiatesParameters
        formula = exported.formula
    }

    private static func manifest(of path: String, name: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "\(name).json" }
        return "\(path[...slash])\(name).json"
    }

    /// From one array to the values, to be called only while this object lives.
    public var forward: KernelFunction { unsafeBitCast(addresses.forward, to: KernelFunction.self) }

    /// From one array to the values and the derivatives, to be called only while this object lives.
    public var valueAndGradient: KernelFunction { unsafeBitCast(addresses.valueAndGradient, to: KernelFunction.self) }
}
