"""Each public header (engine/waystone/*.hpp) compiles alone, twice included, as C++17 without a
warning, seeing no folder but its own, and includes nothing but its siblings and the standard library.

    python3 tests/structure/public_headers.py --compiler c++
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HEADERS = sorted((pathlib.Path(__file__).resolve().parents[2] / "engine/waystone").glob("*.hpp"))


def foreign_includes(header):
    for number, line in enumerate(header.read_text().splitlines(), 1):
        include = re.match(r'\s*#include (<[a-z_]+>|"waystone/[a-z_]+\.hpp"|.*)', line)
        if include and not re.fullmatch(r'<[a-z_]+>|"waystone/[a-z_]+\.hpp"', include[1]):
            yield f"{header.name}:{number}: a public header can't include {include[1]}"


def compile_errors(header, folder, compiler):
    source = folder / "alone.cpp"
    source.write_text(f"#include <waystone/{header.name}>\n#include <waystone/{header.name}>\n")
    done = subprocess.run([compiler, "-std=c++17", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic",
                           "-Wshadow", "-Werror", f"-I{folder}", str(source)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        yield f"{header.name} does not compile alone:\n{done.stderr}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", default="c++")
    compiler = parser.parse_args().compiler
    found = [] if HEADERS else ["there are no public headers"]
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(HEADERS[0].parent, pathlib.Path(name) / "waystone",
                        ignore=shutil.ignore_patterns("inside", "*.cpp"))
        for header in HEADERS:
            found += foreign_includes(header)
            found += compile_errors(header, pathlib.Path(name), compiler)
    print("\n".join(found) or "every public header stands alone")
    sys.exit(1 if found else 0)
