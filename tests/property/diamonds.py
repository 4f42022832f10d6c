"""What several parts share is told once: does a chain of diamonds stay as long as its levels?

    python3 tests/property/diamonds.py --engine build/release/waystone

Every level has two values, each of which reads both of the level below, so that there are 2^levels ways
from the top down. Twice the levels may make twice the output (blanks before a line aside), in every
form of every verb that tells parts, for derived values and for factors.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile

SIGN = 'judged by "example desk" on 2026-11-01 because "example"'
SOURCE = 'source own "Own figures" { publisher "Example desk" licence "own" }\n'
MEMORY = 1 << 30  # bytes; a telling of all ways has no room in it
VERBS = (("explain", "POL"), ("explain", "POL", "--json"), ("explain", "POL", "--depth", "99"),
         ("explain", "POL", "--deepest-first"), ("compare", "POL", "CZE"),
         ("compare", "POL", "CZE", "--json"))


def indicator(name):
    return (f'indicator {name} "Fact {name}" '
            "{ unit plain range 0 to 100 best 0, worst 100 missing unknown cites own }\n")


def derived_diamonds(levels):
    text = SOURCE + indicator("left_0") + indicator("right_0")
    for k in range(1, levels + 1):
        below = f"left_{k - 1} + right_{k - 1}"
        for side in ("left", "right"):
            text += (f'derived {side}_{k} "Value {side} {k}" = ({below}) / 2 '
                     f"{{ unit plain range 0 to 100 best 0, worst 100 {SIGN} }}\n")
    return text + (f'output risk "Risk" {{ scale 0 to 100, higher is worse combine arithmetic\n'
                   f"  1 part left_{levels}\n  1 part right_{levels}\n  {SIGN} }}\n")


def factor_diamonds(levels):
    text = SOURCE + indicator("left_0") + indicator("right_0")
    for k in range(1, levels + 1):
        for side in ("left", "right"):
            text += (f'factor {side}_{k} "Factor {side} {k}" {{ combine arithmetic\n'
                     f"  1 part left_{k - 1}\n  1 part right_{k - 1}\n  {SIGN} }}\n")
    return text + (f'output risk "Risk" {{ scale 0 to 100, higher is worse combine arithmetic\n'
                   f"  1 part left_{levels}\n  1 part right_{levels}\n  {SIGN} }}\n")


SCENARIO = """title = "Diamonds"
as_of = 2020-06-30
model = "model.risk"
[defaults]
valid = 2019-12-31
source = "own"
grade = "observed"
[country.POL.facts]
left_0 = 40
right_0 = 80
[country.CZE.facts]
left_0 = 10
right_0 = 20
"""


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def sizes(engine, text):
    """Bytes that each verb prints of a model."""
    with tempfile.TemporaryDirectory(prefix="waystone-diamonds-") as folder:
        for name, content in (("model.risk", text), ("case.toml", SCENARIO)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                f.write(content)
        result = {}
        for verb, *arguments in VERBS:
            done = subprocess.run([engine, verb, "case.toml", *arguments], cwd=folder,
                                  capture_output=True, preexec_fn=limited, timeout=300)
            if done.returncode:
                sys.exit(f"{verb} {' '.join(arguments)}: exit {done.returncode}\n{done.stderr.decode()}")
            result[" ".join((verb, *arguments))] = sum(len(line.strip()) for line in done.stdout.splitlines())
        return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    failures = 0
    for kind, model in (("derived values", derived_diamonds), ("factors", factor_diamonds)):
        few, many = sizes(engine, model(20)), sizes(engine, model(40))
        for verb, size in few.items():
            linear = many[verb] < 2.2 * size
            failures += not linear
            print(f"{kind}, {verb}: {size} bytes at 20 levels, {many[verb]} at 40"
                  + ("" if linear else ": MORE THAN TWICE"))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
