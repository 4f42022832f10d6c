"""Do the shipped models, emitted, give the engine's numbers for every country of the shipped scenarios, to the last bit?

    python3 tests/emit/shipped.py --engine build/release/waystone
"""
import argparse
import os
import pathlib
import sys
import tempfile

import agree

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS = {
    "rules/belt-and-road.risk": sorted(str(p.relative_to(ROOT)) for p in [*ROOT.glob("scenarios/article/*.toml"), *ROOT.glob("scenarios/what-if/*.toml")]),
    "rules/partners.risk": ["scenarios/partners/2013.toml", "scenarios/partners/2019.toml", "scenarios/partners/2024.toml"],
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    wrong = 0
    with tempfile.TemporaryDirectory() as parent:
        for rules, scenarios in MODELS.items():
            folder = os.path.join(parent, pathlib.Path(rules).stem)
            agree.emitted(engine, folder, rules, scenarios, ROOT)
            (result,) = agree.compared([folder])
            wrong += len(result["wrong"]) + (not result["compared"])
            print(f"{rules}: {len(scenarios)} scenarios, {result['compared']} numbers compared, {len(result['wrong'])} differ")
            print("\n".join("  " + line for line in result["wrong"][:agree.FEW]), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
