import Testing

/// Messages about statements, functions, grammars and tasks, whole.
struct DeclarationErrorTests {
    @Test(arguments: [
        (
            #"""
            fn f(x)
                reward 3
            """#,
            #"""
            error[N0201]: expected `=` or `{`, found the end of the line
              --> a.nasl:1:8
              |
            1 | fn f(x)
              |        ^

            error[N0221]: `reward` stands directly in the body of a task, not outside of one
              --> a.nasl:2:5
              |
            2 |     reward 3
              |     ^^^^^^
              = help: a task is written `task t(f: Activation) { ...; reward e }`
            """#
        ),
        (
            #"import foo"#,
            #"""
            error[N0201]: expected the name of a file as a text, found `foo`
              --> a.nasl:1:8
              |
            1 | import foo
              |        ^^^
              = help: as in `import "functions.nasl"`
            """#
        ),
        (
            #"""
            grammar A(x: Tensor) -> Tensor
            {
                E = x
            }
            """#,
            #"""
            error[N0201]: expected `{`, found the end of the line
              --> a.nasl:1:31
              |
            1 | grammar A(x: Tensor) -> Tensor
              |                               ^
              = help: put the `{` at the end of this line
            """#
        ),
        (
            #"grammar A { E = x | }"#,
            #"""
            error[N0201]: expected an expression, found `}`
              --> a.nasl:1:21
              |
            1 | grammar A { E = x | }
              |                     ^
            """#
        ),
        (
            #"task t(f: Activation { reward 1 }"#,
            #"""
            error[N0201]: expected `,` or `)`, found `{`
              --> a.nasl:1:22
              |
            1 | task t(f: Activation { reward 1 }
              |       ^              ^
              |       |
              |       opened here
            """#
        ),
        (
            #"for x = 1..3 { x }"#,
            #"""
            error[N0201]: expected `in`, found `=`
              --> a.nasl:1:7
              |
            1 | for x = 1..3 { x }
              |       ^
            """#
        ),
        (
            #"""
            for x in 1..3
                print(x)
            """#,
            #"""
            error[N0201]: expected `{`, found the end of the line
              --> a.nasl:1:14
              |
            1 | for x in 1..3
              |              ^
            """#
        ),
        (
            #"import functions"#,
            #"""
            error[N0201]: expected the name of a file as a text, found `functions`
              --> a.nasl:1:8
              |
            1 | import functions
              |        ^^^^^^^^^
              = help: as in `import "functions.nasl"`
            """#
        ),
        (
            #"for f in sample(A, 10) do print(f)"#,
            #"""
            error[N0201]: expected `{`, found `do`
              --> a.nasl:1:24
              |
            1 | for f in sample(A, 10) do print(f)
              |                        ^^
            """#
        ),
        (
            #"""
            grammar A(x: Tensor) -> {
                E = x
            }
            """#,
            #"""
            error[N0201]: expected a type, found `{`
              --> a.nasl:1:25
              |
            1 | grammar A(x: Tensor) -> {
              |                         ^
              = help: as in `Tensor`, `Scalar` or `(h: Tensor, c: Tensor)`
            """#
        ),
        (
            #"""
            task t(f: A)
            {
                reward f(1)
            }
            """#,
            #"""
            error[N0201]: expected `{`, found the end of the line
              --> a.nasl:1:13
              |
            1 | task t(f: A)
              |             ^
              = help: put the `{` at the end of this line
            """#
        ),
        (
            #"fn (x) = x"#,
            #"""
            error[N0201]: expected the name of a function, found `(`
              --> a.nasl:1:4
              |
            1 | fn (x) = x
              |    ^
            """#
        ),
        (
            #"""
            task t(f: Activation) {
                for i in 1..3 { reward f(i) }
                reward 1
            """#,
            #"""
            error[N0202]: this `{` is not closed
              --> a.nasl:1:23
              |
            1 | task t(f: Activation) {
              |                       ^
            2 |     for i in 1..3 { reward f(i) }
            3 |     reward 1
              |             ^ `}` is missing here at the latest

            error[N0221]: `reward` stands directly in the body of a task, not in a loop
              --> a.nasl:2:21
              |
            2 |     for i in 1..3 { reward f(i) }
              |                     ^^^^^^
              = help: take the whole at once, as by `sum(map(xs, x -> e))`
            """#
        ),
        (
            #"""
            fn f(x) { 
               let y = 3
            """#,
            #"""
            error[N0202]: this `{` is not closed
              --> a.nasl:1:9
              |
            1 | fn f(x) { 
              |         ^
            2 |    let y = 3
              |             ^ `}` is missing here at the latest
            """#
        ),
        (
            #"""
            grammar A(x: Tensor) -> Tensor {
                E = x | sin(E
                limit depth <= 3
            }
            let y = 3 4
            """#,
            #"""
            error[N0202]: this `(` is not closed
              --> a.nasl:2:16
              |
            2 |     E = x | sin(E
              |                ^ ^ `)` is missing here at the latest

            error[N0204]: expected the end of the statement, found `4`
              --> a.nasl:5:11
              |
            5 | let y = 3 4
              |           ^
            """#
        ),
        (
            #"grammar A { E = x) | y }"#,
            #"""
            error[N0203]: nothing is open that `)` could close
              --> a.nasl:1:18
              |
            1 | grammar A { E = x) | y }
              |                  ^
            """#
        ),
        (
            #"""
            grammer Activation(x: Tensor) -> Tensor {
                E = x
            }
            """#,
            #"""
            error[N0205]: no statement begins with `grammer`
              --> a.nasl:1:1
              |
            1 | grammer Activation(x: Tensor) -> Tensor {
              | ^^^^^^^
              = help: did you mean `grammar`?
            """#
        ),
        (
            #"""
            def f(x):
                return x
            """#,
            #"""
            error[N0205]: no statement begins with `def`
              --> a.nasl:1:1
              |
            1 | def f(x):
              | ^^^
              = help: a function is written `fn f(x) = ...`

            error[N0205]: no statement begins with `return`
              --> a.nasl:2:5
              |
            2 |     return x
              |     ^^^^^^
              = help: the value of a function is its last line
            """#
        ),
        (
            #"return x"#,
            #"""
            error[N0205]: no statement begins with `return`
              --> a.nasl:1:1
              |
            1 | return x
              | ^^^^^^
              = help: the value of a function is its last line
            """#
        ),
        (
            #"limit depth <= 3"#,
            #"""
            error[N0205]: no statement begins with `limit`
              --> a.nasl:1:1
              |
            1 | limit depth <= 3
              | ^^^^^
              = help: constraints stand in the braces of a grammar
            """#
        ),
        (
            #"minimise size(f)"#,
            #"""
            error[N0205]: no statement begins with `minimise`
              --> a.nasl:1:1
              |
            1 | minimise size(f)
              | ^^^^^^^^
              = help: did you mean `minimize`?
            """#
        ),
        (
            #"""
            task t(f: A) { minimise size(f)
             rewrad 3 }
            """#,
            #"""
            error[N0205]: no statement begins with `minimise`
              --> a.nasl:1:16
              |
            1 | task t(f: A) { minimise size(f)
              |                ^^^^^^^^
              = help: did you mean `minimize`?

            error[N0205]: no statement begins with `rewrad`
              --> a.nasl:2:2
              |
            2 |  rewrad 3 }
              |  ^^^^^^
              = help: did you mean `reward`?
            """#
        ),
        (
            #"elif x then y"#,
            #"""
            error[N0205]: no statement begins with `elif`
              --> a.nasl:1:1
              |
            1 | elif x then y
              | ^^^^
              = help: it is written `if a then b else if c then d else e`
            """#
        ),
        (
            #"fn f(x: 1, y = 2) = x"#,
            #"""
            error[N0206]: a default value follows a colon
              --> a.nasl:1:14
              |
            1 | fn f(x: 1, y = 2) = x
              |              ^ write `:`
            """#
        ),
        (
            #"law ?a + ?b = ?b + ?a"#,
            #"""
            error[N0206]: `=` does not compare
              --> a.nasl:1:13
              |
            1 | law ?a + ?b = ?b + ?a
              |             ^ write `==`
            """#
        ),
        (
            #"reward = 3"#,
            #"""
            error[N0206]: `=` binds a name only after `let`
              --> a.nasl:1:8
              |
            1 | reward = 3
              |        ^
              = help: write `let reward = ...`, or `==` to compare
            """#
        ),
        (
            #"E = x | y"#,
            #"""
            error[N0206]: `=` binds a name only after `let`
              --> a.nasl:1:3
              |
            1 | E = x | y
              |   ^
              = help: a rule stands in a grammar: `grammar G { E = ... }`
            """#
        ),
        (
            #"Size = 3"#,
            #"""
            error[N0206]: `=` binds a name only after `let`
              --> a.nasl:1:6
              |
            1 | Size = 3
              |      ^
              = help: a rule stands in a grammar: `grammar G { Size = ... }`
            """#
        ),
        (
            #"""
            grammar A(x: Tensor) -> Tensor {
                E = conv(24 | 36 | 48)(x) | -x
                lmit depth <= 3
                limit dept <= 3
                limit depth < 3
                limit count <= 3
                limit size(E) <= 3
                forbid + within sin
                e = x
                E = 4
                E = x @ y
                E = Leaf{a}
                Leaf
            }
            """#,
            #"""
            error[N0208]: alternatives stand only at the top of a rule
              --> a.nasl:2:17
              |
            2 |     E = conv(24 | 36 | 48)(x) | -x
              |                 ^    ^
              = help: give them a rule of their own, `Choice = 24 | 36 | 48`, and write `Choice` here

            error[N0220]: expected a rule or a constraint, found `lmit`
              --> a.nasl:3:5
              |
            3 |     lmit depth <= 3
              |     ^^^^
              = help: did you mean `limit`?

            error[N0219]: expected what to limit, found `dept`
              --> a.nasl:4:11
              |
            4 |     limit dept <= 3
              |           ^^^^
              = help: did you mean `depth`?

            error[N0219]: expected `<=` or `in`, found `<`
              --> a.nasl:5:17
              |
            5 |     limit depth < 3
              |                 ^
              = help: as in `limit depth <= 6` or `limit depth in 2..6`

            error[N0219]: `count` needs to know of what
              --> a.nasl:6:11
              |
            6 |     limit count <= 3
              |           ^^^^^
              = help: as in `limit count(const) <= 3`

            error[N0219]: `+` has a name where it stands alone
              --> a.nasl:8:12
              |
            8 |     forbid + within sin
              |            ^ write `add`

            error[N0212]: the name of a rule begins with a capital letter
              --> a.nasl:9:5
              |
            9 |     e = x
              |     ^ write `E`
              = help: grammars, rules and types begin with a capital letter

            error[N0218]: expected a weight, found `y`
               --> a.nasl:11:13
               |
            11 |     E = x @ y
               |             ^
               = help: a weight is a number from 0: `x @4`, `x @0.5`

            error[N0217]: expected the number of draws, found `a`
               --> a.nasl:12:14
               |
            12 |     E = Leaf{a}
               |              ^
               = help: whole numbers: `Layer{4}` or `Layer{3..6}`

            error[N0220]: expected a rule or a constraint, found `Leaf`
               --> a.nasl:13:5
               |
            13 |     Leaf
               |     ^^^^
               = help: a rule is written `Leaf = x | sin(x)`, a constraint begins with `limit`, `forbid` or `require`
            """#
        ),
        (
            #"""
            grammar A { E = conv(8 |
                16) }
            """#,
            #"""
            error[N0208]: alternatives stand only at the top of a rule
              --> a.nasl:1:24
              |
            1 | grammar A { E = conv(8 |
              |                        ^
              = help: give them a rule of their own, `Choice = 8 | 16`, and write `Choice` here
            """#
        ),
        (
            #"grammar A(x: tensor) -> Tensor { E = x }"#,
            #"""
            error[N0212]: the name of a type begins with a capital letter
              --> a.nasl:1:14
              |
            1 | grammar A(x: tensor) -> Tensor { E = x }
              |              ^^^^^^ write `Tensor`
              = help: grammars, rules and types begin with a capital letter
            """#
        ),
        (
            #"task Reads(f: Activation) { reward 1 }"#,
            #"""
            error[N0212]: the name of a task begins with a small letter
              --> a.nasl:1:6
              |
            1 | task Reads(f: Activation) { reward 1 }
              |      ^^^^^ write `reads`
              = help: only grammars, rules and types begin with a capital letter
            """#
        ),
        (
            #"grammar A(x: 3) -> Tensor { E = x }"#,
            #"""
            error[N0213]: a parameter of a grammar has a type, not a value
              --> a.nasl:1:14
              |
            1 | grammar A(x: 3) -> Tensor { E = x }
              |              ^
              = help: as in `grammar G(x: Tensor) -> Tensor { ... }`
            """#
        ),
        (
            #"grammar A { F(a: 2) = x }"#,
            #"""
            error[N0213]: the parameters of a rule are plain names
              --> a.nasl:1:15
              |
            1 | grammar A { F(a: 2) = x }
              |               ^^
              = help: a `fn` may have types and default values: `fn f(x, width: 64) = ...`
            """#
        ),
        (
            #"fn f(x, x) = x"#,
            #"""
            error[N0214]: the parameter `x` stands here twice
              --> a.nasl:1:9
              |
            1 | fn f(x, x) = x
              |      ^  ^ again
              |      |
              |      first
            """#
        ),
        (
            #"""
            grammar A {
                E = x
                E = y
            }
            """#,
            #"""
            error[N0214]: the rule `E` stands here twice
              --> a.nasl:3:5
              |
            2 |     E = x
              |     ^ first
            3 |     E = y
              |     ^ again
            """#
        ),
        (
            #"grammar A { E = x @-1 }"#,
            #"""
            error[N0218]: expected a weight, found `-`
              --> a.nasl:1:20
              |
            1 | grammar A { E = x @-1 }
              |                    ^
              = help: a weight is a number from 0: `x @4`, `x @0.5`
            """#
        ),
        (
            #"grammar A { }"#,
            #"""
            error[N0220]: the grammar `A` has no rules
              --> a.nasl:1:9
              |
            1 | grammar A { }
              |         ^
              = help: the first rule is the start: `E = x | sin(E)`
            """#
        ),
        (
            #"fn f(x) { reward x }"#,
            #"""
            error[N0221]: `reward` stands directly in the body of a task, not in a function
              --> a.nasl:1:11
              |
            1 | fn f(x) { reward x }
              |           ^^^^^^
              = help: let the function end in the value, and the task take it
            """#
        ),
        (
            #"reward x"#,
            #"""
            error[N0221]: `reward` stands directly in the body of a task, not outside of one
              --> a.nasl:1:1
              |
            1 | reward x
              | ^^^^^^
              = help: a task is written `task t(f: Activation) { ...; reward e }`
            """#
        ),
        (
            #"law ?a + ?b"#,
            #"""
            error[N0222]: a law is an equation
              --> a.nasl:1:5
              |
            1 | law ?a + ?b
              |     ^^^^^^^
              = help: as in `law ?a + ?b == ?b + ?a`
            """#
        ),
        (
            #"fn f = 3"#,
            #"""
            error[N0223]: `fn f` has no parameters
              --> a.nasl:1:4
              |
            1 | fn f = 3
              |    ^
              = help: without any it is written `fn f() = ...`; a value is bound by `let f = ...`
            """#
        ),
    ])
    func message(source: String, shown: String) {
        #expect(Reading(source).messages == shown)
    }
}
