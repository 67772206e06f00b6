internal import COpenSSL

/// Digests of bytes.
enum Digest {
    /// SHA-256 in hexadecimal.
    static func sha256(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        // `digest` has the length that SHA256 writes, and `bytes` the count it is told.
        _ = SHA256(bytes, bytes.count, &digest)
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
