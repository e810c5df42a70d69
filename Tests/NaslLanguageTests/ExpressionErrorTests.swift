import Testing

/// Messages about expressions and brackets, whole.
struct ExpressionErrorTests {
    @Test(arguments: [
        (
            #"f(1, 2 3)"#,
            #"""
            error[N0201]: expected `,` or `)`, found `3`
              --> a.nasl:1:8
              |
            1 | f(1, 2 3)
              |  ^     ^
              |  |
              |  opened here
            """#
        ),
        (
            #"""
            plot(f,
                 g h,
                 over: 1..2)
            let y = 3 4
            """#,
            #"""
            error[N0201]: expected `,` or `)`, found `h`
              --> a.nasl:2:8
              |
            1 | plot(f,
              |     ^ opened here
            2 |      g h,
              |        ^

            error[N0204]: expected the end of the statement, found `4`
              --> a.nasl:4:11
              |
            4 | let y = 3 4
              |           ^
            """#
        ),
        (
            #"let x = let y = 3"#,
            #"""
            error[N0201]: expected `in`, found the end of the text
              --> a.nasl:1:18
              |
            1 | let x = let y = 3
              |                  ^
              = help: inside an expression it is written `let y = value in body`
            """#
        ),
        (
            #"1 +"#,
            #"""
            error[N0201]: expected an expression, found the end of the text
              --> a.nasl:1:4
              |
            1 | 1 +
              |    ^
            """#
        ),
        (
            #"let x = a[1, 2]"#,
            #"""
            error[N0201]: expected `]`, found `,`
              --> a.nasl:1:12
              |
            1 | let x = a[1, 2]
              |            ^
              = help: one index at a time: `a[0][1]`
            """#
        ),
        (
            #"()"#,
            #"""
            error[N0201]: expected an expression, found `)`
              --> a.nasl:1:2
              |
            1 | ()
              |  ^
              = help: a list without elements is written `[]`, a function without parameters `() -> e`
            """#
        ),
        (
            #"""
            let x = 1
              + 2
            """#,
            #"""
            error[N0201]: expected an expression, found `+`
              --> a.nasl:2:3
              |
            2 |   + 2
              |   ^
              = help: a line goes on in the next where it ends in an operator, `then` or `else`: put `+` there
            """#
        ),
        (
            #"let x = 3 + fn"#,
            #"""
            error[N0201]: expected an expression, found `fn`
              --> a.nasl:1:13
              |
            1 | let x = 3 + fn
              |             ^^
              = help: inside an expression a function is written `x -> e`
            """#
        ),
        (
            #"let x = f(a b)"#,
            #"""
            error[N0201]: expected `,` or `)`, found `b`
              --> a.nasl:1:13
              |
            1 | let x = f(a b)
              |          ^  ^
              |          |
              |          opened here
            """#
        ),
        (
            #"let f(x) = x"#,
            #"""
            error[N0201]: expected `=`, found `(`
              --> a.nasl:1:6
              |
            1 | let f(x) = x
              |      ^
              = help: a function is written `fn f(x) = ...`
            """#
        ),
        (
            #"f(x -> )"#,
            #"""
            error[N0201]: expected an expression, found `)`
              --> a.nasl:1:8
              |
            1 | f(x -> )
              |        ^
            """#
        ),
        (
            #"let x = a..b by"#,
            #"""
            error[N0201]: expected an expression, found the end of the text
              --> a.nasl:1:16
              |
            1 | let x = a..b by
              |                ^
            """#
        ),
        (
            #"let x = 1 +* 2"#,
            #"""
            error[N0201]: expected an expression, found `*`
              --> a.nasl:1:12
              |
            1 | let x = 1 +* 2
              |            ^
            """#
        ),
        (
            #"x[]"#,
            #"""
            error[N0201]: expected an index, found `]`
              --> a.nasl:1:3
              |
            1 | x[]
              |   ^
            """#
        ),
        (
            #"f(a, , b)"#,
            #"""
            error[N0201]: expected an expression, found `,`
              --> a.nasl:1:6
              |
            1 | f(a, , b)
              |      ^
            """#
        ),
        (
            #"let x = @3"#,
            #"""
            error[N0201]: expected an expression, found `@`
              --> a.nasl:1:9
              |
            1 | let x = @3
              |         ^
            """#
        ),
        (
            #"foo."#,
            #"""
            error[N0201]: expected the name of a field, found the end of the text
              --> a.nasl:1:5
              |
            1 | foo.
              |     ^
            """#
        ),
        (
            #"let _ = 3"#,
            #"""
            error[N0201]: expected the name of a value, found `_`
              --> a.nasl:1:5
              |
            1 | let _ = 3
              |     ^
            """#
        ),
        (
            #"let x: Tensor = 3"#,
            #"""
            error[N0201]: expected `=`, found `:`
              --> a.nasl:1:6
              |
            1 | let x: Tensor = 3
              |      ^
              = help: a value has the type of what it is bound to
            """#
        ),
        (
            #"""
            let y = [1, 2
              3]
            """#,
            #"""
            error[N0201]: expected `,` or `]`, found `3`
              --> a.nasl:2:3
              |
            1 | let y = [1, 2
              |         ^ opened here
            2 |   3]
              |   ^
            """#
        ),
        (
            #"""
            let x = f(1, 2
            let y = 3
            """#,
            #"""
            error[N0202]: this `(` is not closed
              --> a.nasl:1:10
              |
            1 | let x = f(1, 2
              |          ^    ^ `)` is missing here at the latest
            """#
        ),
        (
            #"sin("#,
            #"""
            error[N0202]: this `(` is not closed
              --> a.nasl:1:4
              |
            1 | sin(
              |    ^^ `)` is missing here at the latest
            """#
        ),
        (
            #"""
            let a = [1, 2
            let b = 3
            fn g(x) = x
            """#,
            #"""
            error[N0202]: this `[` is not closed
              --> a.nasl:1:9
              |
            1 | let a = [1, 2
              |         ^    ^ `]` is missing here at the latest
            """#
        ),
        (
            #"f(x"#,
            #"""
            error[N0202]: this `(` is not closed
              --> a.nasl:1:2
              |
            1 | f(x
              |  ^ ^ `)` is missing here at the latest
            """#
        ),
        (
            #"f(1, (2 + 3]"#,
            #"""
            error[N0203]: `]` does not close `(`
              --> a.nasl:1:12
              |
            1 | f(1, (2 + 3]
              |      ^     ^ expected `)`
              |      |
              |      opened here
            """#
        ),
        (
            #")"#,
            #"""
            error[N0203]: nothing is open that `)` could close
              --> a.nasl:1:1
              |
            1 | )
              | ^
            """#
        ),
        (
            #"f(x)) "#,
            #"""
            error[N0203]: nothing is open that `)` could close
              --> a.nasl:1:5
              |
            1 | f(x)) 
              |     ^
            """#
        ),
        (
            #"f(x) = x^2"#,
            #"""
            error[N0204]: expected the end of the statement, found `=`
              --> a.nasl:1:6
              |
            1 | f(x) = x^2
              |      ^
              = help: a function is written `fn f(x) = ...`
            """#
        ),
        (
            #"x not in y"#,
            #"""
            error[N0204]: expected the end of the statement, found `not`
              --> a.nasl:1:3
              |
            1 | x not in y
              |   ^^^
              = help: it is written `not (a in b)`
            """#
        ),
        (
            #"2 x"#,
            #"""
            error[N0204]: expected the end of the statement, found `x`
              --> a.nasl:1:3
              |
            1 | 2 x
              |   ^
              = help: for a product write `*`
            """#
        ),
        (
            #"x = 3"#,
            #"""
            error[N0206]: `=` binds a name only after `let`
              --> a.nasl:1:3
              |
            1 | x = 3
              |   ^
              = help: write `let x = ...`, or `==` to compare
            """#
        ),
        (
            #"f(a = 1)"#,
            #"""
            error[N0206]: a label ends in a colon
              --> a.nasl:1:5
              |
            1 | f(a = 1)
              |     ^ write `:`
              = help: to compare write `==`
            """#
        ),
        (
            #"if a = b then c else d"#,
            #"""
            error[N0206]: `=` does not compare
              --> a.nasl:1:6
              |
            1 | if a = b then c else d
              |      ^ write `==`
            """#
        ),
        (
            #"let r = (lr = 0.1)"#,
            #"""
            error[N0206]: a label ends in a colon
              --> a.nasl:1:13
              |
            1 | let r = (lr = 0.1)
              |             ^ write `:`
              = help: to compare write `==`
            """#
        ),
        (
            #"x = = 3"#,
            #"""
            error[N0206]: `=` binds a name only after `let`
              --> a.nasl:1:3
              |
            1 | x = = 3
              |   ^
              = help: write `let x = ...`, or `==` to compare
            """#
        ),
        (
            #"(1, 2)"#,
            #"""
            error[N0207]: there are no tuples
              --> a.nasl:1:3
              |
            1 | (1, 2)
              |   ^
              = help: a list is written `[a, b]`, a record `(x: a, y: b)`, parameters `(a, b) -> a + b`
            """#
        ),
        (
            #"(a: 1, 2)"#,
            #"""
            error[N0207]: each field of a record has a label
              --> a.nasl:1:8
              |
            1 | (a: 1, 2)
              |        ^ a label is missing, as in `lr: 0.1`
            """#
        ),
        (
            #"let f = (x, 2) -> x"#,
            #"""
            error[N0207]: there are no tuples
              --> a.nasl:1:11
              |
            1 | let f = (x, 2) -> x
              |           ^
              = help: a list is written `[a, b]`, a record `(x: a, y: b)`, parameters `(a, b) -> a + b`
            """#
        ),
        (
            #"(a, b) = 3"#,
            #"""
            error[N0207]: there are no tuples
              --> a.nasl:1:3
              |
            1 | (a, b) = 3
              |   ^
              = help: a list is written `[a, b]`, a record `(x: a, y: b)`, parameters `(a, b) -> a + b`
            """#
        ),
        (
            #"conv(24 | 36, size: 3)"#,
            #"""
            error[N0208]: alternatives stand only at the top of a rule
              --> a.nasl:1:9
              |
            1 | conv(24 | 36, size: 3)
              |         ^
              = help: give them a rule of their own, `Choice = 24 | 36`, and write `Choice` here
            """#
        ),
        (
            #"x | y"#,
            #"""
            error[N0208]: `|` stands only between the alternatives of a rule
              --> a.nasl:1:3
              |
            1 | x | y
              |   ^
              = help: for truth values write `or`; a rule stands in a grammar: `grammar Size { S = 8 | 16 }`
            """#
        ),
        (
            #"a < b < c"#,
            #"""
            error[N0210]: comparisons do not chain
              --> a.nasl:1:7
              |
            1 | a < b < c
              |   ^   ^
              = help: write `a < b and b < c`
            """#
        ),
        (
            #"1..2..3"#,
            #"""
            error[N0210]: a range has two ends
              --> a.nasl:1:5
              |
            1 | 1..2..3
              |  ^^ ^^
              = help: a step is written `0..1 by 0.1`
            """#
        ),
        (
            #"x by 3"#,
            #"""
            error[N0210]: `by` follows a range
              --> a.nasl:1:3
              |
            1 | x by 3
              |   ^^
              = help: as in `0..1 by 0.1`
            """#
        ),
        (
            #"""
            if a
            then b
            else c
            """#,
            #"""
            error[N0211]: expected `then`, found the end of the line
              --> a.nasl:1:5
              |
            1 | if a
              | ^^  ^
              | |
              | of this `if`
              = help: a line that ends in `then` or `else` goes on; put `then` before the line break
            """#
        ),
        (
            #"""
            if a
            then b
            else c
            let y = (
            """#,
            #"""
            error[N0211]: expected `then`, found the end of the line
              --> a.nasl:1:5
              |
            1 | if a
              | ^^  ^
              | |
              | of this `if`
              = help: a line that ends in `then` or `else` goes on; put `then` before the line break

            error[N0202]: this `(` is not closed
              --> a.nasl:4:9
              |
            4 | let y = (
              |         ^^ `)` is missing here at the latest
            """#
        ),
        (
            #"let x = if a then b"#,
            #"""
            error[N0211]: expected `else`, found the end of the text
              --> a.nasl:1:20
              |
            1 | let x = if a then b
              |         ^^         ^
              |         |
              |         of this `if`
              = help: it is written `if a then b else c`
            """#
        ),
        (
            #"let X = 3"#,
            #"""
            error[N0212]: the name of a value begins with a small letter
              --> a.nasl:1:5
              |
            1 | let X = 3
              |     ^ write `x`
              = help: only grammars, rules and types begin with a capital letter
            """#
        ),
        (
            #"let f = (a: 2) -> a"#,
            #"""
            error[N0213]: the parameters before `->` are plain names
              --> a.nasl:1:9
              |
            1 | let f = (a: 2) -> a
              |         ^^^^^^
              = help: a `fn` may have types and default values: `fn f(x, width: 64) = ...`
            """#
        ),
        (
            #"(a: 1, a: 2)"#,
            #"""
            error[N0214]: the field `a` stands here twice
              --> a.nasl:1:8
              |
            1 | (a: 1, a: 2)
              |  ^     ^ again
              |  |
              |  first
            """#
        ),
        (
            #"f(a: 1, (b: 2, b: 3))"#,
            #"""
            error[N0214]: the field `b` stands here twice
              --> a.nasl:1:16
              |
            1 | f(a: 1, (b: 2, b: 3))
              |          ^     ^ again
              |          |
              |          first
            """#
        ),
        (
            #"let let = 3"#,
            #"""
            error[N0215]: expected the name of a value, found the reserved word `let`
              --> a.nasl:1:5
              |
            1 | let let = 3
              |     ^^^ choose another name
            """#
        ),
        (
            #"let x = ?a"#,
            #"""
            error[N0216]: `?a` stands only in patterns
              --> a.nasl:1:9
              |
            1 | let x = ?a
              |         ^^
              = help: patterns follow `law` and `forbid`
            """#
        ),
        (
            #"let x = Leaf {4}"#,
            #"""
            error[N0217]: the number of draws stands directly behind the rule
              --> a.nasl:1:14
              |
            1 | let x = Leaf {4}
              |              ^ write `Leaf{...}` without the space
            """#
        ),
        (
            #"let x = Leaf{6..3}"#,
            #"""
            error[N0217]: the number of draws runs from 6 down to 3
              --> a.nasl:1:13
              |
            1 | let x = Leaf{6..3}
              |             ^^^^^^ write `{3..6}`
            """#
        ),
        (
            #"let x = 1 @2"#,
            #"""
            error[N0218]: a weight stands only behind an alternative of a rule
              --> a.nasl:1:11
              |
            1 | let x = 1 @2
              |           ^
              = help: as in `E = x @4 | sin(E)`
            """#
        ),
        (
            #"let x = {1, 2}"#,
            #"""
            error[N0224]: braces hold the bodies of `fn`, `grammar`, `task` and `for`, not a value
              --> a.nasl:1:9
              |
            1 | let x = {1, 2}
              |         ^
              = help: a list is written `[a, b]`, a record `(x: a, y: b)`
            """#
        ),
    ])
    func message(source: String, shown: String) {
        #expect(Reading(source).messages == shown)
    }
}
