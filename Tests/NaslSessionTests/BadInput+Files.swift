extension BadInput {
    /// Files.
    static let files = [
        BadInput(
            #"""
            csv("missing.csv")
            """#,
            #"""
            error[N0314]: missing.csv: found no such file, expected a file that can be read
              --> test.nasl:1:1
              |
            1 | csv("missing.csv")
              | ^^^^^^^^^^^^^^^^^^
            """#),
        BadInput(
            #"""
            import "missing.nasl"
            """#,
            #"""
            error[N0314]: there is no file `missing.nasl`
              --> test.nasl:1:8
              |
            1 | import "missing.nasl"
              |        ^^^^^^^^^^^^^^
            """#),
        BadInput(
            #"""
            text("/")
            """#,
            #"""
            error[N0314]: /: found a folder, expected a data file
              --> test.nasl:1:1
              |
            1 | text("/")
              | ^^^^^^^^^
            """#),
    ]
}
