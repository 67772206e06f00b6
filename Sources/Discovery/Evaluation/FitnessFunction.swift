/// What a search makes small: any judgement of programs.
///
/// A search asks for a whole generation at a time, so that a judge may share work among programs and spread it over cores.
/// For reproducible results a program's fitness must not depend on the others or on the order.
public protocol FitnessFunction: AnyObject {
    /// The raw fitness of each program, in order; less is better, NaN is invalid.
    func fitness(of programs: [Program]) throws -> [Double]
}
