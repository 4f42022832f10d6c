"""Does the engine agree with the oracle on random models?

    python3 tests/property/agree.py --engine build/release/waystone --models 2000 --seed 1 [--jobs 2] [--fillings 40] [--kind any|flat|tree]

For each seed a rule file and a scenario are written (random_models.py), the engine scores them, and the oracle works the scores out again from the
program that the engine lists. Checked: the inputs chosen by date and missing policy; every value, score, coverage, rule truth and binding to 1e-10; bounds contain
the nominal value and the value at random fillings of all, some or one of the unknowns and ranges; and by turns: shuffled declarations, scaled parts, one more country;
how often each part of each condition was true, false and unknown, and whether a weight mattered.
On trees where no fact is read twice the bounds are those of all corners; on flat models the attribution is that of all coalitions; it always adds up;
the ledger replays. Whatever fails prints its seed and keeps its files.
"""
import argparse
import copy
import itertools
import json
import math
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "oracle")]
import engine_json  # noqa: E402
import history  # noqa: E402
import oracle  # noqa: E402
import random_models  # noqa: E402
import replay  # noqa: E402

ANY = ("any", "flat", "any", "tree", "any")  # kinds by turns
FEW = 12  # complaints of one model


def close(a, b, tolerance=1e-10):
    if a is None or b is None:
        return a is None and b is None
    if math.isinf(a) or math.isinf(b):
        return a == b
    return abs(a - b) <= tolerance * (1 + abs(b))


def conditions_of(model):
    """(owner, expression) of every condition, in the order in which `coverage` lists them."""

    def parts(e, chain):
        return [p for a in e["args"] for p in (parts(a, chain) if a["op"] == chain and a is e["args"][0] else [a])]

    def condition(e):
        yield e
        if e["op"] in ("and", "or"):
            for part in parts(e, e["op"]):
                yield from condition(part)
        elif e["op"] == "not":
            yield from condition(e["args"][0])
        else:
            yield from inside(e)

    def inside(e):
        for k, argument in enumerate(e.get("args", [])):
            yield from condition(argument) if e["op"] == "if" and k == 0 else inside(argument)

    for rule in model["rules"]:
        yield from ((rule["name"], e) for e in condition(rule["when"]))
        for effect in rule["effects"]:
            yield from ((rule["name"], e) for e in inside(effect["amount"]))
    for tripwire in model.get("tripwires", []):
        yield from ((tripwire["name"], e) for e in condition(tripwire["when"]))
    for node in model["nodes"]:
        written = node.get("value") if node["kind"] == "derived" else node["combine"].get("value") if node["kind"] in ("factor", "output") else None
        if written:
            yield from ((node["name"], e) for e in inside(written))


