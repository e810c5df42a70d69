extension BadInput {
    /// Tasks.
    static let tasks = [
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { let y = f(2) }
            """#,
            #"""
            error[N0315]: the task `t` ends without `reward`
              --> test.nasl:2:6
              |
            2 | task t(f: A) { let y = f(2) }
              |      ^
              = help: end it with `reward` and what is to be made large: `reward -fit.validation.loss`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { reward f(2) }
            sample(t)
            """#,
            #"""
            error[N0304]: `grammar` of `sample` should be a grammar, but it is the task `t`
              --> test.nasl:3:8
              |
            3 | sample(t)
              |        ^ this is the task `t`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            search(A)
            """#,
            #"""
            error[N0304]: `task` of `search` should be a task, but it is the grammar `A`
              --> test.nasl:2:8
              |
            2 | search(A)
              |        ^ this is the grammar `A`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            A(2)
            """#,
            #"""
            error[N0305]: the grammar `A` cannot be called
              --> test.nasl:2:1
              |
            2 | A(2)
              | ^ this is the grammar `A`, not a function
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: B) { reward f(2) }
            """#,
            #"""
            error[N0301]: there is no grammar `B`
              --> test.nasl:2:11
              |
            2 | task t(f: B) { reward f(2) }
              |           ^ not known here
              = help: there is `A`
            """#),
        BadInput(
            #"""
            task t(f) { reward 1 }
            """#,
            #"""
            error[N0316]: the parameter `f` of a task needs a grammar or a default value
              --> test.nasl:1:8
              |
            1 | task t(f) { reward 1 }
              |        ^
              = help: write `f: SomeGrammar` for what is searched, `f: 64` for a setting
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { reward "much" }
            t(sin)
            """#,
            #"""
            error[N0304]: the reward should be a number, but it is a text
              --> test.nasl:2:23
              |
            2 | task t(f: A) { reward "much" }
              |                       ^^^^^^ this is a text
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { reward f(2) }
            t(3)
            """#,
            #"""
            error[N0304]: `f` of `t` should be a function, but it is a number
              --> test.nasl:3:3
              |
            3 | t(3)
              |   ^ this is a number
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { reward f(2) }
            t(max)
            """#,
            #"""
            error[N0317]: `t` needs a function of 1 parameter, but this one has 2
              --> test.nasl:3:3
              |
            3 | t(max)
              |   ^^^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { reward t(f).reward }
            t(sin)
            """#,
            #"""
            error[N0310]: calls are nested more than 10000 deep
              --> test.nasl:2:23
              |
            2 | task t(f: A) { reward t(f).reward }
              |                       ^^^^ here it was given up
              = help: does the recursion end?
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { reward 1 }
            search(t, trials: 1.5)
            """#,
            #"""
            error[N0309]: `trials` of `search` should be a whole number from 1 to 100,000,000, but it is 1.5
              --> test.nasl:3:19
              |
            3 | search(t, trials: 1.5)
              |                   ^^^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A, g: A) { reward f(2) + g(2) }
            t(sin)
            """#,
            #"""
            error[N0302]: `t` needs `g`
              --> test.nasl:3:1
              |
            3 | t(sin)
              | ^^^^^^ `g` is missing
              = help: it is called as `task t(f: A, g: A)`
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A, g: A) { reward f(2) + g(2) }
            t(sin, f: cos)
            """#,
            #"""
            error[N0303]: `f` is given to `t` twice
              --> test.nasl:3:11
              |
            3 | t(sin, f: cos)
              |           ^^^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A, g: A) { reward f(2) + g(2) }
            t(sin, max)
            """#,
            #"""
            error[N0317]: `t` needs a function of 1 parameter as `g`, but this one has 2
              --> test.nasl:3:8
              |
            3 | t(sin, max)
              |        ^^^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A, g: A) { reward f(2) + g(2) }
            compare(t, [(f: sin, g: cos), sin])
            """#,
            #"""
            error[N0304]: a candidate of `t` should be a record of `f` and `g`, but it is a function
              --> test.nasl:3:12
              |
            3 | compare(t, [(f: sin, g: cos), sin])
              |            ^^^^^^^^^^^^^^^^^^^^^^^ this is a function
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A, g: A) { reward f(2) + g(2) }
            compare(t, [(f: sin, h: cos)])
            """#,
            #"""
            error[N0317]: a candidate of `t` is a record of `f` and `g`, but this one has `h`
              --> test.nasl:3:12
              |
            3 | compare(t, [(f: sin, h: cos)])
              |            ^^^^^^^^^^^^^^^^^^
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { minimize [size(f)]; reward f(2) }
            t(sin)
            """#,
            #"""
            error[N0304]: what is minimized should be a number, but it is a list
              --> test.nasl:2:25
              |
            2 | task t(f: A) { minimize [size(f)]; reward f(2) }
              |                         ^^^^^^^^^ this is a list
            """#),
        BadInput(
            #"""
            grammar A(x: Tensor) -> Tensor { E = x | sin(x) }
            task t(f: A) { reward f(2); minimize size(f) }
            """#,
            #"""
            error[N0317]: nothing can follow `reward` in a task
              --> test.nasl:2:29
              |
            2 | task t(f: A) { reward f(2); minimize size(f) }
              |                             ^^^^^^^^^^^^^^^^
              = help: move it above `reward`
            """#),
    ]
}
