"""The panel of 3,750 rows through the rule file: sums published with the workload, to 1e-10 relative.

    python3 tests/benchmark/w1p_check.py --program build/release/tests/w1p
"""
import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# printed with 12 digits, so 1e-10 relative is the most that can be asked of them
PUBLISHED = {"sum_index": [182674.23896], "sum_index_sq": [9866928.99015], "sum_rule_part": [2881.52926991], "wsum_contributions": [8811100.52603], "bands": [911, 448, 1009, 748, 634]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    program = os.path.abspath(parser.parse_args().program)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, os.path.join(HERE, "w1p_model.py"), folder], check=True, stdout=subprocess.DEVNULL)
        printed = subprocess.run([program, folder, "--reps", "1"], check=True, capture_output=True, text=True).stdout
    found = {line.split()[1]: [float(x) for x in line.split()[2:]] for line in printed.splitlines() if line.startswith("CHECK")}
    failures = [f"{key}: {found.get(key)}, published {values}" for key, values in PUBLISHED.items()
                if key not in found or any(abs(a - b) > 1e-10 * abs(b) for a, b in zip(found[key], values))]
    print("\n".join(failures) or "the panel's five published sums agree to 1e-10")
    return 1 if failures else 0


sys.exit(main())
