extension BadInput {
    /// Too much.
    static let excess = [
        BadInput(
            #"""
            fn f(n) = f(n + 1)
            f(0)
            """#,
            #"""
            error[N0310]: calls are nested more than 10000 deep
              --> test.nasl:1:11
              |
            1 | fn f(n) = f(n + 1)
              |           ^^^^^^^^ here it was given up
              = help: does the recursion end?
            """#),
        BadInput(
            #"""
            fn even(n) = odd(n + 1)
            fn odd(n) = even(n + 1)
            even(0)
            """#,
            #"""
            error[N0310]: calls are nested more than 10000 deep
              --> test.nasl:2:13
              |
            2 | fn odd(n) = even(n + 1)
              |             ^^^^^^^^^^^ here it was given up
              = help: does the recursion end?
            """#),
        BadInput(
            #"""
            fold(1..60, "ab", (s, i) -> s + s)
            """#,
            #"""
            error[N0313]: this text would hold 134,217,728 bytes; at most 100,000,000 are possible
              --> test.nasl:1:29
              |
            1 | fold(1..60, "ab", (s, i) -> s + s)
              |                             ^^^^^
            """#),
        BadInput(
            #"""
            let a = fold(1..60, [1], (s, i) -> [s, s])
            a + 1
            """#,
            #"""
            error[N0313]: this holds more than 100,000,000 elements, too many to go through
              --> test.nasl:2:1
              |
            2 | a + 1
              | ^
            """#),
        BadInput(
            #"""
            let a = fold(1..60, [1], (s, i) -> [s, s])
            a == a
            """#,
            #"""
            error[N0313]: this holds more than 100,000,000 elements, too many to go through
              --> test.nasl:2:1
              |
            2 | a == a
              | ^^^^^^
            """#),
        BadInput(
            #"""
            fold(1..20000, 0, (s, i) -> [s])
            """#,
            #"""
            error[N0313]: the running value of `fold` would be nested more than 10000 deep
              --> test.nasl:1:1
              |
            1 | fold(1..20000, 0, (s, i) -> [s])
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            """#),
        BadInput(
            #"""
            train(mlp([1e6, 1e6, 10]), digits, steps: 1)
            """#,
            #"""
            error[N0318]: the net does not fit: `x -> relu(x)`: the net would hold more than 134217728 numbers
              --> test.nasl:1:1
              |
            1 | train(mlp([1e6, 1e6, 10]), digits, steps: 1)
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            """#),
    ]
}
