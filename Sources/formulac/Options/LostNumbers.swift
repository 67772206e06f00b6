import Formulas
import Synchronization

/// Literals that a type cannot hold.
enum LostNumbers {
    private static let noted = Mutex<Set<Constant>>([])

    /// Notes on standard error, once each, the finite literals that become infinite or 0 in a type.
    static func note(in formulas: [Formula], _ type: Precision) {
        guard type == .float else { return }
        for value in formulas.flatMap(\.nodes).compactMap(\.constant) where value.isFinite {
            let rounded = Float(value)
            guard rounded.isInfinite || rounded == 0 && value != 0 else { continue }
            guard noted.withLock({ $0.insert(Constant(value)).inserted }) else { continue }
            Console.note("note: \(value) is beyond float, where it becomes \(rounded): --type double holds it")
        }
    }
}
