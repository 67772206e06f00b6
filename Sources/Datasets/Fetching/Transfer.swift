import Foundation

/// One request for a file, written behind what is there of it already.
struct Transfer {
    /// How a request ended.
    enum Outcome: Equatable {
        case complete
        /// The server cannot send a part of the file.
        case rangesRefused
        /// The connection broke: asking for the rest makes sense.
        case broken(reason: String)
        /// The server has no such file, or does not give it; asking again makes no sense.
        case refused(status: Int)
        case failed(reason: String)
        case cancelled
    }

    let library: CurlLibrary
    let address: String

    /// How long nothing may arrive before a connection counts as broken, in seconds.
    private static let patience = 30

    /// Asks for the bytes from an offset on and adds them to a file.
    ///
    /// - Parameters:
    ///   - file: open for appending, `offset` bytes long.
    ///   - progress: called with the bytes there are and those there will be.
    func run(
        from offset: Int, into file: UnsafeMutablePointer<FILE>, progress: (Int, Int?) -> Void, isCancelled: () -> Bool
    ) -> Outcome {
        guard let easy = library.easyInit(), let multi = library.multiInit() else {
            return .failed(reason: "libcurl cannot be set up")
        }
        defer {
            _ = library.multiRemove(multi, easy)
            library.easyCleanup(easy)
            _ = library.multiCleanup(multi)
        }
        library.set(.url, address, of: easy)
        library.set(.userAgent, "formulac", of: easy)
        library.set(.writeData, file: file, of: easy)
        library.set(.noSignal, 1, of: easy)
        library.set(.failOnError, 1, of: easy)
        library.set(.followLocation, 1, of: easy)
        library.set(.maximumRedirections, 8, of: easy)
        library.set(.protocols, CurlLibrary.httpProtocols, of: easy)
        library.set(.redirectionProtocols, CurlLibrary.httpProtocols, of: easy)
        library.set(.connectTimeout, Self.patience, of: easy)
        library.set(.lowSpeedLimit, 1, of: easy)
        library.set(.lowSpeedTime, Self.patience, of: easy)
        if offset > 0 { library.set(.resumeFrom, offset, of: easy) }
        guard library.multiAdd(multi, easy) == 0 else { return .failed(reason: "libcurl cannot be set up") }
        var running: Int32 = 1
        while running > 0 {
            if isCancelled() { return .cancelled }
            guard library.multiPerform(multi, &running) == 0 else { return .failed(reason: "libcurl gave up") }
            progress(ftell(file), library.length(of: easy).map { $0 + offset })
            if running > 0 { _ = library.multiPoll(multi, nil, 0, 200, nil) }
        }
        var left: Int32 = 0
        guard let message = library.multiRead(multi, &left) else { return .failed(reason: "libcurl gave no result") }
        return outcome(
            message.pointee.data.result, status: library.status(of: easy), offset: offset)
    }

    private func outcome(_ result: Int32, status: Int, offset: Int) -> Outcome {
        let reason = String(cString: library.easyError(result))
        return switch result {
        // A part that begins where the file ends is an error or not, depending on libcurl's version.
        case CurlLibrary.Result.success where status == 416, CurlLibrary.Result.httpError where status == 416 && offset > 0,
            CurlLibrary.Result.rangeError:
            .rangesRefused
        case CurlLibrary.Result.success: .complete
        // Too many requests, or too slow ones, are no refusal for good.
        case CurlLibrary.Result.httpError where (400..<500).contains(status) && ![408, 429].contains(status):
            .refused(status: status)
        case CurlLibrary.Result.httpError: .failed(reason: "the server answered \(status)")
        case CurlLibrary.Result.writeError: .failed(reason: "the file cannot be written: \(String(cString: strerror(errno)))")
        case let code where CurlLibrary.Result.broken.contains(code): .broken(reason: reason)
        default: .failed(reason: reason)
        }
    }
}
