/// The part of the library that is written in the language itself, embedded in the binary.
public enum NaslLibrary {
    public static var prelude: String { String(decoding: PackageResources.prelude_nasl, as: UTF8.self) }
}
