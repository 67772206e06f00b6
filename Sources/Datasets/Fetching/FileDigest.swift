import COpenSSL

/// Digests of files.
enum FileDigest {
    /// SHA-256 in hexadecimal, computed piece by piece.
    ///
    /// - Throws: where the file cannot be read, or `isCancelled` says to end.
    static func sha256(path: String, isCancelled: () -> Bool = { false }) throws(DatasetError) -> String {
        let file = try FileBytes(path: path)
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            if isCancelled() { throw DatasetError(file: path, problem: .cancelled) }
            let count = try file.read(into: &bytes, from: 0, count: bytes.count)
            // Reads no more than the `count` bytes that were just filled.
            EVP_DigestUpdate(context, bytes, count)
            if count < bytes.count { break }
        }
        var digest = [UInt8](repeating: 0, count: 32)
        // SHA-256 has 32 bytes.
        EVP_DigestFinal_ex(context, &digest, nil)
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
