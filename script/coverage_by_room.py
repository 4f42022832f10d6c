"""Prints gcovr's summary of files as a table of rooms: lines and branches that the tests ran."""
import collections
import json
import pathlib
import sys

files = json.loads(pathlib.Path(sys.argv[1]).read_text())["files"]
rooms = collections.defaultdict(lambda: [0, 0, 0, 0])
for one in files:
    counts = [one["line_covered"], one["line_total"], one["branch_covered"], one["branch_total"]]
    for name in (pathlib.Path(one["filename"]).parts[1], "all"):
        rooms[name] = [a + b for a, b in zip(rooms[name], counts)]


def share(covered, total):
    return f"{100 * covered / total:6.1f} %" if total else "       -"


print(f"{'room':<12}{'lines':>8}{'run':>9}{'branches':>10}{'run':>9}")
for name in sorted(rooms, key=lambda room: (room == "all", room)):
    line, lines, branch, branches = rooms[name]
    print(f"{name:<12}{lines:>8}{share(line, lines):>9}{branches:>10}{share(branch, branches):>9}")
