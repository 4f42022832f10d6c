"""The table of operations (engine/program/operations.def) is the only list of them: the schema's page and the second implementation know each
of its operations and no other, and an operation that is added to the table and forgotten elsewhere does not compile."""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "engine/program/operations.def"
sys.path.insert(0, str(ROOT / "tests/oracle"))

# A row of each family, and the file whose switch then lacks it.
ADDED = {
    "engine/evaluate/expressions.cpp": 'WAYSTONE_EXPRESSION(added, "added", one, rising, all, any, exact, as_operands, number, none)',
    "engine/evaluate/curves.cpp": 'WAYSTONE_CURVE(added, "added", one, falling, all, score, exact, as_operands, number, none)',
    "engine/evaluate/means.cpp": 'WAYSTONE_MEAN(added, "added", some, rising, all, score, exact, enough_members, number, none)',
    "engine/evaluate/effects.cpp": 'WAYSTONE_EFFECT(added, "added", two, rising, all, cut_score, exact, as_operands, number, none)',
    "engine/evaluate/bounds.cpp": 'WAYSTONE_EXPRESSION(added, "added", two, own, all, any, exact, as_operands, number, none)',
}


def names():
    return re.findall(r'^WAYSTONE_[A-Z]+\(\w+, "(\w+)"', TABLE.read_text(encoding="utf-8"), re.M)


def differences(what, found, expected):
    for name in sorted(set(expected) - set(found)):
        yield f"{what} does not know the operation '{name}'"
    for name in sorted(set(found) - set(expected)):
        yield f"{what} knows an operation '{name}' that operations.def does not have"


def on_the_page():
    page = (ROOT / "docs/schema/program.md").read_text(encoding="utf-8")
    listed = re.search(r"^OPERATION: one of ((?:`[^`]*`\s*)+)", page, re.M)
    return " ".join(re.findall(r"`([^`]*)`", listed[1])).split() if listed else []


def codes():
    return [code for code in re.findall(r"^WAYSTONE_[A-Z]+\((\w+), ", TABLE.read_text(encoding="utf-8"), re.M) if code != "input"]


def in_runtime(table_names):
    """Operations of the tables of kernels, and of those of own bounds, in the emitted JavaScript."""
    for file, tables in table_names.items():
        text = (ROOT / "engine/emit/runtime" / file).read_text(encoding="utf-8")
        for name in tables:
            body = re.search(rf"^const {name} = {{\n(.*?)^}};", text, re.M | re.S)[1]
            yield from re.findall(r"^  (\w+)(?:: |\()", body, re.M)


KERNELS = {"expressions.js": ["EXPRESSIONS"], "curves.js": ["CURVES"], "means.js": ["MEANS"], "effects.js": ["EFFECTS"]}


def own_bounds():
    return re.findall(r"^WAYSTONE_[A-Z]+\((\w+), \"\w+\", \w+, own,", TABLE.read_text(encoding="utf-8"), re.M)


def compiles(compiler, source, table):
    """(whether it does, what the compiler says) with that table instead of the engine's."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "program/operations.def")
        path.parent.mkdir()
        path.write_text(table, encoding="utf-8")
        run = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Werror=switch", f"-I{folder}", f"-I{ROOT / 'engine'}",
                              str(ROOT / source)], capture_output=True, text=True)
        return run.returncode == 0, run.stderr


def forgotten(compiler):
    table = TABLE.read_text(encoding="utf-8")
    for source, row in ADDED.items():
        fine, said = compiles(compiler, source, table.replace("// clang-format on", row + "\n// clang-format on"))
        if fine:
            yield f"{source} compiles without an operation that the table has"
        elif "added" not in said or "switch" not in said:
            yield f"{source} fails otherwise than by a switch that lacks an operation:\n{said}"
    fine, said = compiles(compiler, "engine/emit/javascript.cpp", table.replace("// clang-format on", next(iter(ADDED.values())) + "\n// clang-format on"))
    if fine or "phrases.def" not in said:
        yield f"engine/emit/javascript.cpp compiles without a phrase for an operation that the table has, or fails otherwise:\n{said}"
    fine, said = compiles(compiler, "engine/evaluate/bounds.cpp", table)
    if not fine:
        yield f"engine/evaluate/bounds.cpp does not compile with the table as it is:\n{said}"


def main():
    import replay
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", required=True)
    arguments = parser.parse_args()
    found = [*differences("docs/schema/program.md", on_the_page(), names()),
             *differences("tests/oracle/replay.py", [*replay.OPERATIONS, *replay.GIVEN], names()),
             *differences("engine/emit/runtime", list(in_runtime(KERNELS)), codes()),
             *differences("engine/emit/runtime/bounds.js", list(in_runtime({"bounds.js": ["OWN_BOUNDS"]})), own_bounds()),
             *forgotten(arguments.compiler)]
    print("\n".join(found) or "every place knows every operation")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
