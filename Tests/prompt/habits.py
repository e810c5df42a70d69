"""What hands do without thinking: Tab, Ctrl-C, Ctrl-Z, pasting, other terminals."""
import os
import pathlib
import subprocess
import tempfile

import pexpect

from talk import ENDS, Talk


def test_completion(nasl):
    talk = Talk(nasl)
    talk.say("let temperature = 21; let temperament = 4")
    talk.send("temperat\t\r")
    assert talk.answer() == "21"
    talk.send("temper\t")
    talk.send("\t")
    talk.pty.expect("temperament +temperature")
    talk.send("ment\r")
    assert talk.answer() == "4"
    talk.say("let r = (lr: 0.5, beta: 2)")
    talk.send("r.be\t\r")
    assert talk.answer() == "2"
    talk.send(":hist\t1\r")
    assert talk.answer() == ":history 1"
    folder = tempfile.mkdtemp()
    pathlib.Path(folder, "numbers.csv").write_text("1,2\n")
    talk.send(f'print("{folder}/num\t")\r')
    assert talk.answer() == f"{folder}/numbers.csv"
    talk.send("uniform(0, 1, cou\t: 3)\r")
    said = talk.answer()
    assert said.startswith("tensor [3] = "), said
    assert talk.leave() == 0


def test_answer_of_the_last_entry(nasl):
    talk = Talk(nasl)
    assert talk.say("6 * 7") == "42"
    assert talk.say("ans + 1") == "43"
    assert talk.say("let a = 5;") == ""
    assert talk.leave() == 0


def test_ctrl_c_clears_the_line(nasl):
    talk = Talk(nasl)
    talk.send("let a = (1 + ")
    talk.watch(0.2)
    talk.stop()
    assert talk.say("2 + 2") == "4"
    talk.send("fn f(x) {\r")
    talk.watch(0.2)
    talk.stop()
    assert talk.say("3 + 3") == "6"
    talk.stop()
    assert talk.leave() == 0


def test_ctrl_c_stops_what_runs(nasl):
    talk = Talk(nasl)
    talk.say("let kept = 41")
    for endless in [
        "fold(1..1e8, 0, (s, i) -> s + i)",
        "train(mlp([64, 10]), digits, steps: 100_000_000)",
        "plot(x -> sum(map(1..1e5, i -> i)), over: 0..1)",
        "grammar Huge(x: Tensor) -> Tensor { E = x | sin(E) | cos(E) | E + E | E * E ; limit size in 1..4000 }",
    ]:
        talk.send(endless + "\r")
        talk.pty.expect(ENDS)
        talk.watch(0.5)
        assert "stopped" in talk.stop(), endless
        assert talk.say("kept + 1") == "42"
    assert talk.leave() == 0


STOPPED = """error[N0311]: stopped
  --> <prompt>:1:1
  |
1 | search(slow)
  | ^^^^^^^^^^^^
  = help: its first round of 20 trials was not done, so there is nothing to keep"""


def test_ctrl_c_in_the_first_round(nasl):
    talk = Talk(nasl)
    talk.say("grammar A(x: Tensor) -> Tensor { E = x | sin(E) | cos(E) ; limit depth <= 9 }")
    talk.say("task slow(f: A) { reward -train(mlp([64, 10], activation: f), digits, steps: 100_000_000).validation.loss }")
    talk.send("search(slow)\r")
    talk.pty.expect(ENDS)
    talk.watch(0.5)
    assert talk.stop().endswith(STOPPED)
    assert talk.leave() == 0


def test_typed_ahead(nasl):
    talk = Talk(nasl)
    talk.send("sum(map(1..2e5, i -> i * 0))\r1 + 1\r")
    assert talk.answer() == "0"
    assert talk.answer() == "2"
    assert talk.leave() == 0


def test_end_within_an_entry(nasl):
    """Ctrl-D on an empty line leaves; elsewhere it deletes the character under the cursor."""
    talk = Talk(nasl)
    talk.send("12\x01\x04\r")
    assert talk.answer() == "2"
    assert talk.leave() == 0


def test_quit(nasl):
    talk = Talk(nasl)
    talk.send(":q\r")
    assert talk.end() == 0


def test_terminal_goes_away(nasl):
    talk = Talk(nasl)
    talk.pty.close(force=False)
    assert not talk.pty.isalive()


def test_unicode(nasl):
    talk = Talk(nasl)
    assert talk.say('print("σ é 漢")') == "σ é 漢"
    talk.send('print("σé漢\x7f\x7fx")\r')
    assert talk.answer() == "σx"
    assert talk.leave() == 0
    talk = Talk(nasl, LANG="C", LC_ALL="C")
    assert talk.say('print("漢字")') == "漢字"
    assert talk.leave() == 0


