import Foundation

extension Program {
    /// The program in prefix form, as gplearn prints it: `sub(cos(X25), cos(mul(0.250, X3)))`.
    ///
    /// - Parameter digits: digits after the point of constants, gplearn's three by default; `nil` for as many as read back
    ///   as the same number.
    public func text(_ primitives: PrimitiveSet, digits: Int? = 3) -> String {
        var result = ""
        // The operands still missing at each level.
        var missing: [Int] = []
        for (index, node) in nodes.enumerated() {
            switch node {
            case .function(let function, let arity):
                result += primitives.functions[Int(function)].name + "("
                missing.append(Int(arity))
                continue
            case .variable(let variable): result += primitives.variableNames[Int(variable)]
            case .constant(let value): result += digits.map { String(format: "%.\($0)f", value) } ?? "\(value)"
            }
            while let last = missing.popLast() {
                if last > 1 {
                    missing.append(last - 1)
                    break
                }
                result += ")"
            }
            if index != nodes.count - 1 { result += ", " }
        }
        return result
    }
}
