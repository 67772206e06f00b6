/// The number types that tables hold: `Float` and `Double`.
public protocol TableScalar: BinaryFloatingPoint, LosslessStringConvertible, Sendable {}

extension Float: TableScalar {}
extension Double: TableScalar {}

extension TableScalar {
    /// The shortest text that reads back as the same number, without a needless `.0`.
    public var shortestText: String {
        let text = String(describing: self)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
