import NaslExport
import NaslExpr
import NaslTraining
import Testing

/// Recurrent cells alone; their values are compared with those of trained nets by Tests/export/nets.py.
struct CellTests {
    /// h: tanh(linear(x) + linear(h)), c: p * c
    private static func cell() -> FunctionCell {
        let (first, second) = (Linear(), Linear())
        return FunctionCell(summary: "cell") { x, h, c in
            let sum = try TracedTensor.apply(function(["a", "b"], call(.tanh, call(.add, .variable("a"), .variable("b")))),
                                             to: [.tensor(try first.apply(to: x)), .tensor(try second.apply(to: h))])
            return (sum, try c.applying(function(["x"], call(.mul, .parameter(0.5), .variable("x")))))
        }
    }

    @Test func pytorch() throws {
        let text = try CellExport(Self.cell(), name: "found", origin: Provenance(program: "cell")).text(as: .pytorch)
        #expect(text == """
            # cell
            #
            # Exported by nasl.

            import torch
            from torch import Tensor, nn


            class Found(nn.Module):
                \"\"\"A step: x: [batch, input_size], h and c: [batch, hidden_size], zeros at first;
                gives the next h and c.
                \"\"\"

                def __init__(self, input_size: int, hidden_size: int) -> None:
                    super().__init__()
                    self.dense_1 = nn.Linear(input_size, hidden_size)
                    self.dense_2 = nn.Linear(hidden_size, hidden_size)
                    self.param_1 = nn.Parameter(torch.full((hidden_size,), 0.5))
                    for layer in (self.dense_1, self.dense_2):
                        nn.init.xavier_normal_(layer.weight)
                        nn.init.zeros_(layer.bias)

                def forward(self, x: Tensor, h: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
                    x = self.dense_1(x)
                    h1 = self.dense_2(h)
                    x = torch.tanh(x + h1)
                    h2 = self.param_1 * c
                    return x, h2

            """)
    }

    @Test func jax() throws {
        let text = try CellExport(Self.cell(), name: "found", origin: Provenance(program: "cell")).text(as: .jax)
        #expect(text == """
            # cell
            #
            # Exported by nasl.

            import jax
            import jax.numpy as jnp


            def init(key: jax.Array, input_size: int, hidden_size: int) -> dict[str, jax.Array]:
                \"\"\"New weights: Glorot's, and biases of 0.\"\"\"
                keys = jax.random.split(key, 2)
                start = jax.nn.initializers.glorot_normal()
                return {
                    "dense_1.weight": start(keys[0], (input_size, hidden_size)),
                    "dense_1.bias": jnp.zeros(hidden_size),
                    "dense_2.weight": start(keys[1], (hidden_size, hidden_size)),
                    "dense_2.bias": jnp.zeros(hidden_size),
                    "param_1": jnp.full((hidden_size,), 0.5),
                }


            def apply(
                params: dict[str, jax.Array], x: jax.Array, h: jax.Array, c: jax.Array
            ) -> tuple[jax.Array, jax.Array]:
                \"\"\"A step: x: [batch, input_size], h and c: [batch, hidden_size], zeros at first;
                gives the next h and c.
                \"\"\"
                x = x @ params["dense_1.weight"] + params["dense_1.bias"]
                h1 = h @ params["dense_2.weight"] + params["dense_2.bias"]
                x = jnp.tanh(x + h1)
                h2 = params["param_1"] * c
                return x, h2

            """)
    }

    @Test func otherFormatsKnowNoCells() throws {
        let export = try CellExport(Self.cell(), name: "found", origin: Provenance(program: "cell"))
        #expect { try export.text(as: .c) } throws: { "\($0)".contains("no meaning in C") }
    }
}
