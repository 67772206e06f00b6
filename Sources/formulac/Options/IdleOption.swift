import ArgumentParser

/// Options that would change nothing.
enum IdleOption {
    /// Refuses the first of some options that is given: who gives it expects something of it.
    ///
    /// - Parameters:
    ///   - options: each option's name, and whether it is given.
    ///   - advice: what is said of it behind its name, such as "goes with --input".
    static func refuse(_ options: [(name: String, isGiven: Bool)], _ advice: String) throws {
        guard let option = options.first(where: \.isGiven) else { return }
        throw ValidationError("\(option.name) \(advice)")
    }
}
