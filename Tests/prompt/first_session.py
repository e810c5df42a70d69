"""The first session of the language's page, typed: defined, sampled, called, plotted, mistyped, pasted, searched, stopped, gone on with,
left, and found again the next day."""
from talk import ENDS, Talk

ACTIVATION = """grammar Activation(x: Tensor) -> Tensor {
E = x @4 | -E | abs(E) | square(E) | sin(E) | exp(E) | tanh(E) | sigmoid(E) | relu(E)
| E + E | E * E | max(E, E) | min(E, E)
limit depth <= 3
}"""

READS_AUSTEN = """nasl> task reads_austen(f: Activation) {
   ..     let net = char_mlp(austen, context: 6, hidden: [64], activation: f)
   ..     let fit = train(net, austen, loss: cross_entropy, optimizer: adam(lr: 3e-3), batch: 64, steps: 1500)
   ..     reward -fit.validation.loss
   .. }
"""

UNKNOWN = """error[N0301]: there is nothing called `swihs`
  --> <prompt>:1:1
  |
1 | swihs(2)
  | ^^^^^ not known here
  = help: did you mean `swish`?"""


def test_first_session(nasl):
    talk = Talk(nasl, columns=140)
    said = talk.say(ACTIVATION)
    assert said.startswith("Activation: (Tensor) -> Tensor, 781 programs"), said
    assert said.endswith("13 alternatives"), said
    said = talk.say("let f = sample(Activation, seed: 1)")
    assert said.startswith("f = x -> ") and " log p = -" in said, said
    float(talk.say("f(1.5)"))
    float(talk.say("grad(f)(-0.5)"))
    assert talk.say("(x -> max(x, tanh(x)))(1.5)") == "1.5"
    assert abs(float(talk.say("grad(x -> max(x, tanh(x)))(-0.5)")) - 0.7864477329659274) < 1e-12
    plot = talk.say("plot(f, grad(f), over: -4..4)").split("\n")
    assert len(plot) >= 20 and any("┤" in row for row in plot) and any("-4" in row and "4" in row for row in plot), plot
    assert talk.say("let swish = x -> x * sigmoid(x)") == "swish = x -> x * sigmoid(x)"
    assert talk.say("swihs(2)") == UNKNOWN
    assert talk.say("swish in Activation") == "true"

    # A block copied from a page, with its prompts, becomes one entry.
    talk.paste(READS_AUSTEN)
    talk.send("\r")
    assert talk.answer() == "task reads_austen(f: Activation)"
    said = talk.say("reads_austen(swish)")
    assert said.startswith("reward -2.0") and "perplexity" in said and "steps/s" in said, said

    talk.send("let run = search(reads_austen, trials: 100_000, seed: 1)\r")
    talk.pty.expect(ENDS)
    talk.pty.expect("mean -")
    said = talk.stop()
    assert "run = run of reads_austen by adaptive, seed 1: " in said and "stopped" in said, said
    assert "trials" in talk.say("run")
    assert talk.say("len(run.top(5))") == "5"
    assert talk.say("run.best.reward > -2.2") == "true"
    assert talk.say("swish(0)") == "0", "earlier bindings are intact"
    said = talk.say("compare(reads_austen, [relu, swish, run.best], repeats: 2)")
    assert "paired t-test against relu, on the same 2 seeds" in said, said
    assert talk.leave() == 0

    # The next day.
    talk = Talk(nasl, columns=140, XDG_STATE_HOME=talk.state)
    talk.send("\x1b[A" * 2)
    talk.send("\r")
    assert talk.answer().startswith("error[N0301]: there is nothing called `swish`"), "the entry before the last: a call of swish"
    talk.send("\x12grammar Act")
    talk.send("\x1b")
    talk.watch(0.3)
    talk.send("\r")
    said = talk.answer()
    assert said.startswith("Activation: (Tensor) -> Tensor, 781 programs"), said
    assert talk.leave() == 0
