"""A conversation over a pty: entries go in, answers come out without the terminal's control codes."""
import os
import re
import tempfile
import time

import pexpect

CONTROL = re.compile(r"\x1b(\[[?0-9;]*[A-Za-z~]|[78=>]|\([AB0])")
READS = "\x1b\\[\\?2004h"
ENDS = "\x1b\\[\\?2004l"


def plain(text):
    return CONTROL.sub("", text).replace("\r", "")


class Talk:
    def __init__(self, command, columns=80, rows=24, arguments=(), **variables):
        self.state = variables.get("XDG_STATE_HOME") or tempfile.mkdtemp(prefix="nasl-state-")
        settings = {"TERM": "xterm-256color", "XDG_STATE_HOME": self.state, "EDITRC": "/dev/null", "LANG": "C.UTF-8", **variables}
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "LC_ALL", "LC_CTYPE")}
        environment.update(settings)
        self.pty = pexpect.spawn(command, list(arguments), env=environment, encoding="utf-8", dimensions=(rows, columns), timeout=20)
        self.pty.delaybeforesend = None
        if settings["TERM"] != "dumb":
            self.ready()

    def ready(self):
        self.pty.expect(READS)
        self.pty.expect("nasl> ")

    def send(self, text):
        self.pty.send(text)

    def answer(self):
        """What is written between this entry's end and the next prompt."""
        self.pty.expect(ENDS)
        self.pty.expect(READS)
        answer = plain(self.pty.before).strip("\n")
        self.pty.expect("nasl> ")
        return answer

    def say(self, entry):
        """The answer to an entry of one line or several, typed."""
        for line in entry.split("\n")[:-1]:
            self.pty.send(line + "\r")
            time.sleep(0.02)
        self.pty.send(entry.split("\n")[-1] + "\r")
        return self.answer()

    def paste(self, text):
        self.pty.send("\x1b[200~" + text + "\x1b[201~")

    def stop(self):
        """Ctrl-C, and what is written until the prompt is back."""
        self.pty.send("\x03")
        return self.answer_now()

    def answer_now(self):
        self.pty.expect(READS)
        answer = plain(self.pty.before).strip("\n")
        self.pty.expect("nasl> ")
        return answer

    def watch(self, seconds):
        """Reads on for so long, so that the program is never kept waiting."""
        try:
            self.pty.expect("\x00no such thing\x00", timeout=seconds)
        except pexpect.TIMEOUT:
            pass

    @property
    def has_answered(self):
        """Whether a prompt is among what was read and not yet looked at."""
        return READS.replace("\\", "") in (self.pty.buffer or "")

    def leave(self):
        """Ctrl-D, and the exit status. On a busy machine the first may come before the editor has the terminal, which swallows it."""
        for _ in range(5):
            self.pty.send("\x04")
            if self.pty.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=8) == 0:
                break
        return self.end()

    def end(self):
        self.pty.expect(pexpect.EOF)
        self.pty.close()
        return self.pty.exitstatus
