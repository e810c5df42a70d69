extension BadInput {
    /// Numbers out of range.
    static let numbers = [
        BadInput(
            #"""
            [1, 2, 3][3]
            """#,
            #"""
            error[N0306]: there is no element 3
              --> test.nasl:1:11
              |
            1 | [1, 2, 3][3]
              |           ^ it holds 3, numbered 0 to 2
            """#),
        BadInput(
            #"""
            [1, 2, 3][-4]
            """#,
            #"""
            error[N0306]: there is no element -4
              --> test.nasl:1:11
              |
            1 | [1, 2, 3][-4]
              |           ^^ it holds 3, numbered 0 to 2
            """#),
        BadInput(
            #"""
            [1, 2, 3][nan]
            """#,
            #"""
            error[N0306]: there is no element nan
              --> test.nasl:1:11
              |
            1 | [1, 2, 3][nan]
              |           ^^^ it holds 3, numbered 0 to 2
            """#),
        BadInput(
            #"""
            [1, 2, 3][1e300]
            """#,
            #"""
            error[N0306]: there is no element 1e300
              --> test.nasl:1:11
              |
            1 | [1, 2, 3][1e300]
              |           ^^^^^ it holds 3, numbered 0 to 2
            """#),
        BadInput(
            #"""
            [1, 2, 3][1.5]
            """#,
            #"""
            error[N0306]: there is no element 1.5
              --> test.nasl:1:11
              |
            1 | [1, 2, 3][1.5]
              |           ^^^ it holds 3, numbered 0 to 2
            """#),
        BadInput(
            #"""
            [][0]
            """#,
            #"""
            error[N0306]: there is no element 0
              --> test.nasl:1:4
              |
            1 | [][0]
              |    ^ it is empty
            """#),
        BadInput(
            #"""
            zeros(nan)
            """#,
            #"""
            error[N0309]: a length for `zeros` should be a whole number of at least 0, but it is nan
              --> test.nasl:1:7
              |
            1 | zeros(nan)
              |       ^^^
            """#),
        BadInput(
            #"""
            zeros(1e300)
            """#,
            #"""
            error[N0309]: a length for `zeros` should be a whole number of at least 0, but it is 1e300
              --> test.nasl:1:7
              |
            1 | zeros(1e300)
              |       ^^^^^
            """#),
        BadInput(
            #"""
            zeros(1e9, 1e9)
            """#,
            #"""
            error[N0313]: a tensor of shape [1000000000, 1000000000] would hold 1,000,000,000,000,000,000 numbers; at most 100,000,000 are possible
              --> test.nasl:1:1
              |
            1 | zeros(1e9, 1e9)
              | ^^^^^^^^^^^^^^^
            """#),
        BadInput(
            #"""
            zeros(-1)
            """#,
            #"""
            error[N0309]: a length for `zeros` should be a whole number of at least 0, but it is -1
              --> test.nasl:1:7
              |
            1 | zeros(-1)
              |       ^^
            """#),
        BadInput(
            #"""
            zeros(1e5, 1) + zeros(1, 1e5)
            """#,
            #"""
            error[N0313]: a tensor of shape [100000, 100000] would hold 10,000,000,000 numbers; at most 100,000,000 are possible
              --> test.nasl:1:1
              |
            1 | zeros(1e5, 1) + zeros(1, 1e5)
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            """#),
        BadInput(
            #"""
            uniform(0, 1, count: 1e300)
            """#,
            #"""
            error[N0309]: `count` of `uniform` should be a whole number from 0 to 100,000,000, but it is 1e300
              --> test.nasl:1:22
              |
            1 | uniform(0, 1, count: 1e300)
              |                      ^^^^^
            """#),
        BadInput(
            #"""
            mlp([10, nan])
            """#,
            #"""
            error[N0309]: a size in `sizes` of `mlp` should be a whole number from 1 to 1,000,000, but it is nan
              --> test.nasl:1:5
              |
            1 | mlp([10, nan])
              |     ^^^^^^^^^
            """#),
        BadInput(
            #"""
            mlp([1e300])
            """#,
            #"""
            error[N0309]: a size in `sizes` of `mlp` should be a whole number from 1 to 1,000,000, but it is 1e300
              --> test.nasl:1:5
              |
            1 | mlp([1e300])
              |     ^^^^^^^
            """#),
        BadInput(
            #"""
            train(mlp([10]), digits, steps: nan)
            """#,
            #"""
            error[N0309]: `steps` of `train` should be a whole number from 1 to 1,000,000,000, but it is nan
              --> test.nasl:1:33
              |
            1 | train(mlp([10]), digits, steps: nan)
              |                                 ^^^
            """#),
        BadInput(
            #"""
            sample(1, count: inf)
            """#,
            #"""
            error[N0304]: `grammar` of `sample` should be a grammar, but it is a number
              --> test.nasl:1:8
              |
            1 | sample(1, count: inf)
              |        ^ this is a number
            """#),
        BadInput(
            #"""
            for n in 1..1e300 { n }
            """#,
            #"""
            error[N0313]: this range would hold about 1e300 numbers; at most 100,000,000 are possible
              --> test.nasl:1:10
              |
            1 | for n in 1..1e300 { n }
              |          ^^^^^^^^
            """#),
        BadInput(
            #"""
            map(1..1e8, n -> n)
            """#,
            #"""
            error[N0313]: this list would hold 100,000,000 elements; at most 10,000,000 are possible
              --> test.nasl:1:5
              |
            1 | map(1..1e8, n -> n)
              |     ^^^^^^
            """#),
        BadInput(
            #"""
            sort(1..1e8)
            """#,
            #"""
            error[N0313]: this range as a list would hold 100,000,000 numbers; at most 10,000,000 are possible
              --> test.nasl:1:6
              |
            1 | sort(1..1e8)
              |      ^^^^^^
            """#),
        BadInput(
            #"""
            1..inf
            """#,
            #"""
            error[N0309]: the upper end of a range should be finite, but it is inf
              --> test.nasl:1:4
              |
            1 | 1..inf
              |    ^^^
            """#),
        BadInput(
            #"""
            1..2 by 0
            """#,
            #"""
            error[N0309]: the step of a range should be different from 0, but it is 0
              --> test.nasl:1:9
              |
            1 | 1..2 by 0
              |         ^
            """#),
        BadInput(
            #"""
            check_grad(sin, at: 3)
            """#,
            #"""
            error[N0304]: `at` of `check_grad` should be a range, such as -3..3, but it is a number
              --> test.nasl:1:21
              |
            1 | check_grad(sin, at: 3)
              |                     ^ this is a number
            """#),
    ]
}
