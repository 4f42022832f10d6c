"""Countries as publishers spell them: python3 tests/publishers/names.py --engine PATH

Each spelling of names.csv gives its code by country_by = "name". One that may mean several countries, or a country and something
else, gives none: alone in a table it is an error.
"""
import argparse
import csv
import io
import os
import pathlib
import subprocess
import sys
import tempfile

from run import MODEL

HERE = pathlib.Path(__file__).resolve().parent
SCENARIO = """title = "Names"
as_of = 2020-12-31
model = "model.risk"
[[wide]]
file = "names.csv"
country_by = "name"
valid = 2019-12-31
source = "own"
grade = "observed"
columns = { income = "income" }
"""


def scored(engine, names):
    """{code: figure} where name number n has the figure n + 1; None where the table is refused."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "model.risk").write_text(MODEL)
        (folder / "s.toml").write_text(SCENARIO)
        with open(folder / "names.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([["country", "income"]] + [[name, n + 1] for n, name in enumerate(names)])
        run = subprocess.run([engine, "score", "s.toml", "--csv", "--long"], cwd=folder, capture_output=True, text=True, timeout=60)
    if run.returncode != 0:
        return None
    return {row["country"]: float(row["value"]) for row in csv.DictReader(io.StringIO(run.stdout)) if row["kind"] == "indicator"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    lines = (HERE / "names.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    found = []
    for publisher in dict.fromkeys(row["publisher"] for row in rows):
        sure = [row for row in rows if row["publisher"] == publisher and row["code"] != "?"]
        values = scored(engine, [row["spelling"] for row in sure])
        wanted = {row["code"]: n + 1.0 for n, row in enumerate(sure)}
        if values != wanted:
            found.append(f"{publisher}: {values}, not {wanted}")
    for row in rows:
        if row["code"] == "?" and scored(engine, [row["spelling"]]) is not None:
            found.append(f"{row['publisher']}: '{row['spelling']}' was taken for a country")
    print("\n".join(found) or f"{len(rows)} spellings as they should be")
    return 1 if found or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