class Checked:
    """One model: its complaints and how much was compared."""

    def __init__(self, engine, seed, kind, fillings, edges):
        self.engine, self.seed, self.kind, self.fillings = engine, seed, kind, fillings
        self.rng = random.Random(f"agree {seed}")
        self.complaints, self.counts = [], {}
        self.directory = tempfile.mkdtemp(prefix=f"waystone-{kind}-{seed}-")
        self.made = random_models.generate(seed, kind, edges)

    def count(self, what, n=1):
        self.counts[what] = self.counts.get(what, 0) + n

    def expect(self, ok, what, message):
        self.count(what)
        if not ok:
            self.complaints.append(f"{what}: {message}")

    def run(self):
        self.made.write(self.directory)
        self.program = engine_json.program_of(self.engine, self.directory)
        self.document = engine_json.score_of(self.engine, self.directory)
        self.scores = engine_json.scores(self.document)
        self.model = oracle.Model(self.program)
        self.check_inputs()
        self.check_values()
        self.check_fillings()
        if self.kind == "tree":
            self.check_corners()
        (self.check_shuffled, self.check_scaled, self.check_one_more)[self.seed % 3]()
        self.check_attribution()
        self.check_coverage()
        if self.seed % 4 == 0:
            self.check_ledger()

    # -- inputs: the generator knows what it wrote

    def check_inputs(self):
        scenario = self.program["scenario"]
        past = history.facts_of(self.made, self.model.nodes)
        self.made.facts.update(past)
        self.count("window", len(past))
        self.expect(sorted(c["code"] for c in scenario["countries"]) == self.made.countries, "countries", "others than written")
        for country in scenario["countries"]:
            code = country["code"]
            for (c, name), fact in self.made.facts.items():
                if c != code:
                    continue
                got = country["inputs"].get(name) or {"value": None}
                where = f"{code} {name}"
                self.expect(close(oracle.number(got["value"]), oracle.number(fact["value"]), 1e-12), "input", f"{where} is {got['value']}, not {fact['value']}")
                for end in ("low", "high"):
                    if end in fact:
                        self.expect(close(oracle.number(got.get(end)), fact[end], 1e-9), "range", f"{where} {end} is {got.get(end)}, not {fact[end]}")
                if "high_at_least" in fact:  # estimates, docs/language
                    low, high = (oracle.number(got.get(end)) for end in ("low", "high"))
                    self.expect(high is not None and high >= fact["high_at_least"] - 1e-9, "range", f"{where} high is {high}, under {fact['high_at_least']}")
                    self.expect(low is not None and low <= fact["low_at_most"] + 1e-9, "range", f"{where} low is {low}, over {fact['low_at_most']}")
                if name in country["inputs"]:
                    got["known"], got["grade"] = fact["known"], fact["grade"]
            points = {t: p for (c, t), p in self.made.overrides.items() if c == code}
            self.expect(points == {t: p for t, p in (country.get("overrides") or {}).items()}, "override", f"{code}: {country.get('overrides')}, not {points}")

    # -- values

    def check_values(self):
        results = oracle.results(self.program)
        listed = sorted(self.scores)
        self.expect(listed == sorted(results), "scored", f"{listed}, not {sorted(results)}")
        for key in results:
            if key not in self.scores:
                continue
            nodes, rules = self.scores[key]["nodes"], self.scores[key]["rules"]
            where = " ".join(key)
            for name, want in results[key]["nodes"].items():
                if want["kind"] in ("factor", "output"):
                    self.expect(name in nodes, "listed", f"{where} {name} is not in the scores")
                got = nodes.get(name)
                if got is None:
                    continue
                self.expect(close(got["value"], want["value"]), "value", f"{where} {name} is {got['value']!r}, not {want['value']!r}")
                if want["kind"] in ("factor", "output"):
                    self.expect(close(got["coverage"], want["coverage"]), "coverage", f"{where} {name}: {got['coverage']!r}, not {want['coverage']!r}")
                    if got["judgement"] is not None:
                        self.expect(close(got["judgement"], want["judgement"]), "judgement", f"{where} {name}: {got['judgement']!r}, not {want['judgement']!r}")
                if got["low"] is not None and got["value"] is not None:
                    self.expect(got["low"] <= got["value"] <= got["high"], "bounds", f"{where} {name}: {got['value']!r} is not in {got['low']!r}..{got['high']!r}")
            for name, want in results[key]["rules"].items():
                got = rules.get(name)
                self.expect(got is not None, "listed", f"{where} rule {name} is not in the scores")
                if got is None:
                    continue
                self.expect(got["holds"] == want["holds"], "holds", f"{where} {name}: {got['holds']}, not {want['holds']}")
                if self.model.rules[name]["effects"]:
                    self.expect(bool(got["binds"]) == want["binds"], "binds", f"{where} {name}: {got['binds']}, not {want['binds']}")

    # -- bounds

    def ends(self, name, datum):
        """(low, high) where a fact may lie, or None where it is certain. Infinite ends only for dates."""
        node = self.model.nodes[name]
        low, high = (oracle.number(node.get("low")), oracle.number(node.get("high")))
        value = None
        if datum is not None:
            value = oracle.number(datum.get("value"))
            if datum.get("low") is not None or value is not None:
                low = oracle.number(datum.get("low"))
            if datum.get("high") is not None or value is not None:
                high = oracle.number(datum.get("high"))
        if value is not None:
            if low is None or high is None or low == high:
                return None
            return low, high
        return low, high

    def fill(self, name, low, high):
        r, unit = self.rng, self.model.nodes[name]["unit"]
        if unit == "date":
            now = self.program["scenario"]["as_of"]
            early, late = now - 4000 if low is None or math.isinf(low) else low, now + 1000 if high is None or math.isinf(high) else high
            if (low is None or low == -math.inf) and r.random() < 0.3:
                return "never"
            return float(r.randint(int(early), int(late)))
        if unit in ("yes/no", "code"):
            return float(r.randint(round(low), round(high)))
        u = r.random()
        if u < 0.3:
            return low
        if u < 0.6:
            return high
        x = r.uniform(low, high)
        return float(round(x)) if unit == "level" and low <= round(x) <= high else x

    def uncertain(self, country):
        found = {}
        for name, node in self.model.nodes.items():
            if node["kind"] == "indicator":
                ends = self.ends(name, country["inputs"].get(name))
                if ends is not None:
                    found[name] = ends
        return found

    def evaluation(self, country, viewpoint, inputs):
        s = self.program["scenario"]
        return oracle.Evaluation(self.model, inputs, viewpoint, s["as_of"], s["horizon_years"], country.get("overrides"))

    def check_fillings(self):
        cases = [(c, self.uncertain(c)) for c in self.program["scenario"]["countries"]]
        cases = [(c, u) for c, u in cases if u]
        if not cases:
            return
        for _ in range(self.fillings):
            country, uncertain = self.rng.choice(cases)
            viewpoint = self.rng.choice(self.model.viewpoints)
            nodes = self.scores[country["code"], viewpoint]["nodes"]
            inputs = dict(country["inputs"])
            learnt = self.learnt(uncertain)
            for name in learnt:
                inputs[name] = {"value": self.fill(name, *uncertain[name])}
            ev = self.evaluation(country, viewpoint, inputs)
            if len(learnt) == len(uncertain):
                self.check_truths(country, viewpoint, ev)
            for name in self.model.factors():
                value, bounds = ev.value(name), nodes.get(name)
                if value is None or bounds is None:
                    continue
                self.expect(bounds["low"] is not None and bounds["low"] - 1e-9 <= value <= bounds["high"] + 1e-9, "filling",
                            f"{country['code']} {viewpoint} {name} is {value!r}, outside {bounds['low']!r}..{bounds['high']!r}, at "
                            f"{ {n: inputs[n]['value'] for n in uncertain} }")

    def learnt(self, uncertain):
        """Which facts become known next: by turns all, or each by chance, or one."""
        names = sorted(uncertain)
        kind = self.rng.randrange(3)
        if kind == 0:
            return names
        return [n for n in names if self.rng.random() < 0.5] if kind == 1 else [self.rng.choice(names)]

    def check_truths(self, country, viewpoint, ev):
        """What surely holds does at every filling, what surely doesn't does at none."""
        for name, rule in self.scores[country["code"], viewpoint]["rules"].items():
            truth = ev.holds(name)
            if truth is None:
                continue
            self.expect(truth == 1.0 if rule["must"] else truth == 0.0 or rule["may"], "truths",
                        f"{country['code']} {viewpoint} {name}: {truth} where it must hold: {rule['must']}, may: {rule['may']}")

    def check_corners(self):
        for country in self.program["scenario"]["countries"]:
            uncertain = self.uncertain(country)
            choices = []
            for name, (low, high) in uncertain.items():
                whole = self.model.nodes[name]["unit"] in ("yes/no", "code")
                choices.append([float(x) for x in range(round(low), round(high) + 1)] if whole else [low, high])
            if math.prod(len(c) for c in choices) > 4096:
                continue
            for viewpoint in self.model.viewpoints:
                least, most = {}, {}
                for corner in itertools.product(*choices):
                    inputs = dict(country["inputs"])
                    inputs.update({n: {"value": x} for n, x in zip(uncertain, corner)})
                    ev = self.evaluation(country, viewpoint, inputs)
                    for name in self.model.factors():
                        v = ev.value(name)
                        least[name], most[name] = min(least.get(name, v), v), max(most.get(name, v), v)
                nodes = self.scores[country["code"], viewpoint]["nodes"]
                for name in self.model.factors():
                    b = nodes[name]
                    if b["value"] is not None:  # an unknown fact that could not decide a rule either way still leaves it out of the nominal
                        least[name], most[name] = min(least[name], b["value"]), max(most[name], b["value"])
                    self.expect(close(b["low"], least[name], 1e-9) and close(b["high"], most[name], 1e-9), "corners",
                                f"{country['code']} {viewpoint} {name}: {b['low']!r}..{b['high']!r}, not {least[name]!r}..{most[name]!r}")

    # -- what must not matter

    def again(self, name, **changes):
        directory = os.path.join(self.directory, name)
        self.made.write(directory, **changes)
        return engine_json.score_of(self.engine, directory)

    def check_shuffled(self):
        other = self.again("shuffled", declarations=self.made.shuffled(self.rng))
        a, b = (json.dumps(engine_json.without_places(d)) for d in (self.document, other))
        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        self.expect(a == b, "shuffled", f"the scores read {a[max(0, at - 60):at + 60]!r} and {b[max(0, at - 60):at + 60]!r}")

    def same_scores(self, what, other, tolerance):
        for key, mine in self.scores.items():
            for name, node in mine["nodes"].items():
                theirs = other.get(key, {"nodes": {}})["nodes"].get(name, {})
                for field in ("value", "low", "high", "coverage"):
                    self.expect(close(theirs.get(field), node[field], tolerance), what,
                                f"{' '.join(key)} {name} {field}: {theirs.get(field)!r}, not {node[field]!r}")

    def check_scaled(self):
        self.same_scores("scaled", engine_json.scores(self.again("scaled", declarations=self.made.scaled)), 1e-12)

    def check_one_more(self):
        text = self.made.scenario
        start = text.index("[country.AAA.facts]")
        facts = text[start:text.index("\n\n", start)].replace("country.AAA", "country.ZZZ")
        other = engine_json.scores(self.again("one_more", scenario=text + "\n" + facts + "\n"))
        self.expect(any(c == "ZZZ" for c, _ in other), "one more", "the added country is not scored")
        self.same_scores("one more", other, 0.0)

    # -- attribution

    def check_attribution(self):
        output = self.model.main or "risk"
        document = engine_json.comparison_of(self.engine, self.directory, "AAA", "BBB")
        for viewpoint in self.model.viewpoints:
            a, b = (self.scores[c, viewpoint]["nodes"][output]["value"] for c in ("AAA", "BBB"))
            if a is None or b is None:
                continue
            found = engine_json.attribution(document, viewpoint)
            if found is None:  # both are rated, but a mixture of them is not
                self.count("mixture not rated")
                continue
            difference, parts = found
            self.expect(close(difference, b - a, 1e-9), "difference", f"{viewpoint}: {difference!r}, from {a!r} to {b!r}")
            self.expect(close(sum(parts.values()), difference, 1e-9), "adds up", f"{viewpoint}: the parts add up to {sum(parts.values())!r}, not {difference!r}")
            if self.kind == "flat":
                for key, want in self.shapley(output, viewpoint).items():
                    got = parts.get(key, 0.0)
                    self.expect(close(got, want, 1e-9), "attribution", f"{viewpoint} {key}: {got!r}, not {want!r}")

    def shapley(self, output, viewpoint):
        """Over all coalitions of a flat model: what each player adds on the way from the first country to the second, all orders alike."""
        countries = {c["code"]: c for c in self.program["scenario"]["countries"]}
        sides = [countries["AAA"], countries["BBB"]]
        own = [self.evaluation(c, viewpoint, c["inputs"]) for c in sides]
        players = [("leaf", m["name"]) for m in self.model.nodes[output]["members"]] + [("rule", r) for r in self.model.rules]
        if any(output in (c.get("overrides") or {}) for c in sides):
            players.append(("override", output))

        def value(coalition):
            def side(player):
                return 1 if player in coalition else 0
            inputs = {n: sides[side(("leaf", n))]["inputs"].get(n, {}) for n in self.model.nodes}
            ev = self.evaluation({"overrides": sides[side(("override", output))].get("overrides")}, viewpoint, inputs)
            ev.truths = {r: own[side(("rule", r))].holds(r) for r in self.model.rules}
            return ev.value(output)

        n = len(players)
        values = {s: value(s) for k in range(n + 1) for s in map(frozenset, itertools.combinations(players, k))}
        out = {}
        for p in players:
            total = 0.0
            for s, v in values.items():
                if p not in s:
                    total += math.factorial(len(s)) * math.factorial(n - len(s) - 1) / math.factorial(n) * (values[s | {p}] - v)
            out[p] = total
        return out

    # -- coverage

    def check_coverage(self):
        """Counts of every condition, part by part, of every rule and of a few weights, by evaluating all lanes one by one."""
        lanes = [self.evaluation(c, v, c["inputs"]) for c in self.program["scenario"]["countries"] for v in self.model.viewpoints]
        found = engine_json.coverage_of(self.engine, self.directory)
        self.expect(found["lanes"] == len(lanes), "lanes", f"{found['lanes']}, not {len(lanes)}")
        conditions = list(conditions_of(self.program["model"]))
        self.expect([c["name"] for c in found["conditions"]] == [name for name, _ in conditions], "conditions",
                    f"{[c['name'] for c in found['conditions']]}, not {[name for name, _ in conditions]}")
        for got, (name, expression) in zip(found["conditions"], conditions):
            truths = [lane.evaluate(expression) for lane in lanes]
            want = (truths.count(1.0), truths.count(0.0), truths.count(None))
            self.expect((got["true"], got["false"], got["unknown"]) == want, "condition", f"{name} '{got['text']}': {got}, not {want}")
        for rule in found["rules"]:
            binding = sum(lane.binds(rule["name"]) for lane in lanes)
            self.expect(rule["true"] + rule["false"] + rule["unknown"] == len(lanes), "all lanes", f"{rule}")
            if rule["effects"]:
                self.expect(rule["binding"] == binding, "bindings", f"{rule['name']}: {rule['binding']}, not {binding}")
        if self.seed % 3 == 0 and found["weights"]:
            self.check_weight(self.rng.choice(found["weights"]), lanes)

    def check_weight(self, weight, lanes):
        """One weight doubled and halved in the listed program, and everything worked out again."""
        outputs, mattered, counted = self.model.outputs(), 0, 0
        member = [m["name"] for m in self.model.nodes[weight["in"]]["members"]].index(weight["member"])
        others = []
        for factor in (Fraction(2), Fraction(1, 2)):
            changed = copy.deepcopy(self.program)
            rows = next(n for n in changed["model"]["nodes"] if n["name"] == weight["in"])["weights"]
            for row in rows.values():
                row[member] = str(Fraction(str(row[member])) * factor)
            model = oracle.Model(changed)
            s = changed["scenario"]
            others.append([oracle.Evaluation(model, c["inputs"], v, s["as_of"], s["horizon_years"], c.get("overrides"))
                           for c in s["countries"] for v in self.model.viewpoints])
        for as_is, *changed in zip(lanes, *others):
            if weight["viewpoint"] not in (None, as_is.viewpoint):
                continue
            counted += 1
            mattered += any(not close(lane.value(o), as_is.value(o), 1e-9) for lane in changed for o in outputs)
        where = f"{weight['member']} in {weight['in']} {weight['viewpoint']}"
        self.expect(weight["lanes"] == counted, "weight's lanes", f"{where}: {weight['lanes']}, not {counted}")
        self.expect(weight["outputs"] == mattered, "weight", f"{where}: {weight['outputs']}, not {mattered}")

    # -- ledger

    def check_ledger(self):
        for viewpoint, ledger in engine_json.ledgers(engine_json.explanation_of(self.engine, self.directory, "AAA")).items():
            checked, wrong = replay.replay(ledger, self.program)
            self.count("operation", checked)
            self.complaints += [f"ledger: {viewpoint} {line}" for line in wrong[:3]]
            score = self.scores["AAA", viewpoint]["nodes"][ledger["output"]]["value"]
            self.expect(ledger["result"] == score, "ledger", f"{viewpoint} ends with {ledger['result']!r}, the score is {score!r}")


