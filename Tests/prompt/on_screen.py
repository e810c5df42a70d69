"""What stands on the screen: a pty cannot tell, so a terminal (tmux) draws it."""
import tempfile

from screen import Screen

BLOCK = ["fn tall(x) {"] + [f"    let a{n} = x + {n}" for n in range(12)] + ["    a3", "}"]


def screen(nasl, **options):
    opened = Screen(nasl, **options)
    opened.wait_for("nasl>")
    return opened


def test_editing_in_mid_line(nasl):
    with screen(nasl) as s:
        s.type("1 + 100")
        s.press("Left", "Left", "Left", "BSpace", "BSpace", "BSpace")
        s.type(" * 7 + ")
        s.wait_for("nasl> 1 * 7 + 100")
        assert s.cursor()[0] == len("nasl> 1 * 7 + ")
        s.press("Home")
        s.type("2 * ")
        s.press("End", "BSpace", "Enter")
        s.wait_for("nasl> 2 * 1 * 7 + 10", "24", "nasl>")
        s.type("alpha beta")
        s.press("C-w")
        s.press("C-u")
        s.type("3")
        s.press("Enter")
        s.wait_for("nasl> 3", "3", "nasl>")


def test_lines_wider_than_the_screen(nasl):
    with screen(nasl, columns=30) as s:
        s.type("1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10")
        s.wait_for("nasl> 1 + 2 + 3 + 4 + 5 + 6 +", "7 + 8 + 9 + 10")
        s.press("Home")
        s.press("Delete")
        s.type("100")
        s.wait_for("nasl> 100 + 2 + 3 + 4 + 5 + 6", "+ 7 + 8 + 9 + 10")
        s.press("Enter")
        s.wait_for("154", "nasl>")


def test_editing_within_a_block(nasl):
    with screen(nasl) as s:
        s.type("fn f(x) {")
        s.press("Enter")
        s.type("x + 1")
        s.press("Enter")
        s.type("}")
        s.wait_for("nasl> fn f(x) {", "   ..     x + 1", "   .. }")
        s.press("Up", "End", "BSpace")
        s.type("2")
        s.wait_for("nasl> fn f(x) {", "   ..     x + 2", "   .. }")
        s.press("Enter")
        s.wait_for("   .. }", "fn f(x): x -> x + 2", "nasl>")
        # The whole entry comes back, and a second Up goes on to what was before.
        s.press("Up")
        s.wait_for("nasl> fn f(x) {", "   ..     x + 2", "   .. }")


def test_a_pasted_session(nasl):
    with screen(nasl) as s:
        s.paste("nasl> fn f(x) {\n   ..     x + 1\n   .. }\nfn f(x): x -> x + 1\n")
        s.wait_for("nasl> fn f(x) {", "   ..     x + 1", "   .. }")
        s.press("Enter")
        s.wait_for("   .. }", "fn f(x): x -> x + 1", "nasl>")


def test_a_block_taller_than_the_screen(nasl):
    with screen(nasl, rows=8) as s:
        s.paste("\n".join(BLOCK))
        s.wait_for("   ..     let a10 = x + 10", "   ..     let a11 = x + 11", "   ..     a3", "   .. }")
        for _ in range(len(BLOCK) - 1):
            s.press("Up")
        s.wait(lambda rows: rows[0] == "nasl> fn tall(x) {" and rows[1] == "   ..     let a0 = x + 0", "the block's first lines")
        assert s.cursor()[1] == 0
        s.press("Down", "End", "BSpace")
        s.type("9")
        s.wait(lambda rows: rows[1] == "   ..     let a0 = x + 9", "the changed line")
        for _ in range(4):
            s.press("Down")
        s.press("End", "BSpace")
        s.type("5")
        s.press("Enter")
        s.wait(lambda rows: rows[-1] == "nasl>" and "in let a4 = x + 5 in" in "".join(rows), "the answer")
        s.type("tall(1)")
        s.press("Enter")
        s.wait_for("nasl> tall(1)", "4", "nasl>")
        # From the history, too.
        s.press("Up", "Up")
        s.wait_for("   ..     a3", "   .. }")
        s.press("C-c")
        s.wait(lambda rows: rows[-1] == "nasl>", "the prompt after it")
        s.type("tall(2)")
        s.press("Enter")
        s.wait_for("nasl> tall(2)", "5", "nasl>")


LONG = 'let words = "one two three four five six seven eight nine ten eleven"'


