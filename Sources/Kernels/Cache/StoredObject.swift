/// The format of one cache entry: a line that names the format, the key and the digest of the contents, each on a line of
/// its own, then the contents.
struct StoredObject {
    let key: String
    let contents: [UInt8]

    private static let format = "formulac object 1"

    init(key: String, contents: [UInt8]) {
        self.key = key
        self.contents = contents
    }

    /// Reads an entry; `nil` when it is not whole, not of this format or not of this key.
    init?(parsing bytes: [UInt8], key: String) {
        let fields = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
        guard fields.count == 4, fields[0].elementsEqual(Self.format.utf8), fields[1].elementsEqual(key.utf8) else {
            return nil
        }
        let contents = Array(fields[3])
        guard fields[2].elementsEqual(Digest.sha256(contents).utf8) else { return nil }
        self.init(key: key, contents: contents)
    }

    /// The entry as it stands in its file.
    var bytes: [UInt8] {
        Array("\(Self.format)\n\(key)\n\(Digest.sha256(contents))\n".utf8) + contents
    }
}
