// The notation in which elementary functions are written: every operator here is one instruction.

extension LaneNumber {
    private func apply(_ operation: LaneOperation, _ others: LaneNumber...) -> LaneNumber {
        LaneNumber(id: builder.insert(operation, [id] + others.map(\.id)), builder: builder)
    }

    private func compare(_ operation: LaneOperation, _ other: LaneNumber) -> LaneMask {
        LaneMask(id: builder.insert(operation, [id, other.id]), builder: builder)
    }

    static func + (a: LaneNumber, b: LaneNumber) -> LaneNumber { a.apply(.add, b) }
    static func - (a: LaneNumber, b: LaneNumber) -> LaneNumber { a.apply(.subtract, b) }
    static func * (a: LaneNumber, b: LaneNumber) -> LaneNumber { a.apply(.multiply, b) }
    static func / (a: LaneNumber, b: LaneNumber) -> LaneNumber { a.apply(.divide, b) }
    static prefix func - (a: LaneNumber) -> LaneNumber { a.apply(.negate) }

    static func + (a: LaneNumber, b: Double) -> LaneNumber { a + a.builder.number(b) }
    static func - (a: LaneNumber, b: Double) -> LaneNumber { a - a.builder.number(b) }
    static func * (a: LaneNumber, b: Double) -> LaneNumber { a * a.builder.number(b) }
    static func - (a: Double, b: LaneNumber) -> LaneNumber { b.builder.number(a) - b }
    static func / (a: Double, b: LaneNumber) -> LaneNumber { b.builder.number(a) / b }

    /// self·b + c, rounded once.
    func multipliedAdding(_ b: LaneNumber, _ c: LaneNumber) -> LaneNumber { apply(.fusedMultiplyAdd, b, c) }
    var squareRoot: LaneNumber { apply(.squareRoot) }
    var magnitude: LaneNumber { apply(.absolute) }
    func withSign(of other: LaneNumber) -> LaneNumber { apply(.copySign, other) }
    var roundedToEven: LaneNumber { apply(.roundToEven) }
    /// `self < other ? self : other`.
    func minimum(_ other: LaneNumber) -> LaneNumber { apply(.minimum, other) }
    /// `self > other ? self : other`.
    func maximum(_ other: LaneNumber) -> LaneNumber { apply(.maximum, other) }

    static func < (a: LaneNumber, b: LaneNumber) -> LaneMask { a.compare(.less, b) }
    static func <= (a: LaneNumber, b: LaneNumber) -> LaneMask { a.compare(.lessOrEqual, b) }
    static func > (a: LaneNumber, b: LaneNumber) -> LaneMask { b.compare(.less, a) }
    static func >= (a: LaneNumber, b: LaneNumber) -> LaneMask { b.compare(.lessOrEqual, a) }
    static func < (a: LaneNumber, b: Double) -> LaneMask { a < a.builder.number(b) }
    static func <= (a: LaneNumber, b: Double) -> LaneMask { a <= a.builder.number(b) }
    static func > (a: LaneNumber, b: Double) -> LaneMask { a > a.builder.number(b) }
    static func >= (a: LaneNumber, b: Double) -> LaneMask { a >= a.builder.number(b) }
    func isEqual(to other: LaneNumber) -> LaneMask { compare(.equal, other) }
    func isEqual(to other: Double) -> LaneMask { compare(.equal, builder.number(other)) }
    func isUnordered(with other: LaneNumber) -> LaneMask { compare(.unordered, other) }
    var isNaN: LaneMask { isUnordered(with: self) }

    var bits: LaneInteger { LaneInteger(id: builder.insert(.bits, [id]), builder: builder) }
}

extension LaneInteger {
    private func apply(_ operation: LaneOperation, _ other: LaneInteger) -> LaneInteger {
        LaneInteger(id: builder.insert(operation, [id, other.id]), builder: builder)
    }

    private func shift(_ operation: LaneOperation, _ distance: Int) -> LaneInteger {
        LaneInteger(id: builder.insert(operation, [id], payload: UInt64(distance)), builder: builder)
    }

    private func compare(_ operation: LaneOperation, _ other: LaneInteger) -> LaneMask {
        LaneMask(id: builder.insert(operation, [id, other.id]), builder: builder)
    }

