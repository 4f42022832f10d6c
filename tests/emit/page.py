"""The program on docs/emit.md runs as it stands, and the model has the members that the page tells, and no others.

    python3 tests/emit/page.py --engine build/release/waystone
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/emit.md").read_text(encoding="utf-8")
MEMBERS = """
import { model } from "./partners.mjs";
const first = model.score({ lanes: 1 });
const keys = (list) => Object.keys(list[0]);
console.log(JSON.stringify({
  model: Object.keys(model), rules: Object.keys(model.rules), viewpoints: keys(model.viewpoints), facts: keys(model.facts), weights: keys(model.weights),
  nodes: keys(model.nodes), conditions: keys(model.conditions), result: keys(first.nodes), truths: keys(first.conditions),
}));
"""


def node(folder, text):
    (folder / "program.mjs").write_text(text, encoding="utf-8")
    done = subprocess.run(["node", "program.mjs"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def told(heading_row):
    """The names between braces of a row of the page's tables, or of the line that begins with it."""
    found = re.search(r"^\| `" + heading_row + r"` \|.*?`\[?\{([^}]*)\}\]?`", PAGE, re.M)
    return [name.strip() for name in found[1].split(",")]


def problems(engine, folder):
    subprocess.run([engine, "emit", "--js", "rules/partners.risk", "--out", folder / "partners.mjs"], cwd=ROOT, check=True)
    printed = node(folder, re.search(r"```js\n(.*?)```", PAGE, re.S)[1])
    if not re.match(r"^(NaN|[\d.]+) [\d.]+ [\d.]+ [\d.]+\n$", printed):
        yield f"the program on the page prints {printed!r}"
    found = json.loads(node(folder, MEMBERS))
    for what in ("rules", "viewpoints", "facts", "weights", "nodes", "conditions"):
        if sorted(found[what]) != sorted(told(what)):
            yield f"{what}: the model has {sorted(found[what])}, the page {sorted(told(what))}"
    rows = re.findall(r"^\| ((?:`\w+(?:\([^`]*\))?`(?:, )?)+) \|", PAGE.split("## Scoring")[0], re.M)
    listed = [re.match(r"\w+", name)[0] for row in rows for name in re.findall(r"`([^`]*)`", row)]
    if sorted(found["model"]) != sorted(listed):
        yield f"the model has {sorted(found['model'])}, the page {sorted(listed)}"
    results = re.findall(r"^\| `(nodes|conditions)` \| in the order of [^:]*: `\{([^}]*)\}` \|", PAGE, re.M)
    for (what, names), key in zip(results, ("result", "truths")):
        if sorted(found[key]) != sorted(name.strip() for name in names.split(",")):
            yield f"{what} of a result: {sorted(found[key])}, the page {names}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    with tempfile.TemporaryDirectory() as folder:
        found = list(problems(engine, pathlib.Path(folder)))
    print("\n".join(found) or "docs/emit.md says what a model has")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
