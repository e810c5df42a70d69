import NaslExport
import NaslExpr
import Testing

/// What files look like, as a whole.
struct GoldenTests {
    @Test func pytorch() throws {
        #expect(try exported(Programs.bent, .pytorch, finding: ["Trial 3 of search(t, with: ppo(), seed: 1), begun 2026-11-27: reward 0.5."]) == """
            # x -> max(x, tanh(x))
            #
            # Trial 3 of search(t, with: ppo(), seed: 1), begun 2026-11-27: reward 0.5.
            # Exported by nasl.

            import torch
            from torch import Tensor


            def _max(a, b):
                \"\"\"The larger.\"\"\"
                return torch.where((a >= b) | (a != a), a, b)


            def bent(x: Tensor) -> Tensor:
                return _max(x, torch.tanh(x))

            """)
    }

    @Test func trainedNumbers() throws {
        let swish = function(["x"], call(.mul, x, call(.sigmoid, call(.mul, .parameter(1), x))))
        #expect(try exported(swish, .pytorch, name: "my_swish") == """
            # x -> x * sigmoid(param(1) * x)
            #
            # Exported by nasl.

            import torch
            from torch import Tensor, nn


            class MySwish(nn.Module):
                \"\"\"One of each trained number for each channel, the last axis.\"\"\"

                def __init__(self, channels: int) -> None:
                    super().__init__()
                    self.param_1 = nn.Parameter(torch.full((channels,), 1.0))

                def forward(self, x: Tensor) -> Tensor:
                    return x * torch.sigmoid(self.param_1 * x)

            """)
        #expect(try exported(swish, .jax, name: "my_swish") == """
            # x -> x * sigmoid(param(1) * x)
            #
            # Exported by nasl.

            import jax
            import jax.numpy as jnp


            def init(channels: int) -> dict[str, jax.Array]:
                \"\"\"One of each trained number for each channel, the last axis.\"\"\"
                return {
                    "param_1": jnp.full((channels,), 1.0),
                }


            def my_swish(params: dict[str, jax.Array], x: jax.Array) -> jax.Array:
                return x * jax.nn.sigmoid(params["param_1"] * x)

            """)
    }

    @Test func jax() throws {
        #expect(try exported(Programs.arithmetic, .jax, name: "f") == """
            # (x, y) -> square(x + 1) / (y % 3) - 2^(-x)
            #
            # Exported by nasl.

            import jax
            import jax.numpy as jnp


            def _mod(a, b):
                \"\"\"The remainder, with the sign of b.\"\"\"
                return a - b * jnp.floor(a / b)


            def f(x: jax.Array, y: jax.Array) -> jax.Array:
                return (x + 1) ** 2 / _mod(y, 3) - 2 ** -x

            """)
    }

    @Test func sympy() throws {
        #expect(try exported(Programs.arithmetic, .sympy, name: "f") == """
            # (x, y) -> square(x + 1) / (y % 3) - 2^(-x)
            #
            # Exported by nasl.

            import sympy as sp

            x, y = sp.symbols("x y", real=True)
            f = (x + 1) ** 2 / sp.Mod(y, 3) - 2 ** -x

            """)
    }

    @Test func c() throws {
        #expect(try exported(Programs.bent, .c) == """
            // x -> max(x, tanh(x))
            //
            // Exported by nasl.

            #include <math.h>

            // The larger.
            static double nasl_max(double a, double b) {
                return a != a ? a : (a >= b ? a : b);
            }

            double bent(double x) {
                return nasl_max(x, tanh(x));
            }

            // The derivative by x.
            double bent_dx(double x) {
                const double a = tanh(x);
                return (x >= a ? 1.0 : 0.0) + (x < a ? 1.0 : 0.0) * (1.0 - a * a);
            }

            """)
    }

    @Test func swift() throws {
        #expect(try exported(Programs.bent, .swift) == """
            // x -> max(x, tanh(x))
            //
            // Exported by nasl.

            import Foundation

            /// x -> max(x, tanh(x))
            func bent(_ x: Double) -> Double {
                _max(x, tanh(x))
            }

            /// The derivative by x.
            func bentSlope(_ x: Double) -> Double {
                let a: Double = tanh(x)
                return (x >= a ? 1 : 0) + (x < a ? 1 : 0) * (1 - a * a)
            }

            /// The larger.
            private func _max(_ a: Double, _ b: Double) -> Double {
                a != a ? a : (a >= b ? a : b)
            }

            """)
    }

    @Test func latex() throws {
        #expect(try exported(Programs.bent, .latex) == """
            % x -> max(x, tanh(x))
            %
            % Exported by nasl.
            \\documentclass{article}
            \\usepackage{amsmath}
            \\allowdisplaybreaks
            \\begin{document}
            \\begin{align*}
              \\mathrm{bent}(x) &= \\max\\left(x, \\tanh\\left(x\\right)\\right)
            \\end{align*}
            \\begin{align*}
              \\mathrm{bent}'(x) &= \\left[x \\ge a\\right] + \\left[x < a\\right] \\cdot \\left(1 - a \\cdot a\\right) \\\\
              a &= \\tanh\\left(x\\right) && \\text{where}
            \\end{align*}
            \\end{document}

            """)
    }
}

/// Signs that would mean something else side by side.
struct SignTests {
    @Test func twoSigns() throws {
        let twice = function(["x"], call(.neg, call(.neg, x)))
        #expect(try exported(twice, .c).contains("return -(-x);"))
        #expect(try exported(function(["x"], call(.sub, x, call(.neg, x))), .c).contains("return x - -x;"))
        #expect(try exported(function(["x"], call(.pow, call(.neg, x), 2)), .pytorch).contains("return (-x) ** 2"))
        #expect(try exported(function(["x"], call(.neg, call(.pow, x, 2))), .pytorch).contains("return -x**2"))
        #expect(try exported(function(["x"], call(.pow, -2, x)), .jax).contains("return (-2) ** x"))
        #expect(try exported(function(["x"], call(.sub, x, call(.sub, x, 1))), .swift).contains("x - (x - 1)"))
        #expect(try exported(function(["x"], call(.div, x, call(.mul, x, 2))), .c).contains("x / (x * 2.0)"))
    }
}
