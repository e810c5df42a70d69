"""A terminal of its own (tmux) for each test: keys go in, and what stands on the screen comes out."""
import os
import subprocess
import tempfile
import time


class Screen:
    def __init__(self, command, columns=80, rows=24, **variables):
        self.socket = os.path.join(tempfile.mkdtemp(prefix="nasl-screen-"), "tmux")
        self.state = tempfile.mkdtemp(prefix="nasl-state-")
        settings = {"XDG_STATE_HOME": self.state, "EDITRC": "/dev/null", "LANG": "C.UTF-8", **variables}
        arguments = ["env"] + [f"{name}={value}" for name, value in settings.items()] + [command]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), " ".join(arguments))

    def tmux(self, *words):
        environment = dict(os.environ, LANG="C.UTF-8", TERM="xterm-256color")
        environment.pop("TMUX", None)
        result = subprocess.run(["tmux", "-u", "-S", self.socket, *words], capture_output=True, text=True, env=environment)
        if result.returncode != 0:
            raise AssertionError(f"tmux {words}: {result.stderr}")
        return result.stdout

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def paste(self, text):
        self.tmux("set-buffer", text)
        self.tmux("paste-buffer", "-p")

    def lines(self, colours=False):
        """The rows that are not empty, spaces at their ends cut off."""
        text = self.tmux("capture-pane", "-p", *(["-e"] if colours else []))
        rows = [row.rstrip() for row in text.split("\n")]
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def wait(self, condition, what, seconds=10):
        """The rows, once `condition` holds for them."""
        end = time.time() + seconds
        while True:
            rows = self.lines()
            if condition(rows):
                return rows
            if time.time() > end:
                raise AssertionError(f"no {what} on the screen:\n" + "\n".join(rows))
            time.sleep(0.03)

    def wait_for(self, *ends):
        """Waits until the screen ends in these rows."""
        return self.wait(lambda rows: rows[-len(ends):] == list(ends), repr(ends))

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))
        # tmux tells the program a quarter of a second later.
        time.sleep(0.5)

    def cursor(self):
        """Column and row, from 0."""
        column, row = self.tmux("display-message", "-p", "#{cursor_x} #{cursor_y}").split()
        return int(column), int(row)

    def wait_colour(self, condition, seconds=10):
        """The last row with its colours, once `condition` holds for the coloured rows."""
        end = time.time() + seconds
        while True:
            rows = self.lines(colours=True)
            if rows and condition(rows):
                return rows[-1]
            if time.time() > end:
                raise AssertionError("no such colours on the screen:\n" + "\n".join(map(repr, rows)))
            time.sleep(0.03)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        try:
            self.tmux("kill-server")
        except AssertionError:
            pass
