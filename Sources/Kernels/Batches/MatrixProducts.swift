import Synchronization

/// The matrix products of dense layers on batches, compiled for this machine. Any number of threads may call at once.
///
/// Batches stand along the rows of matrices in Float: one row for each unit, one column for each example.
public final class MatrixProducts: Sendable {
    /// Columns of a batch that must be there: its length rounded up to a multiple of this.
    public static let padding = MatrixProductEmitter.batchPadding

    private typealias Product =
        @convention(c) (
            Int, Int, Int, UnsafePointer<Float>, Int, Int, UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>, Int
        ) -> Void
    private typealias SumProduct =
        @convention(c) (
            Int, Int, Int, UnsafePointer<Float>, Int, UnsafePointer<Float>, Int, UnsafeMutablePointer<Float>, Int
        ) -> Void

    private let code: LoadedCode
    private let product: Product
    private let sumProduct: SumProduct

    private static let made = Mutex<MatrixProducts?>(nil)

    /// The products of this process, compiled at their first use.
    public static func host() throws(KernelError) -> MatrixProducts {
        if let known = made.withLock({ $0 }) { return known }
        let new = try MatrixProducts()
        return made.withLock { known in
            known = known ?? new
            return known ?? new
        }
    }

    private init() throws(KernelError) {
        var timings = CompilationTimings()
        let object = try ModuleCompiler(options: KernelOptions()).compile(as: .object, timings: &timings) {
            module throws(KernelError) in
            let emitter = MatrixProductEmitter(module: module)
            try emitter.emitProduct(name: "product")
            try emitter.emitSumProduct(name: "sum_product")
        }
        code = try LoadedCode(ObjectFile(object), target: .host)
        guard let product = code.address(of: "product"), let sumProduct = code.address(of: "sum_product") else {
            throw .linkingFailed("the object does not hold the matrix products")
        }
        self.product = unsafeBitCast(product, to: Product.self)
        self.sumProduct = unsafeBitCast(sumProduct, to: SumProduct.self)
    }

    /// c (rows × count) = a (rows × inner) · b (inner × count), each sum's terms in the order of `inner`.
    ///
    /// Element (i, k) of `a` stands at i · `rowStep` + k · `columnStep`; rows of `b` and `c` lie `bStride` and `cStride`
    /// apart. None of the sizes may be 0. Columns of `b` up to the padding are read, and those of `c` written. `c` must not
    /// overlap the others.
    @inline(__always)
    public func product(
        rows: Int, inner: Int, count: Int, _ a: UnsafePointer<Float>, rowStep: Int, columnStep: Int,
        _ b: UnsafePointer<Float>, stride bStride: Int, to c: UnsafeMutablePointer<Float>, stride cStride: Int
    ) {
        withExtendedLifetime(self) { product(rows, inner, count, a, rowStep, columnStep, b, bStride, c, cStride) }
    }

    /// c (rows × columns) = a (rows × count) · bᵀ (count × columns): sums over the batch.
    ///
    /// None of the sizes may be 0. Columns of `a` and `b` up to the padding take part: those of `a` beyond `count` must be 0,
    /// those of `b` finite. `c` must not overlap the others.
    @inline(__always)
    public func sumProduct(
        rows: Int, columns: Int, count: Int, _ a: UnsafePointer<Float>, stride aStride: Int, _ b: UnsafePointer<Float>,
        stride bStride: Int, to c: UnsafeMutablePointer<Float>, stride cStride: Int
    ) {
        withExtendedLifetime(self) { sumProduct(rows, columns, count, a, aStride, b, bStride, c, cStride) }
    }
}
