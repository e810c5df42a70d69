/// All of Fashion-MNIST (Xiao, Rasul & Vollgraf 2017), where Debian's package has put it.
extension DataSet {
    /// Where the package `dataset-fashion-mnist` puts its files.
    public static let fashionFolder = "/usr/share/datasets/fashion-mnist"

    /// Pictures of clothes, 28x28 pixels in 0...1: 55,000 training, 5,000 validation (as many of each class) and 10,000 test examples.
    ///
    /// - Throws: where the package is not installed; the message says how to.
    public static func fashionFull() throws(DataError) -> DataSet {
        try loaded("fashion_full") { () throws(DataError) in try fashionFull(in: fashionFolder) }
    }

    /// The same from any folder with these files: a twelfth of the training pictures of each class is the validation part.
    package static func fashionFull(in folder: String) throws(DataError) -> DataSet {
        func rows(_ part: String) throws(DataError) -> Rows {
            let images = try file("\(part)-images-idx3-ubyte", in: folder)
            return try pictures(images, try file("\(part)-labels-idx1-ubyte", in: folder), side: 28)
        }
        let all = try rows("train")
        let (train, validation) = held(all, perClass: all.count / 120)
        return try DataSet(
            name: "fashion_full", shape: [28, 28, 1], classes: 10, train: all.rows(at: train), validation: all.rows(at: validation), test: rows("t10k"))
    }

    /// Packed or not.
    private static func file(_ name: String, in folder: String) throws(DataError) -> String {
        for path in ["\(folder)/\(name).gz", "\(folder)/\(name)"] where FileBytes.exists(path) { return path }
        throw DataError(
            file: "fashion_full", found: "no `\(name).gz` in \(folder)",
            expected: "the files of Debian's package: `apt-get install dataset-fashion-mnist`")
    }
}
