#!/usr/bin/python3
"""run.py NASL [WORD]: the prompt as a person meets it, over a pty and on a terminal's screen. Runs the tests whose names hold WORD,
prints what failed and exits 1, or a closing line."""
import os
import sys
import traceback

import first_session
import habits
import on_screen

ROOMS = [first_session, habits, on_screen]


def main():
    nasl = os.path.abspath(sys.argv[1])
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    passed = failed = 0
    for room in ROOMS:
        for name, test in vars(room).items():
            if not name.startswith("test_") or word not in name:
                continue
            try:
                test(nasl)
                passed += 1
            except Exception:
                failed += 1
                print(f"FAILED {room.__name__}.{name}")
                print("".join(traceback.format_exc().split("\n", 3)[3:])[:2_000])
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
