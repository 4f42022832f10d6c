"""What `explain` says of a fact at its best is what `score --set` gives with the fact put there: rules that read it follow in both."""
import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# scenario, country, viewpoint, fact, its best value
CASES = [("2015-06", "UKR", "state", "battle_deaths_12m", "0"), ("2015-06", "UKR", "state", "corridor_disruption", "0"),
         ("2015-06", "UKR", "enterprise", "failed_project_share", "0"), ("2019-06", "BLR", "enterprise", "wto_member", "yes"),
         ("2019-06", "BLR", "enterprise", "eu_access", "8"), ("2019-06", "UKR", "committee", "battle_deaths_12m", "0"),
         ("2022-03", "BLR", "state", "corridor_disruption", "0")]


def run(engine, *arguments):
    return json.loads(subprocess.run([engine, *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def at_best(tree, fact):
    """Values in every place where the fact is a part."""
    if isinstance(tree, list):
        return [found for item in tree for found in at_best(item, fact)]
    if not isinstance(tree, dict):
        return []
    own = [tree["at_best"]] if tree.get("name") == fact and tree.get("at_best") is not None else []
    return own + [found for item in tree.values() for found in at_best(item, fact)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", required=True)
    engine = parser.parse_args().engine
    compared = failures = 0
    for scenario, country, viewpoint, fact, best in CASES:
        path = f"scenarios/article/{scenario}.toml"
        told = at_best(run(engine, "explain", "--json", path, country, "--viewpoint", viewpoint), fact)
        scored = run(engine, "score", "--json", path, "--viewpoint", viewpoint, "--set", f"{country}.{fact}={best}")
        view = scored["scenarios"][0]["viewpoints"][0]
        wanted = next(c for c in view["countries"] if c["code"] == country)["outputs"]["risk"]["value"]
        for value in told:
            compared += 1
            if abs(value - wanted) > 1e-9:
                failures += 1
                print(f"{scenario} {country} {viewpoint} {fact}={best}: explain says {value}, score {wanted}")
    print(f"{compared} compared, {failures} differ")
    return 1 if failures or compared < 5 else 0


sys.exit(main())
