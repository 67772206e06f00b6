internal import CLLVM
import Lanes

/// Emits the matrix products of dense layers, whose batches stand along the rows: a unit's numbers next to each other.
///
/// Each product goes through its result in tiles whose sums stay in registers; at the matrices' edges tiles overlap
/// rather than shrink, and compute some sums twice. Nothing is packed: along a batch all loads are whole vectors.
struct MatrixProductEmitter {
    let module: IRModule
    let types: LaneTypes
    private let tile: Tile

    private var builder: LLVMBuilderRef { module.builder }

    /// How many sums a tile has.
    private struct Tile {
        /// Rows and vectors of a tile along the batch.
        let rows: Int, vectors: Int
        /// Rows and columns of a tile of sums over the batch.
        let sumRows: Int, sumColumns: Int
    }

    /// Numbers that products over a batch may read and write beyond its end, and which must be there: the batch's length
    /// rounded up to a multiple of this.
    static let batchPadding = 64

    init(module: IRModule) {
        self.module = module
        types = LaneTypes(.float, width: module.target.lanes(.float), context: module.context)
        // As many as leave registers for operands: 32 vector registers with AVX-512 and on ARM, otherwise 16.
        let hasManyRegisters = module.target.hasMaskRegisters || !module.target.isX86
        tile =
            hasManyRegisters
            ? Tile(rows: 6, vectors: 4, sumRows: 4, sumColumns: 6) : Tile(rows: 4, vectors: 2, sumRows: 2, sumColumns: 4)
    }

    /// `void name(size_t rows, size_t inner, size_t count, const float *a, size_t row_step, size_t column_step,
    /// const float *b, size_t b_stride, float *c, size_t c_stride)`:
    /// c[i·c_stride + j] = Σₖ a[i·row_step + k·column_step] · b[k·b_stride + j], terms added in the order of k.
    /// Rows, inner and count are not 0; columns of b and c up to `batchPadding` are read and written.
    func emitProduct(name: String) throws(KernelError) {
        let function = module.addFunction(name, type(inputs: [2, 1], of: 3))
        module.move(to: module.block("entry", in: function))
        let arguments = (0..<10).map { LLVMGetParam(function, $0) as IRValue }
        let (rows, inner, count) = (arguments[0], arguments[1], arguments[2])
        let (a, rowStep, columnStep) = (arguments[3], arguments[4], arguments[5])
        let (b, bStride, c, cStride) = (arguments[6], arguments[7], arguments[8], arguments[9])
        let lastRow: IRValue = LLVMBuildSub(builder, rows, module.sizeConstant(1), "")
        let zero = module.sizeConstant(0)
        _ = try module.loop(
            in: function, from: zero, to: count, step: module.sizeConstant(tile.vectors * types.width)
        ) { column, _ throws(KernelError) in
            let source = place(b, column)
            let target = place(c, column)
            _ = try module.loop(in: function, from: zero, to: rows, step: module.sizeConstant(tile.rows)) {
                row, _ throws(KernelError) in
                let places = (0..<tile.rows).map { offset in
                    module.minimum(LLVMBuildAdd(builder, row, module.sizeConstant(offset), ""), lastRow)
                }
                let factors = places.map { place(a, LLVMBuildMul(builder, $0, rowStep, "")) }
                let empty = [IRValue](repeating: LLVMConstNull(types.number), count: tile.rows * tile.vectors)
                let sums = try module.loop(
                    in: function, from: zero, to: inner, step: module.sizeConstant(1), carrying: [zero, zero] + empty
                ) { _, carried throws(KernelError) in
                    let vectors = (0..<tile.vectors).map { loadVector(place(source, carried[1]), vector: $0) }
                    var next: [IRValue] = [
                        LLVMBuildAdd(builder, carried[0], columnStep, ""), LLVMBuildAdd(builder, carried[1], bStride, ""),
                    ]
                    for (index, factor) in factors.enumerated() {
                        let number = module.load(types.scalarNumber, place(factor, carried[0]), alignment: 4)
                        let everywhere = module.splat(number, types)
                        for (position, vector) in vectors.enumerated() {
                            next.append(multiplyAdd(everywhere, vector, carried[2 + index * tile.vectors + position]))
                        }
                    }
                    return next
                }
                for (index, position) in places.enumerated() {
                    let line = place(target, LLVMBuildMul(builder, position, cStride, ""))
                    for vector in 0..<tile.vectors {
                        module.store(
                            sums[2 + index * tile.vectors + vector],
                            place(line, module.sizeConstant(vector * types.width)), alignment: 4)
                    }
                }
                return []
            }
            return []
        }
        LLVMBuildRetVoid(builder)
    }