def test_vi_keys(nasl):
    settings = tempfile.NamedTemporaryFile("w", suffix=".editrc", delete=False)
    settings.write("bind -v\n")
    settings.close()
    talk = Talk(nasl, EDITRC=settings.name)
    talk.send("1 + 23")
    talk.watch(0.1)
    talk.send("\x1b")
    talk.watch(0.1)
    talk.send("hx")
    talk.send("\r")
    assert talk.answer() == "4"
    assert talk.leave() == 0


def test_no_control_codes_where_the_terminal_knows_none(nasl):
    talk = Talk(nasl, TERM="dumb")
    talk.pty.expect("nasl> ")
    talk.send("1 + 1\n")
    talk.pty.expect("nasl> ")
    assert "2" in talk.pty.before and "\x1b" not in talk.pty.before
    for line, prompt in [("fn f(x) {", "   .. "), ("x + 1", "   .. "), ("}", "nasl> "), ("f(4)", "nasl> ")]:
        talk.send(line + "\n")
        talk.pty.expect_exact(prompt)
        assert "\x1b" not in talk.pty.before
    assert talk.pty.before == "f(4)\r\n5\r\n"
    assert talk.leave() == 0


def test_no_color(nasl):
    talk = Talk(nasl, NO_COLOR="1")
    talk.send("let a = 1 + 2 # none\r")
    talk.pty.expect("a = 3")
    assert "\x1b[3" not in talk.pty.before and "\x1b[9" not in talk.pty.before
    assert talk.leave() == 0


def test_pipe(nasl):
    done = subprocess.run([nasl], input="print(1 + 1)\nplot(x -> x, over: 0..1)\nlet a = sigmiod(1)\n", capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.startswith("2\n") and "\x1b" not in done.stdout + done.stderr
    assert done.stderr.startswith("error[N0301]: there is nothing called `sigmiod`\n"), done.stderr


def test_random_bytes(nasl):
    """Typed in at the prompt: nothing ends it."""
    talk = Talk(nasl)
    os.write(talk.pty.child_fd, bytes(b for b in range(128, 256)) + b"\r")
    assert talk.answer().startswith("error[N0")
    assert talk.say("1 + 1") == "2"
    assert talk.leave() == 0


NOT_WRITTEN = "The history is kept in this conversation only: {} cannot be written ({})."


def test_full_disk_under_the_history(nasl):
    """No file may grow beyond 512 bytes: the entry that does not fit costs one message, and the session goes on."""
    state = tempfile.mkdtemp()
    talk = Talk("/bin/bash", arguments=["-c", f"trap '' XFSZ; ulimit -f 1; exec {nasl}"], XDG_STATE_HOME=state)
    history = f"{state}/nasl/history"
    assert talk.say("1 + 1") == "2"
    long = "+".join(["1"] * 700)
    assert talk.say(long) == NOT_WRITTEN.format(history, "No space left on device") + "\n700"
    assert talk.say("2 + 2") == "4", "one message is enough"
    assert pathlib.Path(history).read_text() == "1 + 1\n", "no half of an entry"
    talk.send("\x1b[A\x1b[A\x1b[A\r")
    assert talk.answer() == "2", "the entries of this conversation are there all the same"
    assert talk.leave() == 0


def test_history_that_cannot_be_written(nasl):
    state = tempfile.mkdtemp()
    pathlib.Path(state, "nasl").write_text("a file where the folder should be")
    talk = Talk(nasl, XDG_STATE_HOME=state)
    assert talk.say("1 + 1") == NOT_WRITTEN.format(f"{state}/nasl/history", "Not a directory") + "\n2"
    assert talk.say("1 + 2") == "3"
    assert talk.leave() == 0


def test_suspension(nasl):
    talk = Talk("/bin/bash", arguments=["--norc", "-i"], TERM="dumb", PS1="$ ")
    talk.pty.expect_exact("$ ")
    talk.send(f"TERM=xterm-256color {nasl}\r")
    talk.ready()
    talk.say("let kept = 41")
    talk.send("kept + ")
    talk.watch(0.2)
    talk.send("\x1a")
    talk.pty.expect("Stopped")
    talk.send("echo in the shell\r")
    talk.pty.expect("\r\nin the shell")
    talk.send("fg\r")
    talk.pty.expect_exact("kept")
    talk.send("1\r")
    assert talk.answer() == "42"
    talk.send("\x04")
    talk.pty.expect_exact("$ ")
    talk.send("exit\r")
    talk.pty.expect(pexpect.EOF)
