#!/usr/bin/env python3
"""The page's modules by themselves, without a browser: node --test on what esbuild makes of tests/page/modules.

    tests/page/modules.py --esbuild PROGRAM --d3 FOLDER --node PROGRAM
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--esbuild", default="esbuild")
    parser.add_argument("--d3", default="/usr/share/nodejs")
    parser.add_argument("--node", default="node")
    asked = parser.parse_args()
    tests = sorted((here / "modules").glob("*.test.js"))
    with tempfile.TemporaryDirectory() as folder:
        # Bundled, since Node finds no modules by NODE_PATH where they are imported.
        subprocess.run(
            [asked.esbuild, *map(str, tests), "--bundle", "--platform=node", "--format=esm", "--out-extension:.js=.mjs",
             f"--outdir={folder}", "--log-level=warning"], check=True, env=dict(os.environ, NODE_PATH=asked.d3))
        made = sorted(str(file) for file in pathlib.Path(folder).glob("*.mjs"))
        run = subprocess.run([asked.node, "--test", *made], capture_output=True, text=True)
    if run.returncode != 0:
        print(run.stdout, run.stderr)
    else:
        print("\n".join(line for line in run.stdout.splitlines() if line.startswith(("# tests", "# pass", "# fail", "ℹ tests", "ℹ pass", "ℹ fail"))))
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
