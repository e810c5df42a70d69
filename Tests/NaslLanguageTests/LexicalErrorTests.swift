import Testing

/// Messages about characters, numbers and texts, whole.
struct LexicalErrorTests {
    @Test(arguments: [
        (
            #"let x = 3 $ 4"#,
            #"""
            error[N0002]: `$` has no meaning here
              --> a.nasl:1:11
              |
            1 | let x = 3 $ 4
              |           ^
            """#
        ),
        (
            #"let s = “text”"#,
            #"""
            error[N0002]: `“` has no meaning here
              --> a.nasl:1:9
              |
            1 | let s = “text”
              |         ^
              = help: a text stands between straight double quotes: `"text"`

            error[N0002]: `”` has no meaning here
              --> a.nasl:1:14
              |
            1 | let s = “text”
              |              ^
              = help: a text stands between straight double quotes: `"text"`
            """#
        ),
        (
            #"let λ = 3²"#,
            #"""
            error[N0002]: `²` has no meaning here
              --> a.nasl:1:10
              |
            1 | let λ = 3²
              |          ^
              = help: write `^2`
            """#
        ),
        (
            #"a ? b : c"#,
            #"""
            error[N0002]: `?` has no meaning here
              --> a.nasl:1:3
              |
            1 | a ? b : c
              |   ^
              = help: a question mark stands before a name in a pattern: `?a`
            """#
        ),
        (
            #"let a = b\#u{A0}+ 1"#,
            #"""
            error[N0002]: an invisible character, U+A0, stands here
              --> a.nasl:1:10
              |
            1 | let a = b\#u{A0}+ 1
              |          ^
              = help: write an ordinary space or nothing
            """#
        ),
        (
            #"let x = 2 ** 3"#,
            #"""
            error[N0003]: `**` is no operator here
              --> a.nasl:1:11
              |
            1 | let x = 2 ** 3
              |           ^^ write `^`
            """#
        ),
        (
            #"let x = 5 ≤ 6"#,
            #"""
            error[N0003]: `≤` is no operator here
              --> a.nasl:1:11
              |
            1 | let x = 5 ≤ 6
              |           ^ write `<=`
            """#
        ),
        (
            #"!x"#,
            #"""
            error[N0003]: `!` is no operator here
              --> a.nasl:1:1
              |
            1 | !x
              | ^ write `not`
            """#
        ),
        (
            #"a => b"#,
            #"""
            error[N0003]: `=>` is no operator here
              --> a.nasl:1:3
              |
            1 | a => b
              |   ^^ write `->`
            """#
        ),
        (
            #"let x = 3x"#,
            #"""
            error[N0004]: `x` is no unit of time
              --> a.nasl:1:10
              |
            1 | let x = 3x
              |          ^
              = help: for a product write `3 * x`; durations end in `ms`, `s`, `min` or `h`
            """#
        ),
        (
            #"let t = 10m"#,
            #"""
            error[N0004]: `m` is no unit of time
              --> a.nasl:1:11
              |
            1 | let t = 10m
              |           ^
              = help: did you mean `10min`?
            """#
        ),
        (
            #"""
            let x = 1.
            let y = .5
            """#,
            #"""
            error[N0005]: digits are missing after the point
              --> a.nasl:1:9
              |
            1 | let x = 1.
              |         ^^ write `1.0`

            error[N0005]: digits are missing before the point
              --> a.nasl:2:9
              |
            2 | let y = .5
              |         ^^ write `0.5`
            """#
        ),
        (
            #"1e400"#,
            #"""
            error[N0006]: this number is too large
              --> a.nasl:1:1
              |
            1 | 1e400
              | ^^^^^ the largest is 1.7976931348623157e308
              = help: infinity is written `inf`
            """#
        ),
        (
            #"""
            let s = "abc
            let y = 1
            """#,
            #"""
            error[N0007]: this text is not closed
              --> a.nasl:1:9
              |
            1 | let s = "abc
              |         ^^^^ the line ends before its `"`
              = help: a line break inside a text is written `\n`
            """#
        ),
        (
            #"let s = "a\qb""#,
            #"""
            error[N0008]: `\q` is no escape
              --> a.nasl:1:11
              |
            1 | let s = "a\qb"
              |           ^^
              = help: there are `\n`, `\t`, `\r`, `\"`, `\\` and `\u{3b1}`; a backslash is `\\`
            """#
        ),
        (
            #"let x = "tab \t and \x""#,
            #"""
            error[N0008]: `\x` is no escape
              --> a.nasl:1:21
              |
            1 | let x = "tab \t and \x"
              |                     ^^
              = help: there are `\n`, `\t`, `\r`, `\"`, `\\` and `\u{3b1}`; a backslash is `\\`
            """#
        ),
        (
            #"let s = "a\u{110000}b""#,
            #"""
            error[N0008]: `\u{110000` is no escape
              --> a.nasl:1:11
              |
            1 | let s = "a\u{110000}b"
              |           ^^^^^^^^^
              = help: there are `\n`, `\t`, `\r`, `\"`, `\\` and `\u{3b1}`; a backslash is `\\`
            """#
        ),
        (
            #"let s = 'abc'"#,
            #"""
            error[N0009]: a text stands between double quotes
              --> a.nasl:1:9
              |
            1 | let s = 'abc'
              |         ^^^^^ write `"text"`
            """#
        ),
    ])
    func message(source: String, shown: String) {
        #expect(Reading(source).messages == shown)
    }
}