def test_resizing(nasl):
    with screen(nasl, columns=80) as s:
        s.type(LONG)
        s.wait_for("nasl> " + LONG)
        for columns in [50, 60, 90, 46, 100, 80]:
            s.resize(columns, 24)
            line = "nasl> " + LONG
            s.wait_for(*[line[start:start + columns].rstrip() for start in range(0, len(line), columns)])
            assert sum("nasl> let" in row for row in s.lines()) == 1, "no stale copy"
        s.press("Home")
        s.type(" ")
        s.press("Enter")
        s.wait_for("nasl>  " + LONG, 'words = "one two three four five six seven eight nine ten eleven"', "nasl>")


def test_resizing_within_a_block(nasl):
    with screen(nasl, columns=60) as s:
        block = ["nasl> fn f(x) {", "   ..     x + 1000000000000000000000000000000000000000", "   .. }"]
        s.paste("fn f(x) {\n    x + 1000000000000000000000000000000000000000\n}")
        s.wait_for(*block)
        s.resize(46, 24)
        s.wait_for(block[0], block[1][:46], block[1][46:], block[2])
        s.resize(80, 24)
        s.wait_for(*block)
        assert sum("nasl> fn" in row for row in s.lines()) == 1, "no stale copy"


def test_colour(nasl):
    with screen(nasl) as s:
        s.type('let a = max(1, 2) # big')
        s.wait_for("nasl> let a = max(1, 2) # big")
        row = s.wait_colour(lambda rows: "\x1b[35mlet" in rows[-1])
        assert "\x1b[36m1" in row and "\x1b[90m# big" in row, row
        s.press("C-c")
        s.type("plot(sin, cos, over: -3..3)")
        s.press("Enter")
        s.wait(lambda rows: rows[-1] == "nasl>" and any("sin" in row and "cos" in row for row in rows[-3:]), "the plot")
        s.wait_colour(lambda rows: any("⠒" in row and "\x1b[3" in row for row in rows))
    with screen(nasl, NO_COLOR="1") as s:
        s.type("let a = 1")
        s.press("Enter")
        s.wait_for("nasl> let a = 1", "a = 1", "nasl>")
        assert "\x1b[" not in "".join(s.lines(colours=True))


def test_vi_keys(nasl):
    settings = tempfile.NamedTemporaryFile("w", suffix=".editrc", delete=False)
    settings.write("bind -v\n")
    settings.close()
    with screen(nasl, EDITRC=settings.name) as s:
        s.type("1 + 200")
        s.press("Escape")
        s.wait(lambda rows: s.cursor()[0] == len("nasl> 1 + 20"), "command mode")
        s.type("x0i9")
        s.wait_for("nasl> 91 + 20")
        s.press("Enter")
        s.wait_for("nasl> 91 + 20", "111", "nasl>")


def test_suspension(nasl):
    with Screen("bash --norc -i", PS1="'$ '") as s:
        s.wait_for("$")
        s.type(nasl)
        s.press("Enter")
        s.wait_for("nasl>")
        s.type("let kept = 41")
        s.press("Enter")
        s.wait_for("kept = 41", "nasl>")
        s.type("kept + 10")
        s.wait(lambda rows: rows[-1] == "nasl> kept + 10", "the whole line")  # Ctrl-Z throws away what was not read yet
        s.press("C-z")
        s.wait(lambda rows: rows[-1] == "$" and "Stopped" in rows[-2], "the shell")
        s.type("fg")
        s.press("Enter")
        s.wait(lambda rows: rows[-1] == "nasl> kept + 10", "the line again")
        s.press("BSpace")
        s.press("Enter")
        s.wait_for("nasl> kept + 1", "42", "nasl>")
        s.press("C-d")
        s.wait_for("nasl>", "$")


def test_unicode(nasl):
    with screen(nasl) as s:
        s.type('print("漢字 σ é")')
        s.wait_for('nasl> print("漢字 σ é")')
        for _ in range(5):
            s.press("Left")
        s.press("BSpace", "BSpace")
        s.wait_for('nasl> print("漢σ é")')
        assert s.cursor()[0] == len('nasl> print("') + 2
        s.press("Enter")
        s.wait_for('nasl> print("漢σ é")', "漢σ é", "nasl>")


def test_completion_list(nasl):
    with screen(nasl) as s:
        s.type("let temperature = 21; let temperament = 4")
        s.press("Enter")
        s.wait(lambda rows: rows[-1] == "nasl>" and len(rows) > 3, "the answer")
        s.type("1 + temper")
        s.press("Tab", "Tab")
        s.wait_for("nasl> 1 + tempera", "temperament  temperature", "nasl> 1 + tempera")
        s.type("t")
        s.press("Tab", "Enter")
        s.wait_for("nasl> 1 + temperature", "22", "nasl>")
