"""Every code of engine/diagnose/codes.def has a page, a golden case (a few a unit test) and a use in the engine; and there is no page or case for a code that is gone."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Codes that no command line brings about so far, and the unit test that does.
UNIT_TESTED = {"E0430": "tests/unit/emit_test.cpp"}  # every language says every operation


def problems():
    table = dict(re.findall(r'WAYSTONE_CODE\((\w+), "([^"]+)"\)', (ROOT / "engine/diagnose/codes.def").read_text()))
    engine = "\n".join(p.read_text() for p in (ROOT / "engine").rglob("*.[ch]pp"))
    pages = {p.stem: p for p in (ROOT / "docs/diagnostics").glob("[EW][0-9]*.md")}
    cases = {p.name.split("-")[0] for p in (ROOT / "tests/golden").glob("*/[EW][0-9]*")}
    for code, title in table.items():
        if code not in pages:
            yield f"{code} has no page docs/diagnostics/{code}.md"
        else:
            text = pages[code].read_text()
            if not text.startswith(f"# {code}: {title}\n"):
                yield f"docs/diagnostics/{code}.md does not begin with '# {code}: {title}'"
            for part in ("## Avoid", "## Prefer", "## Why"):
                if part not in text:
                    yield f"docs/diagnostics/{code}.md has no '{part}'"
        if code in UNIT_TESTED:
            if code not in (ROOT / UNIT_TESTED[code]).read_text():
                yield f"{code} is not in {UNIT_TESTED[code]}"
        elif code not in cases:
            yield f"{code} has no golden case in tests/golden/*/{code}-…"
        if not re.search(rf"Code::{code}\b", engine):
            yield f"{code} is given nowhere in the engine"
    for code in sorted((set(pages) | cases) - set(table)):
        yield f"{code} has a page or a case but is not in codes.def"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "every code has its page and its case")
    sys.exit(1 if found else 0)
