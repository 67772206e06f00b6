/// This release of formulac.
public enum Release {
    /// The version, which goes into the keys of caches and the banners of exported files.
    public static let version = "0.1.0"
}
