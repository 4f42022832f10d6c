"""Runs W1p by Waystone, by the hand-written limit and by numpy, round after round, and prints medians and ratios. See script/benchmark."""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
# the flags the limit is published with: it may fuse and reorder, the engine may not
LIMIT_FLAGS = ("-std=c++17 -O3 -march=native -mprefer-vector-width=512 -ffp-contract=fast -fno-math-errno -fno-trapping-math -ffinite-math-only "
               "-fno-signed-zeros -Wno-uninitialized -Wno-maybe-uninitialized -pthread").split()


def contestants(program, workload, folder):
    yield "waystone", [program, str(folder)]
    source = pathlib.Path(workload) / "src"
    if not (source / "limit.cpp").exists():
        print(f"no workload folder at {workload}: Waystone alone", file=sys.stderr)
        return
    for name, flags in (("limit", LIMIT_FLAGS), ("gen", ["-std=c++17", "-O2", "-ffp-contract=off"])):
        subprocess.run(["g++", *flags, "-o", str(folder / name), str(source / f"{name}.cpp")], check=True, stderr=subprocess.DEVNULL)
    data = folder / "data"
    data.mkdir()
    subprocess.run([str(folder / "gen"), str(data), "--w4rows", "1"], check=True)
    yield "limit-f64", [str(folder / "limit"), "w1p", "--data", str(data)]
    python = shutil.which("python3", path="/usr/bin") or sys.executable
    if subprocess.run([python, "-c", "import numpy"], capture_output=True).returncode == 0:
        yield "numpy", [python, str(source / "peer_numpy.py"), "w1p", "--data", str(data)]


def seconds(command):
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(next(line for line in printed.splitlines() if line.startswith("RESULT")).split()[5])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--workload", default="")
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.executable, str(HERE / "w1p_model.py"), str(folder)], check=True, stdout=subprocess.DEVNULL)
        commands = list(contestants(os.path.abspath(arguments.program), arguments.workload, folder))
        rounds = [{name: seconds(command) for name, command in commands} for _ in range(arguments.rounds)]
    print(f"W1p, 3,750 rows, one thread, {arguments.rounds} rounds; median (least to greatest)")
    for name, _ in commands:
        times = [r[name] for r in rounds]
        line = f"{name:10} {statistics.median(times) * 1e6:8.1f} us"
        if "limit-f64" in rounds[0]:
            ratios = [r[name] / r["limit-f64"] for r in rounds]
            line += f"   {statistics.median(ratios):6.2f} times the limit ({min(ratios):.2f} to {max(ratios):.2f})"
        print(line)


main()
