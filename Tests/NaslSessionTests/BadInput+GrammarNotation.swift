extension BadInput {
    /// Grammars: draws, functions, constraints.
    static let grammarNotation = [
        BadInput(
            #"""
            grammar A { E = int(1, 9) }
            """#,
            #"""
            error[N0317]: `int` takes a range
              --> test.nasl:1:17
              |
            1 | grammar A { E = int(1, 9) }
              |                 ^^^^^^^^^
              = help: write `int(1..9)`
            """#),
        BadInput(
            #"""
            grammar A { E = int(1..2.5) }
            """#,
            #"""
            error[N0309]: an end of `int` should be a whole number, but it is 2.5
              --> test.nasl:1:24
              |
            1 | grammar A { E = int(1..2.5) }
              |                        ^^^
            """#),
        BadInput(
            #"""
            grammar A { E = int(9..1) }
            """#,
            #"""
            error[N0317]: the range 9..1 of `int` is empty
              --> test.nasl:1:21
              |
            1 | grammar A { E = int(9..1) }
              |                     ^^^^
              = help: write the lower end first
            """#),
        BadInput(
            #"""
            grammar A { E = int(1..9 by 2) }
            """#,
            #"""
            error[N0317]: the range of `int` has no `by`
              --> test.nasl:1:29
              |
            1 | grammar A { E = int(1..9 by 2) }
              |                             ^
            """#),
        BadInput(
            #"""
            grammar A { E = int(1..1e6) }
            """#,
            #"""
            error[N0317]: `int` chooses among at most 10,000 numbers, but this range has 1,000,000
              --> test.nasl:1:21
              |
            1 | grammar A { E = int(1..1e6) }
              |                     ^^^^^^
              = help: draw a `real` and round it where it is used
            """#),
        BadInput(
            #"""
            grammar A { E = real(0..inf) }
            """#,
            #"""
            error[N0309]: an end of `real` should be finite, but it is inf
              --> test.nasl:1:25
              |
            1 | grammar A { E = real(0..inf) }
              |                         ^^^
            """#),
        BadInput(
            #"""
            grammar A { E = real("a".."b") }
            """#,
            #"""
            error[N0304]: an end of `real` should be a number, but it is a text
              --> test.nasl:1:22
              |
            1 | grammar A { E = real("a".."b") }
              |                      ^^^ this is a text
            """#),
        BadInput(
            #"""
            grammar A { E = log_real(0..1) }
            """#,
            #"""
            error[N0309]: the lower end of `log_real` should be above 0, but it is 0
              --> test.nasl:1:26
              |
            1 | grammar A { E = log_real(0..1) }
              |                          ^
            """#),
        BadInput(
            #"""
            grammar A { E = log_real() }
            """#,
            #"""
            error[N0317]: `log_real` takes a range
              --> test.nasl:1:17
              |
            1 | grammar A { E = log_real() }
              |                 ^^^^^^^^^^
              = help: write `log_real(1e-5..1e-1)`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = pick(x) }
            """#,
            #"""
            error[N0119]: `pick` takes a list whose elements are known here
              --> test.nasl:1:38
              |
            1 | grammar A(x: Tensor) -> Tensor { E = pick(x) }
              |                                      ^^^^^^^ `x` is no such list
              = help: write the elements, as in `pick([a, b])`, or name what a chain or `Rule{3}` gives
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = pick(x, x) }
            """#,
            #"""
            error[N0302]: `pick` takes 1 argument, but 2 were given
              --> test.nasl:1:38
              |
            1 | grammar A(x: Tensor) -> Tensor { E = pick(x, x) }
              |                                      ^^^^^^^^^^
              = help: it is called as `pick(list)`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = len(subset(E)) | x }
            """#,
            #"""
            error[N0119]: `subset` takes a list whose elements are known here
              --> test.nasl:1:38
              |
            1 | grammar A(x: Tensor) -> Tensor { E = len(subset(E)) | x }
              |                                      ^^^^^^^^^^^^^^ `E` is no such list
              = help: write the elements, as in `subset([a, b])`, or name what a chain or `Rule{3}` gives
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = last(chain([x], 3)) }
            """#,
            #"""
            error[N0302]: `chain` takes 3 arguments, but 2 were given
              --> test.nasl:1:43
              |
            1 | grammar A(x: Tensor) -> Tensor { E = last(chain([x], 3)) }
              |                                           ^^^^^^^^^^^^^
              = help: it is called as `chain(start, count, earlier -> Step(earlier))`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = last(chain([x], x, s -> sin(last(s)))) }
            """#,
            #"""
            error[N0119]: the length of a chain is a whole number
              --> test.nasl:1:38
              |
            1 | grammar A(x: Tensor) -> Tensor { E = last(chain([x], x, s -> sin(last(s)))) }
              |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ found `x`
              = help: write a number, `int(1..3)`, or a rule of whole numbers
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = param("a") * x }
            """#,
            #"""
            error[N0317]: `param` takes one number, where its weight starts
              --> test.nasl:1:38
              |
            1 | grammar A(x: Tensor) -> Tensor { E = param("a") * x }
              |                                      ^^^^^^^^^^
              = help: write `param(1.0)`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = sin(x, x) }
            """#,
            #"""
            error[N0302]: `sin` takes 1 argument, but 2 were given
              --> test.nasl:1:38
              |
            1 | grammar A(x: Tensor) -> Tensor { E = sin(x, x) }
              |                                      ^^^^^^^^^
              = help: it is called as `sin(a)`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = sin(value: x) }
            """#,
            #"""
            error[N0303]: `sin` has no argument `value:`
              --> test.nasl:1:42
              |
            1 | grammar A(x: Tensor) -> Tensor { E = sin(value: x) }
              |                                          ^^^^^
              = help: it takes no labelled arguments
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = Node(x); Node(p, q) = p + q }
            """#,
            #"""
            error[N0116]: `Node` takes 2 arguments, but is mentioned with 1
              --> test.nasl:1:47
              |
            1 | grammar A(x: Tensor) -> Tensor { E = Node(x); Node(p, q) = p + q }
              |                                               ^^^^ takes p, q
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = F(x); F = sin | max }
            """#,
            #"""
            error[N0112]: `max` takes 2 arguments, but `F` is applied to 1
              --> test.nasl:1:54
              |
            1 | grammar A(x: Tensor) -> Tensor { E = F(x); F = sin | max }
              |                                                      ^^^ takes 2 arguments
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = F(x); F = sin | cos(x) }
            """#,
            #"""
            error[N0113]: `F` is applied to arguments, but `cos(x)` is no function
              --> test.nasl:1:54
              |
            1 | grammar A(x: Tensor) -> Tensor { E = F(x); F = sin | cos(x) }
              |                                                      ^^^^^^ no function
              = help: name a function, or write one: `v -> cos(x)`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = F(x, x); F = add | (a, b) -> a }
            """#,
            #"""
            error[N0114]: this function of `F` does not use `b`
              --> test.nasl:1:57
              |
            1 | grammar A(x: Tensor) -> Tensor { E = F(x, x); F = add | (a, b) -> a }
              |                                                         ^^^^^^^^^^^ `b` never occurs
              = help: what is drawn for it would be lost; `left(a, b)` takes the first of two and keeps the second in the program
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | F(x); F = neg | v -> F(sin(v)) }
            """#,
            #"""
            error[N0115]: the arguments of `F` grow at every mention
              --> test.nasl:1:58
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | F(x); F = neg | v -> F(sin(v)) }
              |                                                          ^^^^^^^^^^^^^^ applies `F` to more each time
              = help: let `F` be applied to a draw, as in `F(E)`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | pi(x) }
            """#,
            #"""
            error[N0305]: a number cannot be called
              --> test.nasl:1:42
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | pi(x) }
              |                                          ^^ this is a number, not a function
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x @0 | sin(x) }
            """#,
            #"""
            error[N0104]: the weight 0 is not a positive number
              --> test.nasl:1:38
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x @0 | sin(x) }
              |                                      ^ a weight says how often, relative to the others
              = help: leave the alternative out
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | F; F = E }
            """#,
            #"""
            error[N0106]: `E` derives itself alone
              --> test.nasl:1:42
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | F; F = E }
              |                                          ^      ^ this way back to `E` adds nothing
              = help: each program would have endlessly many derivations; leave this alternative out
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = F; F = G; G = F }
            """#,
            #"""
            error[N0105]: `F` and `G` can never end
              --> test.nasl:1:45
              |
            1 | grammar A(x: Tensor) -> Tensor { E = F; F = G; G = F }
              |                                             ^      ^ every alternative draws `F` and `G` again
              = help: add an alternative that draws nothing, such as `x`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth in 2..3 }
            """#,
            #"""
            error[N0317]: a depth can only be limited from above
              --> test.nasl:1:49
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth in 2..3 }
              |                                                 ^^^^^^^^^^^^^^^^^^^
              = help: write `limit depth <= 3`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth(F) <= 3 }
            """#,
            #"""
            error[N0317]: `limit depth(...)` takes the name of a rule
              --> test.nasl:1:61
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth(F) <= 3 }
              |                                                             ^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth(x) <= 3 }
            """#,
            #"""
            error[N0317]: `limit depth(...)` takes the name of a rule
              --> test.nasl:1:61
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth(x) <= 3 }
              |                                                             ^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit size in 5..2 }
            """#,
            #"""
            error[N0317]: the range of this limit is empty
              --> test.nasl:1:63
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit size in 5..2 }
              |                                                               ^^^^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit size in 3 }
            """#,
            #"""
            error[N0304]: the limit should be a range, such as 4..15, but it is a number
              --> test.nasl:1:63
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit size in 3 }
              |                                                               ^ this is a number
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit size <= "3" }
            """#,
            #"""
            error[N0304]: a limit should be a whole number, but it is a text
              --> test.nasl:1:63
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit size <= "3" }
              |                                                               ^^^ this is a text
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth <= 2.5 }
            """#,
            #"""
            error[N0309]: a limit should be a whole number from 0 to 100,000, but it is 2.5
              --> test.nasl:1:64
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth <= 2.5 }
              |                                                                ^^^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth <= 5000 }
            """#,
            #"""
            error[N0117]: a limit on depth is at most 1000
              --> test.nasl:1:49
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit depth <= 5000 }
              |                                                 ^^^^^^^^^^^^^^^^^^^ 5000 is too large
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit count(E) <= 2 }
            """#,
            #"""
            error[N0317]: constraints read the printed program, in which the rule `E` does not stand
              --> test.nasl:1:61
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit count(E) <= 2 }
              |                                                             ^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit count(exq) <= 2 }
            """#,
            #"""
            error[N0301]: there is nothing called `exq`
              --> test.nasl:1:61
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit count(exq) <= 2 }
              |                                                             ^^^ not known here
              = help: did you mean `exp`?
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | E + E; limit size in 2..2 }
            """#,
            #"""
            error[N0109]: this constraint leaves nothing to draw
              --> test.nasl:1:49
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | E + E; limit size in 2..2 }
              |                                                 ^^^^^^^^^^^^^^^^^^ no program fulfils it
              = help: no program has a size in 2..2
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | x + x; require sin }
            """#,
            #"""
            error[N0109]: this constraint leaves nothing to draw
              --> test.nasl:1:49
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | x + x; require sin }
              |                                                 ^^^^^^^^^^^ no program fulfils it
              = help: no program of `A` can hold `sin`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x @3 | E + E; forbid sin within x }
            """#,
            #"""
            warning[N0118]: `sin` occurs nowhere in `A`
              --> test.nasl:1:52
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x @3 | E + E; forbid sin within x }
              |                                                    ^^^^^^^^^^^^^^^^^^^ has no effect
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x); F = cos(x) }
            """#,
            #"""
            warning[N0110]: `F` is never drawn
              --> test.nasl:1:50
              |
            1 | grammar A(x: Tensor) -> Tensor { E = x | sin(x); F = cos(x) }
              |                                                  ^ nothing that `E` draws mentions it
              = help: the first rule is the start
            """#),
        BadInput(
            #"""
            grammar B(y: Tensor) -> Tensor { E = y | sin(y) }
            grammar A(x: Tensor) -> Tensor { E = B(x, x) }
            """#,
            #"""
            error[N0302]: `B` takes 1 argument, but 2 were given
              --> test.nasl:2:38
              |
            2 | grammar A(x: Tensor) -> Tensor { E = B(x, x) }
              |                                      ^^^^^^^
              = help: it is called as `B(y)`
            """#),
        BadInput(
            #"""
            grammar B { E = 1 | B }
            """#,
            #"""
            error[N0301]: there is no rule `B`
              --> test.nasl:1:21
              |
            1 | grammar B { E = 1 | B }
              |                     ^ not known here
              = help: add a line `B = ...`; the grammar has `E`
            """#),
    ]
}
