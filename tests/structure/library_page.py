"""What docs/library.md shows is what the tests build: a block that begins with "```LANGUAGE
from=PATH" holds the file PATH, byte for byte."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def problems():
    page = (ROOT / "docs/library.md").read_text()
    shown = re.findall(r"^```\w+ from=(\S+)\n(.*?)^```$", page, re.M | re.S)
    for path, text in shown:
        if (ROOT / path).read_text() != text:
            yield f"docs/library.md shows {path} otherwise than it is"
    if len(shown) < 2:
        yield "docs/library.md does not show the program and its build file"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "the example on docs/library.md is the one that is built")
    sys.exit(1 if found else 0)
