import ArgumentParser
import Datasets
import Experiments
import Foundation
import Kernels
import Networks

extension ExperimentSet: ExpressibleByArgument {}

/// `formulac reproduce`: the paper, from raw files to tables and pictures.
struct Reproduce: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the paper (arXiv 2601.10740): discovery, training, transfer, tables and pictures.",
        discussion: """
            On each data set a formula is discovered as the paper does it; then every model of its table is trained over \
            the seeds, with the formula discovered on HIGGS also on the two other sets. The folder holds the files in \
            UCI's names (HIGGS.csv.gz, covtype.data.gz, spambase.data); those that are not there are left out. Without a \
            folder, generated sets in the shape of HIGGS and Covertype take their place.

            The tables go to standard output as Markdown; --out also writes every run (runs.csv), everything \
            (results.json), the tables (report.md) and a page with tables and plots (report.html). What an interrupted run had \
            finished goes to partial-report.md and so on, so that it replaces no complete report. With ten seeds or more \
            the report says which of the paper's claims hold.

            Examples:
              formulac reproduce --quick
              formulac reproduce --data-dir DATA --out report
              formulac reproduce --data-dir DATA --seeds 42-51 --searched --out report
              formulac reproduce --data-dir DATA --transfer spambase:higgs
            """)

    @Option(help: ArgumentHelp("The folder with the data files.", valueName: "folder"))
    var dataDir: String?

    @Option(help: ArgumentHelp("The folder that the report is written into.", valueName: "folder"))
    var out: String?

    @Flag(help: "Uses 8000 rows of each set.")
    var quick = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The seeds: numbers and ranges, such as 1,5,9-12; 42-44 if left out.", valueName: "list"),
        transform: SeedList.parse)
    var seeds: [UInt64] = [42, 43, 44]

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Gives all seeds the split of this one.", valueName: "seed"),
        transform: Number.seed)
    var splitSeed: UInt64?

    @Option(
        name: .customLong("set"), help: ArgumentHelp("Works on this set only; may be repeated.", valueName: "name"))
    var sets: [ExperimentSet] = []

    @Option(
        name: .customLong("transfer"),
        help: ArgumentHelp("Also tries the first set's formula on the second; may be repeated.", valueName: "from:to"),
        transform: { text in
            let names = text.split(separator: ":").map { ExperimentSet(rawValue: String($0)) }
            guard names.count == 2, let source = names[0], let target = names[1] else {
                throw ValidationError(
                    "two sets are wanted, such as spambase:higgs, of \(ExperimentSet.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            guard source != target else {
                throw ValidationError("a set's own formula is tried on it anyway; name two sets")
            }
            return Reproduction.Transfer(from: source, to: target)
        })
    var transfers: [Reproduction.Transfer] = []

    @Flag(help: "Tries every set's formula on every other set.")
    var allTransfers = false

    @Flag(help: "Also trains with the formulas that the activation search found (Grammar/Discovered.formula).")
    var searched = false

    @Option(
        name: .customLong("activation"),
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Also trains Light networks with this formula; may be repeated.", valueName: "formula"),
        transform: LeadingMinus.trimmed)
    var activations: [String] = []

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Runs at a time; as many as cores if left out.", valueName: "count"),
        transform: Number.threads)
    var threads: Int?

    @Flag(help: "Prints JSON.")
    var json = false

    func validate() throws {
        let given = [
            ("--set", sets.map(\.rawValue)), ("--transfer", transfers.map { "\($0.source.rawValue):\($0.target.rawValue)" }),
            // Spaces make no other formula, nor another model.
            ("--activation", activations.map { $0.filter { !$0.isWhitespace } }),
        ]
        for (option, values) in given {
            if let twice = values.firstRepeated {
                throw ValidationError("\(option) \(twice) is given twice; give each once")
            }
        }
    }

    func run() throws {
        Interruption.watch()
        // Told before the work of hours.
        if let out {
            var place = URL(fileURLWithPath: out)
            while !Files.exist(place.path), place.path != "/" { place.deleteLastPathComponent() }
            guard Files.areFolders(place.path) else {
                throw CommandFailure(.failure, "\(out): \(place.lastPathComponent) is a file. Name a folder (--out)")
            }
        }
        for activation in activations { _ = try Activation(activation) }
        var reproduction = Reproduction()
        let data = try readData(leftOut: &reproduction.leftOut)
        reproduction.seeds = seeds
        reproduction.training.splitSeed = splitSeed
        reproduction.activations = activations
        reproduction.transfers = transfers
        let present = Set(data.map(\.set))
        for transfer in transfers where !present.isSuperset(of: [transfer.source, transfer.target]) {
            let note =
                "--transfer \(transfer.source.rawValue):\(transfer.target.rawValue) is left out: not both sets are in this run"
            reproduction.leftOut.append(note)
            Console.note("note: \(note)")
        }
        if let threads { reproduction.threadCount = threads }
        if allTransfers {
            let all = data.flatMap { target in
                data.filter { $0.set != target.set }.map { Reproduction.Transfer(from: $0.set, to: target.set) }
            }
            reproduction.transfers += all.filter { !transfers.contains($0) }
        }
        if searched {
            for entry in data { reproduction.searched[entry.set] = DiscoveredActivation.found(for: entry.set).map(\.formula) }
        }
        let progress = ReproductionProgress()
        let result = try reproduction.run(
            data, report: { progress.report($0) }, isCancelled: { Interruption.isRequested })
        Console.endProgress()
        let report = ReproductionReport(result)
        // Printed first, so that a folder that cannot be written does not lose what was measured.
        Console.result(bytes: Array((json ? try report.json() : report.markdown).utf8))
        if let out {
            for path in try report.write(to: out) { Console.note("wrote \(path)") }
        }
        if !result.isComplete { throw CommandFailure(.interrupted, "interrupted: the report holds what was finished") }
    }

    private static let quickRowCount = 8_000
    private static let generatedRowCount = 20_000

    /// - Parameter leftOut: gets a note for each set that is not there.
    private func readData(leftOut: inout [String]) throws -> [ExperimentData] {
        let wanted = sets.isEmpty ? (dataDir == nil ? ExperimentSet.generated : ExperimentSet.published) : sets
        var data: [ExperimentData] = []
        for set in wanted where !Interruption.isRequested {
            if let generated = set.generated(rowCount: quick ? Self.quickRowCount : Self.generatedRowCount) {
                data.append(generated)
            } else if let dataDir {
                let progress = ReadingDisplay()
                defer { progress.end() }
                if let read = try set.read(
                    from: dataDir, rowLimit: quick ? Self.quickRowCount : nil, configure: progress.watch)
                {
                    data.append(read)
                } else {
                    leftOut.append("\(set.title) is left out: there is no \(set.fileName)")
                    Console.note("note: \(set.title) is left out: \(dataDir) has no \(set.fileName)")
                }
            } else {
                throw CommandFailure(.usage, "--set \(set.rawValue) needs --data-dir, the folder with \(set.fileName)")
            }
        }
        guard !data.isEmpty else {
            if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted") }
            throw CommandFailure(
                .badInput,
                "\(dataDir ?? "."): has none of the data files (\(ExperimentSet.published.map(\.fileName).joined(separator: ", "))). "
                    + "Name the folder that holds them (--data-dir)")
        }
        return data
    }
}

/// Seeds as text: numbers and ranges, separated by commas.
enum SeedList {
    /// The most seeds of a range.
    private static let most = 10_000

    @Sendable
    static func parse(_ text: String) throws -> [UInt64] {
        var seeds: [UInt64] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map {
                UInt64($0.trimmingCharacters(in: .whitespaces))
            }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
                throw ValidationError("numbers and ranges are wanted, such as 42-44 or 1,5,9-12, not \"\(part)\"")
            }
            guard first <= last else { throw ValidationError("\(first) is larger than \(last): write \(last)-\(first)") }
            guard last - first < most else { throw ValidationError("\(part) are more than \(most) seeds") }
            seeds += first...last
        }
        if let twice = seeds.firstRepeated { throw ValidationError("each seed is wanted once, not \(twice) twice") }
        return seeds
    }
}
