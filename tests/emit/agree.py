"""Do emitted models give the engine's numbers, to the last bit?

    python3 tests/emit/agree.py --engine build/release/waystone --models 2000 --seed 1 [--jobs 2]

For each seed a rule file and a scenario are written (tests/property/random_models.py), the engine scores them and emits the model, and Node works
the scores out from the chosen facts: values, bounds, scores, coverage, bands and marks of every node, truths of every rule, and the module's
own test rows. Whatever differs prints its seed and keeps its files.
"""
import argparse
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "property"), os.path.join(HERE, "..", "oracle")]
import engine_json  # noqa: E402
import random_models  # noqa: E402

KINDS = ("any", "flat", "any", "tree", "any")  # by turns
AT_A_TIME = 20  # models of one run of Node
FEW = 8  # differences shown of one model


def emitted(engine, folder, rules, scenarios, cwd):
    """Puts model.mjs and score.json into the folder."""
    os.makedirs(folder, exist_ok=True)
    engine_json.run(engine, "emit", "--js", rules, "--out", os.path.join(folder, "model.mjs"), cwd=cwd)
    with open(os.path.join(folder, "score.json"), "w", encoding="utf-8") as file:
        file.write(engine_json.run(engine, "score", "--json", *scenarios, cwd=cwd))


def compared(folders):
    """What Node says of each folder, as compare.mjs prints it."""
    done = subprocess.run(["node", os.path.join(HERE, "compare.mjs"), *folders], capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise RuntimeError(f"node ended with {done.returncode}\n{done.stderr[-3000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(job):
    engine, seeds, kind = job
    folders = {}
    for seed in seeds:
        chosen = kind or KINDS[seed % len(KINDS)]
        folder = tempfile.mkdtemp(prefix=f"waystone-emit-{chosen}-{seed}-")
        random_models.generate(seed, chosen, True).write(folder)
        emitted(engine, folder, "model.risk", ["scenario.toml"], folder)
        folders[folder] = seed
    results = []
    for result in compared(list(folders)):
        folder = result["folder"]
        if not result["wrong"]:
            shutil.rmtree(folder)
        results.append((folders[folder], folder, result["compared"], result["wrong"]))
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--models", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1, help="of the first model; the others follow")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kind", choices=("any", "flat", "tree"), help="default: by turns")
    args = parser.parse_args()
    seeds = list(range(args.seed, args.seed + args.models))
    jobs = [(os.path.abspath(args.engine), seeds[k:k + AT_A_TIME], args.kind) for k in range(0, len(seeds), AT_A_TIME)]
    started, failed, total, models = time.monotonic(), 0, 0, 0
    with multiprocessing.Pool(args.jobs) as pool:
        for results in pool.imap_unordered(check, jobs):
            for seed, folder, count, wrong in results:
                models += 1
                total += count
                if wrong:
                    failed += 1
                    print(f"seed {seed}: {len(wrong)} differences; files in {folder}")
                    print("\n".join("  " + line for line in wrong[:FEW]))
    print(f"{models} models, {failed} differ, {time.monotonic() - started:.0f} s; {total} numbers compared")
    return 1 if failed or models != args.models else 0


if __name__ == "__main__":
    sys.exit(main())
