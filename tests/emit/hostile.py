"""Names and texts of a rule file do nothing in what is emitted: they end no string, no remark and no script element, and shadow nothing.

    python3 tests/emit/hostile.py --engine build/release/waystone
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

TEXTS = [
    "</script><script>globalThis.struck = 1</script>",
    "*/ globalThis.struck = 1; /*",
    "\\\"); globalThis.struck = 1; (\\\"",
    "`${globalThis.struck = 1}`",
    "<!-- --> //",
    "line\u2028globalThis.struck = 1\u2029end",
    "\u202eright to left\u202c \u200b\ufeff",
    "__proto__",
    "\\\\u0022; globalThis.struck = 1; //",
    "\u65e5\u672c \U0001f30d",
]
NAMES = ["constructor", "prototype", "to_string", "class", "await", "undefined", "nan", "model", "tables", "value_of"]

RULES = """source src "{0}" {{
  publisher "{1}"
  licence   "CC0"
  published 2020-01-01
}}
model "{2}" {{
  version "{3}"
  main    risk
}}
output risk "{4}" {{
  scale   0 to 100, higher is worse
  combine arithmetic
  bands   low, high from 40, margin 1
{members}
  judged by "{6}" on 2020-01-01 because "{7}"
}}
{indicators}
rule war "{8}" {{
  because "{1}"
  when    {first} > 5
  then    risk at least 60
  judged by "{9}" on 2020-01-01 because "{0}"
}}
tripwire wire "{1}" {{
  when    {first} > 8
  owner   "{2}"
  because "{3}"
  review  2021-01-01
}}
"""
INDICATOR = """indicator {name} "{label}" {{
  unit    plain
  range   0 to 10
  best    0, worst 10
  missing unknown
  cites   src
}}
"""

PROBE = """
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { model } from %(module)s;
const context = vm.createContext({});
const script = vm.runInContext(readFileSync(%(script)s, 'utf8') + '\\nwaystoneModel', context);
const again = script.check().length + model.check().length;
console.log(JSON.stringify({
  struck: globalThis.struck ?? context.struck ?? null, wrong: again, polluted: Object.keys(Object.prototype),
  title: model.rules.title, labels: model.facts.map(({ name, label }) => [name, label]), found: model.facts.map(({ name }) => model.fact(name)),
  file: model.rules.file, same: JSON.stringify(model.nodes) === JSON.stringify(script.nodes),
}));
"""


def rules():
    label = lambda k: TEXTS[k % len(TEXTS)]
    indicators = "".join(INDICATOR.format(name=name, label=label(k)) for k, name in enumerate(NAMES))
    members = "\n".join(f"  10% {name}" for name in NAMES)
    return RULES.format(*TEXTS, members=members, indicators=indicators, first=NAMES[0])


def problems(engine, folder):
    path = os.path.join(folder, "a'b`$(c)</script>.risk".replace("/", "\u2215"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(rules())
    module, script = os.path.join(folder, "model.mjs"), os.path.join(folder, "model.js")
    for form, out in ((["--js"], module), (["--js", "--script"], script)):
        done = subprocess.run([engine, "emit", *form, os.path.basename(path), "--out", out], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            yield f"emit {' '.join(form)} ends with {done.returncode}: {done.stderr}"
            return
        with open(out, encoding="utf-8", newline="") as file:
            text = file.read()
        for piece in ("</script", "<script", "<!--", "\u2028", "\u2029", "\u202e", "\u200b", "\ufeff", "\r"):
            if piece in text.lower():
                yield f"{os.path.basename(out)} contains {piece!r}"
    probe = os.path.join(folder, "probe.mjs")
    with open(probe, "w", encoding="utf-8") as file:
        file.write(PROBE % {"module": json.dumps(module), "script": json.dumps(script)})
    done = subprocess.run(["node", probe], capture_output=True, text=True)
    if done.returncode != 0:
        yield f"node: {done.stderr}"
        return
    said = json.loads(done.stdout)
    written = [text.replace('\\"', '"').replace("\\\\", "\\") for text in TEXTS]
    for what, expected in (("struck", None), ("wrong", 0), ("polluted", []), ("same", True), ("title", written[2]), ("file", os.path.basename(path))):
        if said[what] != expected:
            yield f"{what} is {said[what]!r}, not {expected!r}"
    labels = sorted([name, written[k % len(written)]] for k, name in enumerate(NAMES))
    if said["labels"] != labels:
        yield f"labels are {said['labels']!r}, not {labels!r}"
    if said["found"] != list(range(len(NAMES))):
        yield f"facts are found at {said['found']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    with tempfile.TemporaryDirectory() as folder:
        found = list(problems(engine, folder))
    print("\n".join(found) or f"{len(TEXTS)} hostile texts and {len(NAMES)} names do nothing")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
