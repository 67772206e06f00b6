extension DataPreset {
    /// Every preset. The files are the UCI Machine Learning Repository's sets 280, 31 and 94 (CC BY 4.0); digests and
    /// addresses are those by which scikit-learn and others have long fetched the same files.
    public static let all = [
        DataPreset(
            name: "higgs", title: "collisions simulated for the Large Hadron Collider: signal or background (UCI 280)",
            fileNames: ["HIGGS.csv", "higgs.csv"], label: .first, positive: 1, featureCount: 28, publicRowCount: 11_000_000,
            rows: .first(100_000),
            download: Download(
                address: "https://archive.ics.uci.edu/ml/machine-learning-databases/00280/HIGGS.csv.gz",
                fileName: "HIGGS.csv.gz", byteCount: 2_816_407_858,
                sha256: "ea302c18164d4e3d916a1e2e83a9a8d07069fa6ebc7771e4c0540d54e593b698")),
        DataPreset(
            name: "forest-cover", title: "cover types 1 to 7 of patches of forest; 2 against the rest (UCI 31)",
            fileNames: ["covtype.data", "covtype.csv"], label: .last, positive: 2, featureCount: 54, publicRowCount: 581_012,
            rows: .sample(100_000),
            download: Download(
                address: "https://archive.ics.uci.edu/ml/machine-learning-databases/covtype/covtype.data.gz",
                fileName: "covtype.data.gz", byteCount: nil,
                sha256: "614360d0257557dd1792834a85a1cdebfadc3c4f30b011d56afee7ffb5b15771")),
        DataPreset(
            name: "spambase", title: "word and character frequencies of mail: spam or not (UCI 94)",
            fileNames: ["spambase.data", "spambase.csv"], label: .last, positive: 1, featureCount: 57, publicRowCount: 4_601,
            rows: .all,
            download: Download(
                address: "https://archive.ics.uci.edu/ml/machine-learning-databases/spambase/spambase.data",
                fileName: "spambase.data", byteCount: 702_942,
                sha256: "b1ef93de71f97714d3d7d4f58fc9f718da7bbc8ac8a150eff2778616a8097b12")),
    ]
}
