"""pages.py NASL: the pages that `report` writes of runs whose names and programs try to break them. Prints what failed and exits 1, or a closing line."""

import html.parser
import os
import re
import shutil
import subprocess
import sys
import tempfile

NASL = os.path.abspath(sys.argv[1])
passed, failures = 0, []

HOSTILE = '</code><script>alert(1)</script>&amp;"\'`|\\\\{$x_1^2$}%#~'
NAME = '<script>run</script> & | `x` _y_'

SCRIPT = """
grammar Word { W = WORD | "plain" | "fails" }
grammar Number { N = real(0..1) }
task t(w: Word, n: Number) {
    minimize n
    let score = if w == "plain" then 1 else if w == "fails" then ["no " + w][1] else 2
    reward score + n
}
let run = search(t, with: ppo(batch: 10), trials: 120, seed: 1, save: NAME);
let base = search(t, with: random(), trials: 60, seed: 2);
let fresh = compare(t, [run.best, run.top(2)[1]], repeats: 3);
""".replace("WORD", '"%s"' % HOSTILE.replace('"', '\\"')).replace("NAME", '"%s"' % NAME)

VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "circle", "line", "path", "polyline"}


def check(what, fact, detail=""):
    global passed
    if fact:
        passed += 1
    else:
        failures.append(f"{what}: {detail}"[:600])


class Page(html.parser.HTMLParser):
    """Strict about what HTML lets pass: every element is closed, in its order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.problems, self.text, self.tags, self.ids = [], [], "", [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        names = [name for name, _ in attributes]
        if len(set(names)) < len(names):
            self.problems.append(f"<{tag}> has an attribute twice")
        for name, value in attributes:
            if name.startswith("on") or name in ("src", "href", "xlink:href", "srcset", "action"):
                self.problems.append(f"<{tag} {name}> asks or runs something")
            if name == "id":
                self.ids.append(value)
            if name == "style" or (value or "").lower().startswith("javascript:"):
                self.problems.append(f"<{tag} {name}={value}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.problems.append("a comment")


def nasl(folder, text):
    done = subprocess.run([NASL, "-e", text], cwd=folder, capture_output=True, text=True, timeout=120)
    check("nasl", done.returncode == 0 and "error" not in done.stderr, done.stdout + done.stderr)
    return done.stdout


def read(folder, name):
    if not os.path.exists(os.path.join(folder, name)):
        check("written", False, name)
        return ""
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def check_page(text, title):
    page = Page()
    page.feed(text)
    page.close()
    check(title, not page.problems and not page.open, f"{page.problems[:5]}, open {page.open}")
    check(f"{title}: tags", not {"script", "iframe", "object", "embed", "link", "base", "form"} & set(page.tags), set(page.tags))
    check(f"{title}: one heading", page.tags.count("h1") == 1 and page.tags.count("main") == 1 and len(page.ids) == len(set(page.ids)), page.ids)
    check(f"{title}: whole", text.startswith("<!DOCTYPE html>\n") and text.endswith("</html>\n"))
    addresses = [address for address in re.findall(r"[a-z]+://[^\s\"'<]+", text) if address != "http://www.w3.org/2000/svg"]
    check(f"{title}: asks nothing from outside", not addresses and "url(" not in text and "@import" not in text, addresses)
    return page


def check_tidy(folder, name):
    if not shutil.which("tidy"):
        return
    done = subprocess.run(["tidy", "-q", "-e", name], cwd=folder, capture_output=True, text=True)
    # It does not know SVG's attributes.
    lines = [line for line in done.stderr.splitlines() if "proprietary attribute" not in line]
    check(f"tidy {name}", not lines, lines[:5])


def check_latex(folder, name):
    text = read(folder, name)
    plain = re.sub(r"\\[\\{}]", "", text)
    depth = 0
    for character in plain:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    check("braces", depth == 0, depth)
    check("latex is ASCII or Latin 1", all(ord(character) < 0x100 for character in text))
    if shutil.which("pdflatex"):
        done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", name], cwd=folder, capture_output=True, text=True, errors="replace", timeout=120)
        check("pdflatex", done.returncode == 0, [line for line in done.stdout.splitlines() if line.startswith("!")])


def check_markdown(text):
    fences, isInside, outside = 0, False, []
    for line in text.splitlines():
        if re.fullmatch(r"`{3,}", line):
            fences += 1
            isInside = not isInside
        elif not isInside:
            outside.append(line)
    check("fences", fences % 2 == 0 and fences > 0, fences)
    # Code spans are fenced by as many backticks on both sides.
    plain = re.sub(r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)", "", "\n".join(outside))
    check("markdown", "<" not in plain, plain[max(0, plain.find("<") - 100):][:300])


folder = tempfile.mkdtemp(prefix="nasl-report-")
try:
    nasl(folder, SCRIPT + """
report(run, to: "run.html", beside: [base, fresh])
report(run, to: "again.html", beside: [base, fresh])
report(run, to: "run.md", beside: [base, fresh])
report(run, to: "run.tex", beside: [base, fresh])
report(run, to: "memory.html")
report(search(t, with: random(), trials: 4, seed: 2), to: "one.html")
report(search(t, with: random(), trials: 4, seed: 2), to: "one.tex")
overview(run, to: "loop.svg")
""")
    other = """report(runs("%s"), to: "stored.html")""" % NAME
    first = nasl(folder, f"explain(runs(\"{NAME}\"))\n{other}")
    stored = read(folder, "stored.html")
    second = nasl(folder, f"explain(runs(\"{NAME}\"))\n{other}")
    check("explained twice", first == second and len(first) > 1000, first[:300])
    check("the same page from the store, twice", stored == read(folder, "stored.html"))
    check("the same page from memory and from the store", stored == read(folder, "memory.html"))
    check("the same page twice", read(folder, "run.html") == read(folder, "again.html"))
    for name in ("run.html", "one.html", "stored.html"):
        page = check_page(read(folder, name), name)
        check_tidy(folder, name)
    page = check_page(read(folder, "run.html"), "run.html")
    check("a program stays text", "</code><script>alert(1)</script>&amp;" in page.text)
    check("failures are told", "there is no element 1" in page.text)
    check("all settings are told", re.search(r"settings of .*: .*batch \d+", page.text) is not None)
    check_markdown(read(folder, "run.md"))
    check_latex(folder, "run.tex")
    check_latex(folder, "one.tex")
finally:
    shutil.rmtree(folder, ignore_errors=True)

for failure in failures:
    print("FAILED", failure)
print(f"{passed} passed, {len(failures)} failed")
sys.exit(1 if failures else 0)