    /// `void name(size_t rows, size_t columns, size_t count, const float *a, size_t a_stride, const float *b,
    /// size_t b_stride, float *c, size_t c_stride)`: c[i·c_stride + j] = Σₙ a[i·a_stride + n] · b[j·b_stride + n].
    /// Rows, columns and count are not 0. Numbers of a and b beyond count up to `batchPadding` take part: those of a must be
    /// 0, those of b finite.
    func emitSumProduct(name: String) throws(KernelError) {
        let function = module.addFunction(name, type(inputs: [1, 1], of: 3))
        module.move(to: module.block("entry", in: function))
        let arguments = (0..<9).map { LLVMGetParam(function, $0) as IRValue }
        let (rows, columns, count) = (arguments[0], arguments[1], arguments[2])
        let (a, aStride, b, bStride) = (arguments[3], arguments[4], arguments[5], arguments[6])
        let (c, cStride) = (arguments[7], arguments[8])
        let zero = module.sizeConstant(0)
        func clamped(_ start: IRValue, _ tile: Int, _ end: IRValue) -> [IRValue] {
            let last: IRValue = LLVMBuildSub(builder, end, module.sizeConstant(1), "")
            return (0..<tile).map { module.minimum(LLVMBuildAdd(builder, start, module.sizeConstant($0), ""), last) }
        }
        _ = try module.loop(in: function, from: zero, to: rows, step: module.sizeConstant(tile.sumRows)) {
            row, _ throws(KernelError) in
            let ownRows = clamped(row, tile.sumRows, rows)
            let left = ownRows.map { place(a, LLVMBuildMul(builder, $0, aStride, "")) }
            _ = try module.loop(
                in: function, from: zero, to: columns, step: module.sizeConstant(tile.sumColumns)
            ) { column, _ throws(KernelError) in
                let ownColumns = clamped(column, tile.sumColumns, columns)
                let right = ownColumns.map { place(b, LLVMBuildMul(builder, $0, bStride, "")) }
                let empty = [IRValue](repeating: LLVMConstNull(types.number), count: tile.sumRows * tile.sumColumns)
                let sums = try module.loop(
                    in: function, from: zero, to: count, step: module.sizeConstant(types.width), carrying: empty
                ) { index, carried throws(KernelError) in
                    var next = carried
                    let factors = left.map { loadVector(place($0, index), vector: 0) }
                    for (position, line) in right.enumerated() {
                        let vector = loadVector(place(line, index), vector: 0)
                        for (own, factor) in factors.enumerated() {
                            let sum = own * tile.sumColumns + position
                            next[sum] = multiplyAdd(factor, vector, carried[sum])
                        }
                    }
                    return next
                }
                for (own, position) in ownRows.enumerated() {
                    let line = place(c, LLVMBuildMul(builder, position, cStride, ""))
                    for (other, column) in ownColumns.enumerated() {
                        let sum = module.horizontalSum(sums[own * tile.sumColumns + other], width: types.width)
                        module.store(sum, place(line, column), alignment: 4)
                    }
                }
                return []
            }
            return []
        }
        LLVMBuildRetVoid(builder)
    }

    /// Some sizes, then arrays with so many steps each, the result's array and step last.
    private func type(inputs steps: [Int], of sizes: Int) -> IRType {
        let array = module.pointer(to: types.scalarNumber)
        var parameters = [IRType](repeating: module.size, count: sizes)
        for count in steps + [1] { parameters += [array] + [IRType](repeating: module.size, count: count) }
        return module.functionType(parameters)
    }

    private func place(_ array: IRValue, _ index: IRValue) -> IRValue { module.element(types.scalarNumber, array, index) }

    private func loadVector(_ address: IRValue, vector: Int) -> IRValue {
        module.load(types.number, place(address, module.sizeConstant(vector * types.width)), alignment: 4)
    }

    /// a·b + c, rounded once where the processor has an instruction for it.
    private func multiplyAdd(_ a: IRValue, _ b: IRValue, _ c: IRValue) -> IRValue {
        guard module.target.hasFusedMultiplyAdd else {
            return LLVMBuildFAdd(builder, LLVMBuildFMul(builder, a, b, ""), c, "")
        }
        return module.callIntrinsic("llvm.fma", type: types.number, [a, b, c])
    }
}
