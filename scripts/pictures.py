#!/usr/bin/python3
"""pictures.py NASL: the README's pictures, docs/images/*.svg, from a real terminal: tmux runs the prompt, and what stands on its screen is
drawn, cell by cell, with its colours; and the loop of a search."""
import os
import re
import subprocess
import sys
from html import escape

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "Tests", "prompt"))
from screen import Screen  # noqa: E402

CELL = (8.4, 18)
INK = "#d8dee9"
PAPER = "#1e222a"
COLOURS = {30: "#3b4252", 31: "#e06c75", 32: "#98c379", 33: "#e5c07b", 34: "#61afef", 35: "#c678dd", 36: "#56b6c2", 37: "#d8dee9",
           90: "#7f8694", 91: "#e06c75", 92: "#98c379", 93: "#e5c07b", 94: "#61afef", 95: "#c678dd", 96: "#56b6c2", 97: "#ffffff"}
# The dots of a braille character, bit by bit: column and row.
DOTS = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]

ACTIVATION = """grammar Activation(x: Tensor) -> Tensor {
    E = x @4 | -E | abs(E) | square(E) | sin(E) | exp(E) | tanh(E) | sigmoid(E) | relu(E)
      | E + E | E * E | max(E, E) | min(E, E)
    limit depth <= 3
}"""
READS_AUSTEN = """task reads_austen(f: Activation) {
    let net = char_mlp(austen, context: 6, hidden: [64], activation: f)
    let fit = train(net, austen, loss: cross_entropy, optimizer: adam(lr: 3e-3), batch: 64, steps: 1500)
    reward -fit.validation.loss
}"""


def runs(row):
    """Stretches of one colour: column, text, colour, whether it is bold."""
    column, colour, bold = 0, INK, False
    for piece in re.split(r"(\x1b\[[0-9;]*m)", row):
        if not piece.startswith("\x1b"):
            if piece:
                yield column, piece, colour, bold
            column += len(piece)
            continue
        codes = [int(code or 0) for code in piece[2:-1].split(";")]
        while codes:
            code = codes.pop(0)
            if code == 0:
                colour, bold = INK, False
            elif code == 1:
                bold = True
            elif code == 39:
                colour = INK
            elif code in COLOURS:
                colour = COLOURS[code]
            elif code == 38 and codes[:1] == [5]:
                colour = indexed(codes[1])
                codes = codes[2:]
            elif code == 38 and codes[:1] == [2]:
                colour = "#%02x%02x%02x" % tuple(codes[1:4])
                codes = codes[4:]


def indexed(number):
    if number < 16:
        return COLOURS[number + 30 if number < 8 else number + 82]
    if number >= 232:
        return "#" + "%02x" % (8 + 10 * (number - 232)) * 3
    number -= 16
    return "#%02x%02x%02x" % tuple(0 if level == 0 else 55 + 40 * level for level in (number // 36, number // 6 % 6, number % 6))


def picture(rows, columns):
    width, height = CELL
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * width + 24:.0f} {len(rows) * height + 24:.0f}" '
        'font-family="ui-monospace, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14">',
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>',
    ]
    for number, row in enumerate(rows):
        top = 12 + number * height
        for start, text, colour, bold in runs(row):
            for match in re.finditer(r"[\u2800-\u28ff]+|[^\s\u2800-\u28ff](?:[^\u2800-\u28ff]*[^\s\u2800-\u28ff])?", text):
                left = 12 + (start + match.start()) * width
                if "\u2800" <= match[0][0] <= "\u28ff":
                    parts.append(f'<path d="{"".join(dots(match[0], left, top))}" fill="{colour}"/>')
                else:
                    weight = ' font-weight="bold"' if bold else ""
                    parts.append(
                        f'<text x="{left:.1f}" y="{top + 13}" textLength="{len(match[0]) * width:.1f}" fill="{colour}"{weight} '
                        f'xml:space="preserve">{escape(match[0])}</text>')
    return "\n".join(parts + ["</svg>", ""])


def dots(text, left, top):
    """Small squares, one for each dot."""
    width, height = CELL
    for column, character in enumerate(text):
        for bit, (x, y) in enumerate(DOTS):
            if ord(character) >> bit & 1:
                yield f"M{left + (column + x / 2 + 0.12) * width:.1f} {top + (y + 0.2) / 4 * height:.1f}h2v2h-2z"


def session(nasl, name, entries, columns, rows):
    with Screen(nasl, columns=columns, rows=rows) as screen:
        screen.wait_for("nasl>")
        for entry, seconds in entries:
            screen.press("C-l")
            screen.paste(entry)
            screen.press("Enter")
            screen.wait(lambda shown: shown[-1] == "nasl>" and len(shown) > 1, f"end of {entry}", seconds)
        shown = screen.lines(colours=True)
    with open(os.path.join(ROOT, "docs", "images", name + ".svg"), "w") as file:
        file.write(picture(shown[:-1], columns))


def main():
    nasl = os.path.abspath(sys.argv[1])
    quiet = [(ACTIVATION, 10), (READS_AUSTEN, 10)]
    session(nasl, "plot", [("let swish = x -> x * sigmoid(x);", 10), ("plot(swish, grad(swish), tanh, over: -4..4)", 10)], 96, 34)
    loop = os.path.join(ROOT, "docs", "images", "overview.svg")
    script = "\n".join([ACTIVATION, READS_AUSTEN, f'overview(reads_austen, with: ppo(), to: "{loop}")', ""])
    subprocess.run([nasl, "run", "-"], input=script, text=True, check=True)
    session(nasl, "search", quiet + [("let run = search(reads_austen, trials: 400, seed: 1); plot(run); run.top(5)", 300)], 110, 46)


main()
