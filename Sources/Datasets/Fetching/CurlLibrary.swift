import CCurl
import Foundation

/// The functions of libcurl that fetching takes, found at run time. Their signatures and the numbers of options are
/// those of libcurl's stable binary interface (`curl/curl.h`, library version 4).
struct CurlLibrary {
    typealias Handle = UnsafeMutableRawPointer

    /// Options of a transfer.
    enum Option: Int32 {
        case writeData = 10_001
        case url = 10_002
        case userAgent = 10_018
        case lowSpeedLimit = 19
        case lowSpeedTime = 20
        case failOnError = 45
        case followLocation = 52
        case maximumRedirections = 68
        case connectTimeout = 78
        case noSignal = 99
        case protocols = 181
        case redirectionProtocols = 182
        case resumeFrom = 30_116
    }

    /// Results of a transfer that are told apart.
    enum Result {
        static let success: Int32 = 0
        static let writeError: Int32 = 23
        static let rangeError: Int32 = 33
        static let httpError: Int32 = 22
        /// Connections that broke, stalled or gave too little: what has arrived is good.
        static let broken: Set<Int32> = [18, 28, 52, 55, 56, 92]
    }

    static let httpProtocols = 1 | 2
    static let responseCode: Int32 = 0x20_0002
    static let contentLength: Int32 = 0x60_000F

    let easyInit: @convention(c) () -> Handle?
    let easyCleanup: @convention(c) (Handle) -> Void
    let easyError: @convention(c) (Int32) -> UnsafePointer<CChar>
    let multiInit: @convention(c) () -> Handle?
    let multiAdd: @convention(c) (Handle, Handle) -> Int32
    let multiPerform: @convention(c) (Handle, UnsafeMutablePointer<Int32>) -> Int32
    let multiPoll: @convention(c) (Handle, UnsafeMutableRawPointer?, UInt32, Int32, UnsafeMutablePointer<Int32>?) -> Int32
    let multiRead: @convention(c) (Handle, UnsafeMutablePointer<Int32>) -> UnsafePointer<formulac_curl_message>?
    let multiRemove: @convention(c) (Handle, Handle) -> Int32
    let multiCleanup: @convention(c) (Handle) -> Int32
    private let setOption: UnsafeMutableRawPointer
    private let getInfo: UnsafeMutableRawPointer

    private static let names = ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"]

    /// Opens the library, which then stays.
    ///
    /// - Returns: `nil` where there is none.
    init?() {
        guard let library = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else { return nil }
        func find(_ name: String) -> UnsafeMutableRawPointer? { dlsym(library, "curl_\(name)") }
        guard let easyInit = find("easy_init"), let easyCleanup = find("easy_cleanup"), let easyError = find("easy_strerror"),
            let multiInit = find("multi_init"), let multiAdd = find("multi_add_handle"),
            let multiPerform = find("multi_perform"), let multiPoll = find("multi_poll"),
            let multiRead = find("multi_info_read"), let multiRemove = find("multi_remove_handle"),
            let multiCleanup = find("multi_cleanup"), let setOption = find("easy_setopt"), let getInfo = find("easy_getinfo")
        else { return nil }
        // Each cast states the function's signature in curl/easy.h or curl/multi.h.
        self.easyInit = unsafeBitCast(easyInit, to: (@convention(c) () -> Handle?).self)
        self.easyCleanup = unsafeBitCast(easyCleanup, to: (@convention(c) (Handle) -> Void).self)
        self.easyError = unsafeBitCast(easyError, to: (@convention(c) (Int32) -> UnsafePointer<CChar>).self)
        self.multiInit = unsafeBitCast(multiInit, to: (@convention(c) () -> Handle?).self)
        self.multiAdd = unsafeBitCast(multiAdd, to: (@convention(c) (Handle, Handle) -> Int32).self)
        self.multiPerform = unsafeBitCast(
            multiPerform, to: (@convention(c) (Handle, UnsafeMutablePointer<Int32>) -> Int32).self)
        self.multiPoll = unsafeBitCast(
            multiPoll,
            to: (@convention(c) (Handle, UnsafeMutableRawPointer?, UInt32, Int32, UnsafeMutablePointer<Int32>?) -> Int32).self)
        self.multiRead = unsafeBitCast(
            multiRead,
            to: (@convention(c) (Handle, UnsafeMutablePointer<Int32>) -> UnsafePointer<formulac_curl_message>?).self)
        self.multiRemove = unsafeBitCast(multiRemove, to: (@convention(c) (Handle, Handle) -> Int32).self)
        self.multiCleanup = unsafeBitCast(multiCleanup, to: (@convention(c) (Handle) -> Int32).self)
        self.setOption = setOption
        self.getInfo = getInfo
    }

    /// Sets a number.
    func set(_ option: Option, _ value: Int, of handle: Handle) {
        if option.rawValue >= 30_000 {
            _ = formulac_curl_set_offset(setOption, handle, option.rawValue, Int64(value))
        } else {
            _ = formulac_curl_set_long(setOption, handle, option.rawValue, value)
        }
    }

    /// Sets a text, which libcurl copies.
    func set(_ option: Option, _ text: String, of handle: Handle) {
        _ = text.withCString { formulac_curl_set_pointer(setOption, handle, option.rawValue, $0) }
    }

    /// Sets the open file that what arrives is written to; it must stay open for as long as the transfer runs.
    func set(_ option: Option, file: UnsafeMutablePointer<FILE>, of handle: Handle) {
        _ = formulac_curl_set_pointer(setOption, handle, option.rawValue, file)
    }

    /// The status that the server answered with; 0 before it did.
    func status(of handle: Handle) -> Int {
        var value = 0
        _ = formulac_curl_get_long(getInfo, handle, Self.responseCode, &value)
        return value
    }

    /// How many bytes the server is going to send, or `nil` where it does not say.
    func length(of handle: Handle) -> Int? {
        var value: Int64 = -1
        _ = formulac_curl_get_offset(getInfo, handle, Self.contentLength, &value)
        return value > 0 ? Int(value) : nil
    }
}
