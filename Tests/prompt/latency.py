#!/usr/bin/python3
"""latency.py NASL: how long the prompt takes to come, and to come back after Ctrl-C. Figures, not a test: a busy machine is slow."""
import os
import statistics
import sys
import time

from talk import ENDS, READS, Talk

STARTS = 20
STOPS = 5
SETUP = [
    "grammar A(x: Tensor) -> Tensor { E = x @4 | sin(E) | exp(E) | E + E | E * E ; limit depth <= 4 }",
    "task reads(f: A) { reward -train(char_mlp(austen, context: 6, hidden: [64], activation: f), austen, batch: 64, steps: 1500).validation.loss }",
]
LONG = {
    "a search": "search(reads, trials: 1_000_000)",
    "a training": "train(mlp([256, 256, 10]), digits, steps: 100_000_000)",
    "a comparison": "compare(reads, [relu, tanh], repeats: 10_000)",
    "a count": "grammar Huge(x: Tensor) -> Tensor { E = x | sin(E) | cos(E) | E + E | E * E ; limit size in 1..4000 }",
    "a plot": "plot(x -> sum(map(1..1e6, i -> sin(i * x))), over: 0..1)",
    "a loop": "fold(1..1e8, 0, (s, i) -> s + i)",
}


def milliseconds(seconds):
    return f"{1000 * seconds:7.1f} ms"


def start(nasl):
    begun = time.perf_counter()
    talk = Talk(nasl)
    taken = time.perf_counter() - begun
    assert talk.leave() == 0
    return taken


def stop(talk, entry):
    """From Ctrl-C to the prompt; None where the entry ended by itself."""
    talk.send(entry + "\r")
    talk.pty.expect(ENDS)
    talk.watch(1)
    if talk.has_answered:
        return None
    begun = time.perf_counter()
    talk.pty.send("\x03")
    talk.pty.expect(READS)
    taken = time.perf_counter() - begun
    talk.pty.expect("nasl> ")
    return taken


def main():
    nasl = os.path.abspath(sys.argv[1])
    start(nasl)
    taken = [start(nasl) for _ in range(STARTS)]
    print(f"to the prompt     median of {STARTS} {milliseconds(statistics.median(taken))}   worst {milliseconds(max(taken))}")
    talk = Talk(nasl)
    for entry in SETUP:
        talk.say(entry)
    for name, entry in LONG.items():
        taken = [stop(talk, entry) for _ in range(STOPS)]
        if None in taken:
            print(f"Ctrl-C in {name:14} it ended within a second")
            return
        print(f"Ctrl-C in {name:14} median of {STOPS} {milliseconds(statistics.median(taken))}   worst {milliseconds(max(taken))}")
    talk.leave()


main()
