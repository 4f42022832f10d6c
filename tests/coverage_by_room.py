"""Lines and branches of the engine that the tests ran, by room: python3 coverage_by_room.py COVERAGE.json --details yes|no

COVERAGE.json is gcovr's. A line or branch that several compilations hold counts once, as run if any of them ran it.
"""
import argparse
import collections
import json
import pathlib


def counts(file):
    lines = [line for line in file["lines"] if not line.get("gcovr/noncode")]
    branches = [branch["count"] for line in lines for branch in line["branches"]]
    return (sum(line["count"] > 0 for line in lines), len(lines), sum(count > 0 for count in branches), len(branches))


def row(name, numbers):
    line_hits, lines, branch_hits, branches = numbers
    share = lambda part, whole: f"{100 * part / whole:5.1f} %" if whole else "      –"
    return f"{name:40}{lines:8}{share(line_hits, lines):>10}{branches:10}{share(branch_hits, branches):>10}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("coverage", type=pathlib.Path)
    parser.add_argument("--details", choices=["yes", "no"], default="no")
    arguments = parser.parse_args()
    rooms, files = collections.defaultdict(lambda: (0, 0, 0, 0)), {}
    for file in json.loads(arguments.coverage.read_text())["files"]:
        path = pathlib.PurePath(file["file"])
        files[str(path)] = counts(file)
        rooms[path.parts[1]] = tuple(map(sum, zip(rooms[path.parts[1]], counts(file))))
    print(f"{'':40}{'lines':>8}{'run':>10}{'branches':>10}{'taken':>10}")
    for name, numbers in sorted((files if arguments.details == "yes" else rooms).items()):
        print(row(name, numbers))
    print(row("engine", tuple(map(sum, zip(*rooms.values())))))


if __name__ == "__main__":
    main()