def check(job):
    engine, seed, kind, fillings, edges = job
    c = None
    try:
        c = Checked(engine, seed, kind, fillings, edges)
        c.run()
    except Exception:  # a crash of either side is a finding too
        complaint = traceback.format_exc(limit=-3)
        if c is None:
            return seed, kind, [complaint], {}, None
        c.complaints.append(complaint)
    if not c.complaints:
        shutil.rmtree(c.directory)
    return seed, kind, c.complaints, c.counts, c.directory


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    parser.add_argument("--models", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the first model; the others follow")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--fillings", type=int, default=40, help="random fillings of each model")
    parser.add_argument("--kind", choices=("any", "flat", "tree"), help="default: by turns")
    parser.add_argument("--no-edges", action="store_true", help="leave out spans, dates and sums that are exactly on an edge")
    parser.add_argument("--stop-after", type=int, default=20, help="failed models")
    args = parser.parse_args()
    engine = os.path.abspath(args.engine)
    jobs = [(engine, s, args.kind or ANY[s % len(ANY)], args.fillings, not args.no_edges) for s in range(args.seed, args.seed + args.models)]
    started, failed, done, totals = time.monotonic(), 0, 0, {}
    with multiprocessing.Pool(args.jobs) as pool:
        for seed, kind, complaints, counts, directory in pool.imap_unordered(check, jobs, chunksize=4):
            done += 1
            for what, n in counts.items():
                totals[what] = totals.get(what, 0) + n
            if complaints:
                failed += 1
                print(f"seed {seed} --kind {kind}: {len(complaints)} complaints; files in {directory}")
                for line in complaints[:FEW]:
                    print("  " + line.replace("\n", "\n  "))
                if failed >= args.stop_after:
                    print("stopped: too many failures")
                    break
    print(f"{done} models, {failed} failed, {time.monotonic() - started:.0f} s; compared: " + ", ".join(f"{n} {what}" for what, n in sorted(totals.items())))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
