extension BadInput {
    /// Brackets and text.
    static let syntax = [
        BadInput(
            #"""
            let x = [1, 2
            """#,
            #"""
            error[N0202]: this `[` is not closed
              --> test.nasl:1:9
              |
            1 | let x = [1, 2
              |         ^    ^ `]` is missing here at the latest
            """#),
        BadInput(
            #"""
            fn f(x) {
                x + 1

            """#,
            #"""
            error[N0202]: this `{` is not closed
              --> test.nasl:1:9
              |
            1 | fn f(x) {
              |         ^
            2 |     x + 1
              |          ^ `}` is missing here at the latest
            """#),
        BadInput(
            #"""
            print((1 + 2)
            """#,
            #"""
            error[N0202]: this `(` is not closed
              --> test.nasl:1:6
              |
            1 | print((1 + 2)
              |      ^       ^ `)` is missing here at the latest
            """#),
        BadInput(
            #"""
            grammar G {
                E = 1 | 2

            """#,
            #"""
            error[N0202]: this `{` is not closed
              --> test.nasl:1:11
              |
            1 | grammar G {
              |           ^
            2 |     E = 1 | 2
              |              ^ `}` is missing here at the latest
            """#),
        BadInput(
            #"""
            let x = (1 + 2]
            """#,
            #"""
            error[N0203]: `]` does not close `(`
              --> test.nasl:1:15
              |
            1 | let x = (1 + 2]
              |         ^     ^ expected `)`
              |         |
              |         opened here
            """#),
        BadInput(
            #"""
            let x = "abc
            """#,
            #"""
            error[N0007]: this text is not closed
              --> test.nasl:1:9
              |
            1 | let x = "abc
              |         ^^^^ the line ends before its `"`
              = help: a line break inside a text is written `\n`
            """#),
        BadInput(
            #"""
            let x =
            """#,
            #"""
            error[N0201]: expected an expression, found the end of the text
              --> test.nasl:1:8
              |
            1 | let x =
              |        ^
            """#),
        BadInput(
            #"""
            1 +* 2
            """#,
            #"""
            error[N0201]: expected an expression, found `*`
              --> test.nasl:1:4
              |
            1 | 1 +* 2
              |    ^
            """#),
    ]
}
