"""Installs Waystone into an empty prefix, builds the project of this folder against it, twice (by
find_package and by pkg-config), and compares what it prints.

    python3 tests/install/run.py --build build/release --compiler c++ [--bless]
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INSTALLED = ["bin/waystone", "share/man/man1/waystone.1", "share/zsh/site-functions/_waystone",
             "share/bash-completion/completions/waystone",
             "share/fish/vendor_completions.d/waystone.fish", "share/doc/waystone/docs/limits.md",
             "share/waystone/rules/belt-and-road.risk",
             "share/waystone/scenarios/article/2015-06.toml", "include/waystone/waystone.hpp"]


def run(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def missing_files(prefix):
    for name in INSTALLED:
        if not (prefix / name).is_file():
            yield f"{name} is not installed"
    for path in prefix.rglob("*"):
        if "include" in path.parts and path.is_dir() and path.name == "inside":
            yield f"{path} is no public header"


def by_cmake(prefix, work, compiler):
    run("cmake", "-S", HERE, "-B", work / "cmake", f"-DCMAKE_PREFIX_PATH={prefix}",
        f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_BUILD_TYPE=Release")
    run("cmake", "--build", work / "cmake")
    return work / "cmake/ask"


def by_pkg_config(prefix, work, compiler):
    folder = next(prefix.rglob("waystone.pc")).parent
    environment = {**os.environ, "PKG_CONFIG_PATH": str(folder)}
    flags = run("pkg-config", "--static", "--cflags", "--libs", "waystone", env=environment).split()
    run(compiler, "-std=c++17", HERE / "main.cpp", "-o", work / "ask", *flags)
    return work / "ask"


# Without what changes with every version and every line of the rules.
def lasting(text):
    return re.sub(r"waystone \d[\d.]*", "waystone VERSION", re.sub(r"\b[0-9a-f]{12}\b", "HASH", text))


def problems(arguments, work):
    prefix = work / "prefix"
    run("cmake", "--install", arguments.build, "--prefix", prefix)
    yield from missing_files(prefix)
    # what was installed is all there is: nothing may point back to where it was built
    moved = work / "moved"
    prefix.rename(moved)
    expected = HERE / "expected.txt"
    for build in (by_cmake, by_pkg_config):
        if build is by_pkg_config and not shutil.which("pkg-config"):
            print("pkg-config is not here: its half of the test is left out")
            continue
        program = build(moved, work, arguments.compiler)
        found = lasting(run(program, "share/waystone", cwd=moved))
        if arguments.bless:
            expected.write_text(found)
        if found != expected.read_text():
            yield f"built {build.__name__}, it printed other than {expected}:\n{found}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--bless", action="store_true")
    with tempfile.TemporaryDirectory() as folder:
        found = list(problems(parser.parse_args(), pathlib.Path(folder)))
    print("\n".join(found) or "a project outside builds against what is installed, and scores")
    sys.exit(1 if found else 0)
