/// Keys that nobody can type in UTF-8 (the C1 controls): a key function pushes one to have another function of libedit run after it.
enum Key {
    static let accept: Unicode.Scalar = "\u{91}"
    static let abort: Unicode.Scalar = "\u{92}"
    static let older: Unicode.Scalar = "\u{93}"
    static let newer: Unicode.Scalar = "\u{94}"
    static let setMark: Unicode.Scalar = "\u{95}"
    static let killRegion: Unicode.Scalar = "\u{96}"
    static let lineEnd: Unicode.Scalar = "\u{97}"
    /// To vi's command mode.
    static let command: Unicode.Scalar = "\u{98}"

    /// As libedit's key bindings name it.
    static func name(_ key: Unicode.Scalar) -> String { "\\" + String(key.value, radix: 8) }
}
