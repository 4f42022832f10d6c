"""Has a program compare, on random models, what the engine gives with its definition.

    python3 tests/property/derivatives.py --program build/release/tests/duals --models 200 --seed 1

Writes the models of random_models.py, one folder a seed, and runs the program on them: duals.cpp, whose derivatives should be those of differences
(nothing on an edge, where values jump), or rule_effects.cpp. A failure keeps its folder.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import random_models  # noqa: E402

KINDS = ("any", "any", "any", "flat", "tree")  # by turns


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--models", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the first model; the others follow")
    parser.add_argument("--edges", action="store_true", help="values on edges, too")
    args = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="waystone-duals-")
    folders = []
    for seed in range(args.seed, args.seed + args.models):
        kind = KINDS[seed % len(KINDS)]
        folders.append(os.path.join(directory, f"{kind}-{seed}"))
        random_models.generate(seed, kind, edges=args.edges).write(folders[-1])
    status = subprocess.run([os.path.abspath(args.program), *folders]).returncode
    if status:
        print(f"files in {directory}")
        return 1
    shutil.rmtree(directory)
    return 0


if __name__ == "__main__":
    sys.exit(main())
