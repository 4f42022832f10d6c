"""Nothing stands at the top of the project but what was agreed, and no scratch file anywhere: a look at what git tracks."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOP = {
    ".ci", ".clang-format", ".clang-tidy", ".editorconfig", ".git-blame-ignore-revs", ".gitignore", "CHANGELOG.md",
    "CITATION.cff", "CMakeLists.txt", "CMakePresets.json", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md",
    "docs", "engine", "rules", "scenarios", "script", "tests",
}
SCRATCH = re.compile(r"(~|\.(orig|rej|bak|swp|tmp|o|pyc|log)|\.DS_Store|/core)$")


def problems():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        return  # an unpacked archive: nothing to compare with
    for path in filter(None, listed.stdout.split("\0")):
        if path.split("/")[0] not in TOP:
            yield f"{path}: its top-level name is not in tests/structure/top_level.py"
        if SCRATCH.search(path):
            yield f"{path} looks like a scratch file"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "only agreed names at the top, and no scratch files")
    sys.exit(1 if found else 0)
