"""Prints how long and how large a run is at sizes above the everyday ones, of two builds in turn.

    python3 tests/benchmark/scale.py PROGRAM [OTHER] [--only WORD]

OTHER is an earlier build to stand beside. For each workload: seconds of wall time, of processor time,
the most memory held, and the bytes printed. A run that takes more than a minute of processor time, or
more than 6 GB, is given up.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time

SIGN = 'judged by "example desk" on 2026-11-01 because "example"'
SOURCE = 'source own "Own figures" { publisher "Example desk" licence "own" }\n'
LONGEST = 60  # seconds of processor time
LARGEST = 6 << 30  # bytes
HERE = os.path.dirname(os.path.abspath(__file__))
ARTICLE = os.path.join(HERE, "..", "..", "scenarios", "article", "2019-06.toml")


def write(folder, name, lines):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.writelines(lines)


def indicator(name):
    return (f'indicator {name} "Fact {name}" '
            "{ unit plain range 0 to 100 best 0, worst 100 missing unknown cites own }\n")


def combined(kind, name, members):
    scale = "scale 0 to 100, higher is worse " if kind == "output" else ""
    parts = "".join(f"  1 part {member}\n" for member in members)
    return f'{kind} {name} "{name}" {{ {scale}combine arithmetic\n{parts}  {SIGN} }}\n'


def tree(indicators, wide=6):
    """An output over factors of so many members each."""
    yield SOURCE
    names = [f"i{k}" for k in range(indicators)]
    for name in names:
        yield indicator(name)
    count = 0
    while len(names) > wide:
        groups = [names[at:at + wide] for at in range(0, len(names), wide)]
        names = [f"f{count + k}" for k in range(len(groups))]
        count += len(groups)
        for name, members in zip(names, groups):
            yield combined("factor", name, members)
    yield combined("output", "risk", names)


def rules(indicators, factors, count):
    """Rules that all hold."""
    for k in range(count):
        yield (f'rule r{k} "Rule {k}" {{ when i{k % indicators} > {k % 7} '
               f'then f{k % factors} add 0.{k % 9 + 1} '
               f'because "example" {SIGN} }}\n')


def codes(count):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return ["".join(letters[k // 26 ** p % 26] for p in (3, 2, 1, 0)) for k in range(count)]


def figure(country, indicator_index, year):
    """Here and there one is missing."""
    number = country * 7 + indicator_index * 13 + year * 5
    return "" if number % 151 == 0 else str(number % 89 + 10)


def table(countries, indicators, years):
    yield "country,valid," + ",".join(f"i{k}" for k in range(indicators)) + "\n"
    for c, code in enumerate(codes(countries)):
        for year in years:
            cells = ",".join(figure(c, k, year) for k in range(indicators))
            yield f"{code},{year},{cells}\n"


WIDE = """title = "Panel"
as_of = 2020-12-31
model = "model.risk"
codes = "own"
[[wide]]
file = "figures.csv"
valid = "valid"
source = "own"
grade = "observed"
"""


def panel(folder, countries, indicators, years):
    write(folder, "model.risk", [*tree(indicators), *rules(indicators, 12, indicators // 2)])
    write(folder, "figures.csv", table(countries, indicators, years))
    write(folder, "case.toml", [WIDE])


def many_rules(folder, count):
    write(folder, "model.risk", [*tree(600), *rules(600, 100, count)])
    write(folder, "figures.csv", table(1, 600, [2019]))
    write(folder, "case.toml", [WIDE])


def diamond(folder, levels):
    lines = [SOURCE, indicator("left_0"), indicator("right_0")]
    for k in range(1, levels + 1):
        for side in ("left", "right"):
            lines.append(combined("factor", f"{side}_{k}", [f"left_{k - 1}", f"right_{k - 1}"]))
    lines.append(combined("output", "risk", [f"left_{levels}", f"right_{levels}"]))
    write(folder, "model.risk", lines)
    write(folder, "figures.csv", ["country,valid,left_0,right_0\n", "AAAA,2019,40,80\n"])
    write(folder, "case.toml", [WIDE])


WORKLOADS = (
    ("3,000 rules that hold", lambda f: many_rules(f, 3_000), ["score", "case.toml"]),
    ("10,000 rules that hold", lambda f: many_rules(f, 10_000), ["score", "case.toml"]),
    ("600 x 74", lambda f: panel(f, 600, 74, [2019]), ["score", "case.toml"]),
    ("600 x 74 --csv --long", lambda f: panel(f, 600, 74, [2019]), ["score", "case.toml", "--csv", "--long"]),
    ("600 x 74 --json", lambda f: panel(f, 600, 74, [2019]), ["score", "case.toml", "--json"]),
    ("10,000 x 100", lambda f: panel(f, 10_000, 100, [2019]), ["score", "case.toml"]),
    ("10,000 x 100 --csv --long", lambda f: panel(f, 10_000, 100, [2019]), ["score", "case.toml", "--csv", "--long"]),
    ("10,000 x 100 --json", lambda f: panel(f, 10_000, 100, [2019]),
     ["score", "case.toml", "--json"]),
    ("200 x 60 x 30 years", lambda f: panel(f, 200, 60, range(1991, 2021)),
     ["score", "case.toml", "--as-of", "1991..2020"]),
    ("200 x 60 x 30 years --csv --long", lambda f: panel(f, 200, 60, range(1991, 2021)),
     ["score", "case.toml", "--as-of", "1991..2020", "--csv", "--long"]),
    ("200 x 60 x 30 years --json", lambda f: panel(f, 200, 60, range(1991, 2021)),
     ["score", "case.toml", "--as-of", "1991..2020", "--json"]),
    ("explain, diamond of 16 levels", lambda f: diamond(f, 16),
     ["explain", "case.toml", "AAAA", "--json"]),
    ("compare, the shipped model", lambda f: None, ["compare", ARTICLE, "BLR", "UKR"]),
)


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


def measured(program, folder, arguments):
    """One run, in words."""
    out = os.path.join(folder, "out")
    start = time.perf_counter()
    with open(out, "wb") as f:
        run = subprocess.Popen([program, *arguments], cwd=folder, stdout=f,
                               stderr=subprocess.DEVNULL, preexec_fn=limited)
        _, status, used = os.wait4(run.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        return "given up" if os.WIFSIGNALED(status) else f"ended with {os.WEXITSTATUS(status)}"
    return (f"{seconds:6.2f} s {used.ru_utime + used.ru_stime:6.2f} cpu "
            f"{used.ru_maxrss / 1024:6.0f} MB {os.path.getsize(out) / 1e6:7.1f} MB out")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs="+", metavar="PROGRAM")
    parser.add_argument("--only", default="", help="workloads that have this word")
    arguments = parser.parse_args()
    for name, prepare, command in WORKLOADS:
        if arguments.only not in name:
            continue
        with tempfile.TemporaryDirectory(prefix="waystone-scale-") as folder:
            prepare(folder)
            runs = [measured(os.path.abspath(p), folder, command) for p in arguments.programs]
        print(f"{name:30}" + "   | ".join(f"{run:45}" for run in runs).rstrip(), flush=True)


main()
