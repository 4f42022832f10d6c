"""Publishers' files as downloaded, and spoilt: python3 tests/publishers/run.py --engine PATH [WORD …]

For each shape of shapes.py: the file, read by the map that ships, gives the figures of our own table; and each corruption gives a
diagnostic, or the same scores as the sound file, never another score in silence. WORD: only shapes with it in their map's name.
"""
import argparse
import csv
import io
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from shapes import COUNTRIES, ROOT, FIGURES, shapes

MODEL = """source own "Own figures" { publisher "Test" licence "own" }
output risk "Risk" {
  scale 0 to 100, higher is worse
  combine arithmetic
  1 part income
  judged by "test" on 2026-11-01 because "example"
}
indicator income "Income" { unit plain range 0 to 200000 best 200000, worst 0 missing unknown cites own }
"""


def scenario(shape):
    codes = ", ".join(f'"{c[0]}"' for c in COUNTRIES)
    return f"""title = "{shape.map}"
as_of = {shape.as_of}-12-31
model = "model.risk"
countries = [{codes}]

[[wide]]
file = "{shape.file}"
map = "maps/{shape.map}.toml"
source = "own"
grade = "observed"
columns = {shape.columns}
{shape.more}
"""


# ---- corruptions: bytes of the file, spoilt

def on_cells(shape, chosen, change):
    """The rows with the cells of the chosen columns changed."""
    rows = [list(row) for row in shape.rows]
    where = [i for i, name in enumerate(rows[0]) if chosen(name)]
    for row in rows[1:]:
        for i in where:
            row[i] = change(row[i])
    return rows


def number(cell):
    try:
        return float(cell)
    except ValueError:
        return None


def cut(shape):
    data = shape.bytes()
    at = len(data) // 2
    while data[at - 2:at - 1] == b"\n" or data[at - 1:at] == b"\n" or at % 2:  # at the end of a line nothing shows it
        at -= 1
    return data[:at]


def reordered(shape):
    rows = [row[::-1] for row in shape.rows]
    return shape.bytes(rows)


def renamed(shape):
    rows = [["Land" if cell == shape.codes else cell for cell in shape.rows[0]]] + shape.rows[1:]
    return shape.bytes(rows)


def utf16(shape):
    return shape.text().encode("utf-16")


def latin1(shape):
    names = dict(zip((c[3] for c in COUNTRIES), ("Angöla",) + tuple(c[4] for c in COUNTRIES[1:])))
    rows = [[names.get(cell, cell) for cell in row] for row in shape.rows]
    return shape.text(rows).encode("windows-1252")


def marked(shape):
    return b"\xef\xbb\xbf" + shape.text().encode("utf-8")


def decimal_commas(shape):
    return shape.bytes(on_cells(shape, shape.figures_in, lambda cell: cell.replace(".", ",") if number(cell) is not None else cell))


def duplicated(shape):
    return shape.bytes(shape.rows[:1] + [row for row in shape.rows[1:] for _ in range(2)])


def shifted(shape):
    return shape.bytes([shape.rows[0][1:] + [""]] + shape.rows[1:])


def broken_quotes(shape):
    text = shape.text()
    lines = text.split("\n")
    at = len(shape.before) + 3 + shape.rows[0][0].count("\n")
    lines[at] = '"' + lines[at]
    return "\n".join(lines).encode(shape.encoding)


def without_year(shape):
    at = shape.rows[0].index(shape.year_column)
    return shape.bytes([row[:at] + row[at + 1:] for row in shape.rows])


def other_list(shape):
    return shape.bytes(on_cells(shape, lambda name: name == shape.codes, lambda cell: shape.other_codes.get(cell, cell)))


def separated(shape):
    return shape.bytes(on_cells(shape, shape.figures_in, lambda cell: f"{number(cell):,.3f}" if number(cell) is not None else cell))


CORRUPTIONS = {
    "cut in the middle": cut, "columns reordered": reordered, "a column renamed": renamed, "UTF-16": utf16, "Windows-1252": latin1, "byte order mark": marked,
    "decimal commas": decimal_commas, "every row twice": duplicated, "header shifted": shifted, "a quote too many": broken_quotes, "a year's column lost": without_year,
    "codes of another list": other_list, "thousands separated": separated,
}
MUST_BE_SAME = {"columns reordered", "byte order mark", "UTF-16"}
MAY_BE_SAME = {"Windows-1252", "thousands separated"}


class Run:
    def __init__(self, engine):
        self.engine = engine

    def __call__(self, shape, data):
        """{country: score or ""} and what was said; None where there is no score."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            shutil.copytree(ROOT / "scenarios/partners/maps", folder / "maps")
            (folder / "model.risk").write_text(MODEL)
            (folder / "s.toml").write_text(scenario(shape), encoding="utf-8")
            (folder / shape.file).write_bytes(data)
            told = subprocess.run([self.engine, "--color", "never", "check", "s.toml"], cwd=folder, capture_output=True, text=True, timeout=60)
            run = subprocess.run([self.engine, "score", "s.toml", "--csv", "--long"], cwd=folder, capture_output=True, text=True, timeout=60)
        said = told.stdout + told.stderr
        if run.returncode != 0:
            return None, said + run.stderr, {}
        rows = list(csv.DictReader(io.StringIO(run.stdout)))
        return ({row["country"]: row["score"] for row in rows if row["kind"] == "output"}, said,
                {row["country"]: row["value"] for row in rows if row["kind"] == "indicator"})


def problems(run, shape):
    sound, said, values = run(shape, shape.bytes())
    if sound is None:
        yield f"{shape.map}: the sound file is refused\n{said}"
        return
    for country in COUNTRIES:
        code = country[0]
        if abs(float(values[code] or "nan") - float(FIGURES[code, 2021])) > 1e-6:
            yield f"{shape.map}: {code} is {values[code]}, our table has {FIGURES[code, 2021]}"
    if "warning" in said.replace("0 warnings", ""):
        yield f"{shape.map}: the sound file is warned of\n{said}"
    for name, spoil in CORRUPTIONS.items():
        scores, said, _ = run(shape, spoil(shape))
        told = "error[" in said or "warning[" in said
        if "internal" in said:
            yield f"{shape.map}, {name}: an internal error\n{said}"
        elif scores == sound:
            if name not in MUST_BE_SAME | MAY_BE_SAME and not told:
                yield f"{shape.map}, {name}: nothing is said, and the scores are the same"
        elif name in MUST_BE_SAME:
            yield f"{shape.map}, {name}: the scores should be the same\n{said}"
        elif not told:
            yield f"{shape.map}, {name}: other scores in silence\n{said}"
        elif scores is not None and name != "a year's column lost":
            wrong = [c for c, score in scores.items() if score and score != sound[c]]
            if wrong:
                yield f"{shape.map}, {name}: another score of {', '.join(wrong)} behind a warning\n{said}"
        elif scores is not None and "[W0311]" not in said:
            yield f"{shape.map}, {name}: older figures, and the year isn't named\n{said}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    run = Run(os.path.abspath(arguments.engine))
    chosen = [shape for shape in shapes() if all(word in shape.map for word in arguments.words)]
    found = [problem for shape in chosen for problem in problems(run, shape)]
    without = sorted({p.stem for p in (ROOT / "scenarios/partners/maps").glob("*.toml")} - {shape.map for shape in shapes()})
    if without:
        found.append(f"maps without a shape here: {', '.join(without)}")
    print("\n".join(found) or f"{len(chosen)} shapes read, {len(chosen) * len(CORRUPTIONS)} spoilt files told or harmless")
    return 1 if found or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
