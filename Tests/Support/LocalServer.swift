import Foundation
import Synchronization

/// A server on this machine that hands out one file over HTTP/1.1, for tests of what can go wrong on the way: it can
/// break off, stall, know no ranges, or answer with an error.
public final class LocalServer: Sendable {
    /// How a server behaves.
    public struct Behaviour: Sendable {
        /// What it sends.
        public var content: [UInt8]
        /// Whether it sends parts that are asked for.
        public var knowsRanges = true
        /// After how many bytes of content each request's connection breaks, one number a request; later ones do not.
        public var breaks: [Int] = []
        /// After how many bytes of content it goes silent.
        public var stallsAfter: Int?
        /// The status that it answers every request with instead.
        public var status: Int?
        /// Where it sends those who ask for `/moved`.
        public var redirection = "/file"

        /// A server that does all it should.
        public init(content: [UInt8]) { self.content = content }
    }

    /// The address of the file.
    public let address: String
    private let listener: Int32
    private let behaviour: Behaviour
    private let requestedRanges = Mutex<[String?]>([])
    private let isStopped = Atomic(false)

    /// The `Range` header of each request so far.
    public var ranges: [String?] { requestedRanges.withLock { $0 } }

    /// Starts to serve on a free port of 127.0.0.1.
    public init(_ behaviour: Behaviour) throws {
        self.behaviour = behaviour
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &place) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound, listen(descriptor, 8) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        listener = descriptor
        address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))/file"
        Thread.detachNewThread { [self] in serve() }
    }

    /// Stops serving.
    public func stop() {
        isStopped.store(true, ordering: .relaxed)
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve() {
        while !isStopped.load(ordering: .relaxed) {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            answer(connection)
            close(connection)
        }
    }

    private func answer(_ connection: Int32) {
        var request = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !request.contains("\r\n\r\n") {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            request += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        let range = request.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix("range:") }?
            .dropFirst(6).trimmingCharacters(in: .whitespaces)
        let index = requestedRanges.withLock { ranges in
            ranges.append(range)
            return ranges.count - 1
        }
        if let status = behaviour.status { return send(connection, head("\(status) Refused", length: 0)) }
        if request.hasPrefix("GET /moved ") {
            let place = "Location: \(behaviour.redirection)\r\n"
            return send(connection, head("302 Found", length: 0, more: place))
        }
        let size = behaviour.content.count
        var start = 0
        if behaviour.knowsRanges, let range, let first = Int(range.drop { !$0.isNumber }.prefix { $0.isNumber }) {
            guard first < size else {
                return send(connection, head("416 Range Not Satisfiable", length: 0, more: "Content-Range: bytes */\(size)\r\n"))
            }
            start = first
            let more = "Content-Range: bytes \(first)-\(size - 1)/\(size)\r\n"
            send(connection, head("206 Partial Content", length: size - first, more: more))
        } else {
            send(connection, head("200 OK", length: size))
        }
        let end = index < behaviour.breaks.count ? min(size, start + behaviour.breaks[index]) : size
        if let stall = behaviour.stallsAfter, stall < end {
            send(connection, Array(behaviour.content[start..<max(start, stall)]))
            while !isStopped.load(ordering: .relaxed) { usleep(20_000) }
        } else {
            send(connection, Array(behaviour.content[start..<end]))
        }
    }

    private func head(_ status: String, length: Int, more: String = "") -> [UInt8] {
        Array("HTTP/1.1 \(status)\r\nContent-Length: \(length)\r\n\(more)Connection: close\r\n\r\n".utf8)
    }

    private func send(_ connection: Int32, _ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            // No signal where the other side has gone.
            let flags = Int32(MSG_NOSIGNAL)
            let count = bytes[sent...].withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return }
            sent += count
        }
    }
}
