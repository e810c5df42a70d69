extension BadInput {
    /// Types and shapes.
    static let types = [
        BadInput(
            #"""
            sin("a")
            """#,
            #"""
            error[N0304]: an argument of `sin` should be a number, a list or a tensor, but it is a text
              --> test.nasl:1:5
              |
            1 | sin("a")
              |     ^^^ this is a text
            """#),
        BadInput(
            #"""
            max(1, "a")
            """#,
            #"""
            error[N0304]: an argument of `max` should be a number, a list or a tensor, but it is a text
              --> test.nasl:1:8
              |
            1 | max(1, "a")
              |        ^^^ this is a text
            """#),
        BadInput(
            #"""
            1 + none
            """#,
            #"""
            error[N0304]: an argument of `+` should be a number, a list or a tensor, but it is none
              --> test.nasl:1:5
              |
            1 | 1 + none
              |     ^^^^ this is none
            """#),
        BadInput(
            #"""
            if 1 then 2 else 3
            """#,
            #"""
            error[N0304]: the condition of `if` should be true or false, but it is a number
              --> test.nasl:1:4
              |
            1 | if 1 then 2 else 3
              |    ^ this is a number
            """#),
        BadInput(
            #"""
            1 and true
            """#,
            #"""
            error[N0304]: each side of `and` should be true or false, but it is a number
              --> test.nasl:1:1
              |
            1 | 1 and true
              | ^ this is a number
            """#),
        BadInput(
            #"""
            map(5, x -> x)
            """#,
            #"""
            error[N0304]: `list` of `map` should be a list, but it is a number
              --> test.nasl:1:5
              |
            1 | map(5, x -> x)
              |     ^ this is a number
            """#),
        BadInput(
            #"""
            map([1], 5)
            """#,
            #"""
            error[N0304]: `function` of `map` should be a function, but it is a number
              --> test.nasl:1:10
              |
            1 | map([1], 5)
              |          ^ this is a number
            """#),
        BadInput(
            #"""
            filter([1], x -> x)
            """#,
            #"""
            error[N0304]: the result of the function of `filter` should be true or false, but it is a number
              --> test.nasl:1:13
              |
            1 | filter([1], x -> x)
              |             ^^^^^^ this is a number
            """#),
        BadInput(
            #"""
            sum([1, "a"])
            """#,
            #"""
            error[N0304]: an element for `sum` should be a number, but it is a text
              --> test.nasl:1:5
              |
            1 | sum([1, "a"])
              |     ^^^^^^^^ this is a text
            """#),
        BadInput(
            #"""
            [1, 2] + [1, 2, 3]
            """#,
            #"""
            error[N0308]: shapes [2] and [3] do not fit in `+`
              --> test.nasl:1:1
              |
            1 | [1, 2] + [1, 2, 3]
              | ^^^^^^   ^^^^^^^^^ shape [3]
              | |
              | shape [2]
              = help: both must be of equal length
            """#),
        BadInput(
            #"""
            zeros(2, 3) + ones(4)
            """#,
            #"""
            error[N0308]: shapes [2, 3] and [4] do not fit in `+`
              --> test.nasl:1:1
              |
            1 | zeros(2, 3) + ones(4)
              | ^^^^^^^^^^^   ^^^^^^^ shape [4]
              | |
              | shape [2, 3]
              = help: each length must be equal, or 1 on one side, counted from the last
            """#),
        BadInput(
            #"""
            let a = zeros(2, 3)
            let b = ones(4)
            max(a, b)
            """#,
            #"""
            error[N0308]: shapes [2, 3] and [4] do not fit in `max`
              --> test.nasl:3:5
              |
            3 | max(a, b)
              |     ^  ^ shape [4]
              |     |
              |     shape [2, 3]
              = help: each length must be equal, or 1 on one side, counted from the last
            """#),
        BadInput(
            #"""
            tensor([[1, 2], [3]])
            """#,
            #"""
            error[N0304]: `numbers` of `tensor` should be numbers in lists of equal lengths, but it is a list
              --> test.nasl:1:8
              |
            1 | tensor([[1, 2], [3]])
              |        ^^^^^^^^^^^^^ this is a list
            """#),
        BadInput(
            #"""
            train(mlp([3]), digits, steps: 1)
            """#,
            #"""
            error[N0318]: the net does not fit: mlp([3], activation: x -> relu(x)): it gives [3] for each example, but `digits` has 10 classes, so it should give [10]
              --> test.nasl:1:1
              |
            1 | train(mlp([3]), digits, steps: 1)
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            """#),
        BadInput(
            #"""
            train(mlp([10]), 7, steps: 1)
            """#,
            #"""
            error[N0304]: `data` of `train` should be a data set, such as `digits`, but it is a number
              --> test.nasl:1:18
              |
            1 | train(mlp([10]), 7, steps: 1)
              |                  ^ this is a number
            """#),
    ]
}