    static func + (a: LaneInteger, b: LaneInteger) -> LaneInteger { a.apply(.integerAdd, b) }
    static func - (a: LaneInteger, b: LaneInteger) -> LaneInteger { a.apply(.integerSubtract, b) }
    static func & (a: LaneInteger, b: LaneInteger) -> LaneInteger { a.apply(.integerAnd, b) }
    static func | (a: LaneInteger, b: LaneInteger) -> LaneInteger { a.apply(.integerOr, b) }
    static func ^ (a: LaneInteger, b: LaneInteger) -> LaneInteger { a.apply(.integerXor, b) }
    static func + (a: LaneInteger, b: Int64) -> LaneInteger { a + a.builder.integer(b) }
    static func - (a: LaneInteger, b: Int64) -> LaneInteger { a - a.builder.integer(b) }
    static func & (a: LaneInteger, b: Int64) -> LaneInteger { a & a.builder.integer(b) }
    func shiftedLeft(_ distance: Int) -> LaneInteger { shift(.shiftLeft, distance) }
    func shiftedRight(_ distance: Int) -> LaneInteger { shift(.shiftRightLogical, distance) }
    func shiftedRightArithmetic(_ distance: Int) -> LaneInteger { shift(.shiftRightArithmetic, distance) }
    func isEqual(to other: LaneInteger) -> LaneMask { compare(.integerEqual, other) }
    func isEqual(to other: Int64) -> LaneMask { compare(.integerEqual, builder.integer(other)) }
    /// Signed comparison.
    static func < (a: LaneInteger, b: LaneInteger) -> LaneMask { a.compare(.integerLess, b) }
    var asNumber: LaneNumber { LaneNumber(id: builder.insert(.fromBits, [id]), builder: builder) }

    // Scalar only: for cold functions.
    static func * (a: LaneInteger, b: LaneInteger) -> LaneInteger { a.apply(.integerMultiply, b) }
    func multipliedHigh(_ b: LaneInteger) -> LaneInteger { apply(.integerMultiplyHigh, b) }
    func shiftedLeft(by b: LaneInteger) -> LaneInteger { apply(.shiftLeftBy, b) }
    func shiftedRight(by b: LaneInteger) -> LaneInteger { apply(.shiftRightBy, b) }
    func isLessUnsigned(than b: LaneInteger) -> LaneMask { compare(.integerLessUnsigned, b) }
    func word(of table: ColdTable) -> LaneInteger {
        LaneInteger(id: builder.insert(.tableWord, [id], payload: table.rawValue), builder: builder)
    }
    var converted: LaneNumber { LaneNumber(id: builder.insert(.convertToNumber, [id]), builder: builder) }
}

extension LaneMask {
    static func && (a: LaneMask, b: LaneMask) -> LaneMask {
        LaneMask(id: a.builder.insert(.maskAnd, [a.id, b.id]), builder: a.builder)
    }
    static func || (a: LaneMask, b: LaneMask) -> LaneMask {
        LaneMask(id: a.builder.insert(.maskOr, [a.id, b.id]), builder: a.builder)
    }
    static prefix func ! (a: LaneMask) -> LaneMask {
        LaneMask(id: a.builder.insert(.maskNot, [a.id]), builder: a.builder)
    }

    func select(_ a: LaneNumber, _ b: LaneNumber) -> LaneNumber {
        LaneNumber(id: builder.insert(.select, [id, a.id, b.id]), builder: builder)
    }
    func select(_ a: Double, _ b: LaneNumber) -> LaneNumber { select(builder.number(a), b) }
    func select(_ a: LaneInteger, _ b: LaneInteger) -> LaneInteger {
        LaneInteger(id: builder.insert(.integerSelect, [id, a.id, b.id]), builder: builder)
    }
    /// `self ? function(x)[result] : otherwise`, rarely taken.
    func cold(_ function: ColdFunction, _ x: LaneNumber, result: Int, otherwise: LaneNumber) -> LaneNumber {
        let payload = ColdCall(function, result: result).payload
        return LaneNumber(
            id: builder.insert(.coldNumber, [id, x.id, otherwise.id], payload: payload), builder: builder)
    }
    /// `self ? function(x)[result] : otherwise`, rarely taken.
    func cold(_ function: ColdFunction, _ x: LaneNumber, result: Int, otherwise: LaneInteger) -> LaneInteger {
        let payload = ColdCall(function, result: result).payload
        return LaneInteger(
            id: builder.insert(.coldInteger, [id, x.id, otherwise.id], payload: payload), builder: builder)
    }
}

extension LaneBuilder {
    /// c₀ + c₁·x + c₂·x² + … by Horner's rule, one rounding a step.
    func polynomial(_ x: LaneNumber, _ coefficients: [LaneNumber]) -> LaneNumber {
        guard var sum = coefficients.last else { return number(0) }
        for coefficient in coefficients.dropLast().reversed() { sum = sum.multipliedAdding(x, coefficient) }
        return sum
    }

    /// The polynomial with the coefficients of this precision, lowest first.
    ///
    /// - Parameters:
    ///   - fastFloat: the shorter one of the fast mode, where there is one.
    ///   - fastDouble: the same in Double.
    func polynomial(
        _ x: LaneNumber, float: [Float], double: [Double], fastFloat: [Float]? = nil, fastDouble: [Double]? = nil
    ) -> LaneNumber {
        let isFast = math == .fast
        let float = isFast ? fastFloat ?? float : float
        let double = isFast ? fastDouble ?? double : double
        return polynomial(x, precision == .float ? float.map { number(Double($0)) } : double.map { number($0) })
    }
}
