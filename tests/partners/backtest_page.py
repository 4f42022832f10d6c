"""docs/method/backtest.md is what the verb prints: python3 tests/partners/backtest_page.py --engine PATH [--write]

Nothing on that page is typed; what it says beside tables stands in scenarios/partners/backtest.toml. --write writes it anew: read
what changed before you keep it. Without it any difference fails. Also fails where a run takes longer than --seconds of processor
time.
"""
import argparse
import difflib
import pathlib
import re
import resource
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "method" / "backtest.md"


def printed(engine):
    run = subprocess.run([engine, "backtest", "scenarios/partners", "--markdown"], cwd=ROOT, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stderr or f"exit code {run.returncode}")
    return run.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    text = printed(str(pathlib.Path(given.engine).resolve()))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    print(f"{seconds:.1f} s of processor time")
    if given.write:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    here = PAGE.read_text(encoding="utf-8")
    same = re.sub(r"waystone \d+\.\d+\.\d+", "", here) == re.sub(r"waystone \d+\.\d+\.\d+", "", text)
    if not same:
        sys.stdout.writelines(list(difflib.unified_diff(here.splitlines(True), text.splitlines(True), "docs/method/backtest.md", "printed", n=1))[:80])
    return 0 if same and seconds <= given.seconds else 1


if __name__ == "__main__":
    sys.exit(main())
