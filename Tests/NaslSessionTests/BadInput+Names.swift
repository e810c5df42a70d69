extension BadInput {
    /// Names and arguments.
    static let names = [
        BadInput(
            #"""
            let swish = x -> x * sigmoid(x)
            swihs(2)
            """#,
            #"""
            error[N0301]: there is nothing called `swihs`
              --> test.nasl:2:1
              |
            2 | swihs(2)
              | ^^^^^ not known here
              = help: did you mean `swish`?
            """#),
        BadInput(
            #"""
            fn f(a, b) = a + b
            f(1)
            """#,
            #"""
            error[N0302]: `f` needs `b`
              --> test.nasl:2:1
              |
            2 | f(1)
              | ^^^^ `b` is missing
              = help: it is called as `f(a, b)`
            """#),
        BadInput(
            #"""
            fn f(a, b) = a + b
            f(1, 2, 3)
            """#,
            #"""
            error[N0302]: `f` takes 2 arguments, but 3 were given
              --> test.nasl:2:1
              |
            2 | f(1, 2, 3)
              | ^^^^^^^^^^
              = help: it is called as `f(a, b)`
            """#),
        BadInput(
            #"""
            sin(1, 2)
            """#,
            #"""
            error[N0302]: `sin` takes 1 argument, but 2 were given
              --> test.nasl:1:1
              |
            1 | sin(1, 2)
              | ^^^^^^^^^
              = help: it is called as `sin(a)`
            """#),
        BadInput(
            #"""
            max(1)
            """#,
            #"""
            error[N0302]: `max` takes 2 arguments, but 1 was given
              --> test.nasl:1:1
              |
            1 | max(1)
              | ^^^^^^
              = help: it is called as `max(a, b)`
            """#),
        BadInput(
            #"""
            map([1])
            """#,
            #"""
            error[N0302]: `map` needs `function`
              --> test.nasl:1:1
              |
            1 | map([1])
              | ^^^^^^^^ `function` is missing
              = help: it is called as `map(list, function)`
            """#),
        BadInput(
            #"""
            uniform(0, 1, cuont: 3)
            """#,
            #"""
            error[N0303]: `uniform` has no argument `cuont:`
              --> test.nasl:1:15
              |
            1 | uniform(0, 1, cuont: 3)
              |               ^^^^^ did you mean `count:`?
              = help: it takes `lower:`, `upper:`, `count:`
            """#),
        BadInput(
            #"""
            fn f(a) = a
            f(b: 1)
            """#,
            #"""
            error[N0303]: `f` has no argument `b:`
              --> test.nasl:2:3
              |
            2 | f(b: 1)
              |   ^
              = help: it takes `a:`
            """#),
        BadInput(
            #"""
            sin(a: 1)
            """#,
            #"""
            error[N0303]: `sin` has no argument `a:`
              --> test.nasl:1:5
              |
            1 | sin(a: 1)
              |     ^
              = help: it takes no labelled arguments
            """#),
        BadInput(
            #"""
            fn f(a) = a
            f(1, a: 2)
            """#,
            #"""
            error[N0303]: `a` is given to `f` twice
              --> test.nasl:2:9
              |
            2 | f(1, a: 2)
              |         ^
            """#),
        BadInput(
            #"""
            5(3)
            """#,
            #"""
            error[N0305]: a number cannot be called
              --> test.nasl:1:1
              |
            1 | 5(3)
              | ^ this is a number, not a function
            """#),
        BadInput(
            #"""
            (lr: 1).rl
            """#,
            #"""
            error[N0307]: a record has no field `rl`
              --> test.nasl:1:9
              |
            1 | (lr: 1).rl
              |         ^^
              = help: did you mean `.lr`?
              = help: it has `.lr`
            """#),
    ]
}
