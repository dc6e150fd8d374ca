"""What the checks of this folder share: the files of the tree, code without comments, complaints.

Each check runs by itself, from anywhere: tests/lint/rooms. Those that need a build folder take it
from BUILD (build-gcc where it is not set).

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build-gcc")).resolve()
SKIPPED = 77  # the exit status that meson takes for a skipped test
ROOMS = ("core", "mail", "config", "store", "sendmail", "cli")
LIBRARY = ("core", "mail", "config", "store")
complaints = 0


def files(*folders, suffixes=None):
    """The files below these folders or files of the tree, less what is built or hidden."""
    for folder in folders:
        top = ROOT / folder
        found = [top] if top.is_file() else sorted(top.rglob("*"))
        for path in found:
            inside = path.relative_to(ROOT).parts
            hidden = any(part.startswith((".", "__")) for part in inside[1:])
            if path.is_file() and not hidden and (not suffixes or path.suffix in suffixes):
                yield path


def sources(*folders):
    return files(*folders, suffixes=(".c", ".h"))


def room_of(path):
    """The room that a file of plugin/ lies in, or that a public header belongs to."""
    inside = path.relative_to(ROOT).parts
    if inside[0] == "plugin":
        return inside[1]
    return {"address": "mail", "message": "mail", "new-text": "mail", "config": "config", "file": "config", "store": "store",
            "journal": "store",
            "cadence": "cli"}.get(path.stem, "core")


SKIPPABLE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def code(path):
    """The lines of a C file with the insides of its comments and strings blanked."""
    text = SKIPPABLE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), path.read_text())
    return text.split("\n")


def calls(path, names):
    """(line number, name) for each call of a function that the pattern `names` names."""
    pattern = re.compile(r"(?<![\w>.])(" + names + r")\s*\(")
    for number, line in enumerate(code(path), 1):
        for found in pattern.finditer(line):
            yield number, found[1]


def complain(where, what, line=None):
    global complaints
    complaints += 1
    if isinstance(where, pathlib.Path) and where.is_relative_to(ROOT):
        where = where.relative_to(ROOT)
    print(f"{where}:{line}: {what}" if line else f"{where}: {what}")


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(SKIPPED)


def done():
    sys.exit(1 if complaints else 0)
