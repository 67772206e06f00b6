import Kernels

/// What all layers of a network use.
struct LayerTools {
    /// Where their numbers stand.
    let store: ParameterStore
    /// The way back through a layer's element-wise work.
    let backward: CompiledFunction<Float>
    let products: MatrixProducts
    let reductions: Reductions
}
