"""What the checks of exported files share: running nasl, loading what it wrote, comparing numbers."""

import importlib.util
import math
import subprocess
import sys

TOLERANCE = 1e-5
FAILURES = []


def run(nasl, folder, script, *arguments):
    """The lines that a script prints."""
    path = folder / "script.nasl"
    path.write_text(script)
    done = subprocess.run([nasl, "run", str(path), *arguments], capture_output=True, text=True, cwd=folder, timeout=3000)
    if done.returncode != 0:
        sys.exit(f"nasl failed: {done.stderr[-3000:]}")
    return done.stdout.splitlines()


def load(path):
    """A Python file as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def number(text):
    return float(text.strip())


def same(found, expected, tolerance=TOLERANCE):
    if math.isnan(expected) or math.isnan(found):
        return math.isnan(expected) and math.isnan(found)
    if math.isinf(expected) or math.isinf(found):
        return found == expected
    return abs(found - expected) <= tolerance * max(1.0, abs(expected))


def expect(what, found, expected, tolerance=TOLERANCE):
    if not same(found, expected, tolerance):
        FAILURES.append(what)
        print(f"FAILED {what}: {found!r}, expected {expected!r}")


def close(checked, what):
    """The closing line; fails where something did not agree, or where too little was compared."""
    print(f"{what}: {checked} passed, {len(FAILURES)} failed")
    sys.exit(1 if FAILURES or checked == 0 else 0)
