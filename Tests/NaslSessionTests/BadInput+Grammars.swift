extension BadInput {
    /// Grammars.
    static let grammars = [
        BadInput(
            #"""
            grammar G(x: Tensor) -> Tensor { Leaf = x | sin(Laef) }
            """#,
            #"""
            error[N0301]: there is no rule `Laef`
              --> test.nasl:1:49
              |
            1 | grammar G(x: Tensor) -> Tensor { Leaf = x | sin(Laef) }
              |                                                 ^^^^ not known here
              = help: did you mean `Leaf`?
            """#),
        BadInput(
            #"""
            grammar G(x: Tensor) -> Tensor { E = x | sin(F) }
            """#,
            #"""
            error[N0301]: there is no rule `F`
              --> test.nasl:1:46
              |
            1 | grammar G(x: Tensor) -> Tensor { E = x | sin(F) }
              |                                              ^ not known here
              = help: add a line `F = ...`; the grammar has `E`
            """#),
        BadInput(
            #"""
            grammar G(x: Tensor) -> Tensor { E = sin(E) | E + E }
            """#,
            #"""
            error[N0105]: `E` can never end
              --> test.nasl:1:38
              |
            1 | grammar G(x: Tensor) -> Tensor { E = sin(E) | E + E }
              |                                      ^^^^^^   ^^^^^ every alternative draws `E` again
              = help: add an alternative that draws nothing, such as `x`
            """#),
        BadInput(
            #"""
            grammar G(x: Tensor) -> Tensor { E = x | sin(E) | E + E | E * E }
            """#,
            #"""
            error[N0107]: drawing `E` may never end
              --> test.nasl:1:42
              |
            1 | grammar G(x: Tensor) -> Tensor { E = x | sin(E) | E + E | E * E }
              |                                          ^^^^^^   ^^^^^   ^^^^^ on average 1.25 new E per E
              = help: add `limit depth <= 6`, or weight a leaf: `x @3` gives 0.83
            """#),
        BadInput(
            #"""
            grammar G(x: Tensor) -> Tensor {
                E = x | sin(E)
                limit size in 4..5
                limit depth <= 2
            }
            """#,
            #"""
            error[N0109]: these constraints together leave nothing to draw
              --> test.nasl:3:5
              |
            3 |     limit size in 4..5
              |     ^^^^^^^^^^^^^^^^^^
            4 |     limit depth <= 2
              |     ^^^^^^^^^^^^^^^^
            """#),
        BadInput(
            #"""
            grammar G(x: Tensor) -> Tensor {
                E = x | sin(E) @0.1
                require tanh
            }
            """#,
            #"""
            error[N0109]: this constraint leaves nothing to draw
              --> test.nasl:3:5
              |
            3 |     require tanh
              |     ^^^^^^^^^^^^ no program fulfils it
              = help: no program of `G` can hold `tanh`
            """#),
        BadInput(
            #"""
            grammar G(x: Tensor) -> Tensor {
                E = x | sin(E)
                limit depth <= 1e300
            }
            """#,
            #"""
            error[N0309]: a limit should be a whole number from 0 to 100,000, but it is 1e300
              --> test.nasl:3:20
              |
            3 |     limit depth <= 1e300
              |                    ^^^^^
            """#),
    ]
}
