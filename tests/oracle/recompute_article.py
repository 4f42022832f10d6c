#!/usr/bin/env python3
"""Recomputes the article's scores from the shipped rule and scenario files, apart from the engine.

It shares nothing with the engine: it reads the .risk files with regular expressions and a small expression parser of its own,
the scenarios with tomllib and csv, and knows of the language only what the shipped model uses. Standard library only.

    recompute_article.py                                     risk at mid-2019, every viewpoint, as JSON
    recompute_article.py --scenario F --output preference    another scenario, another output or factor
    recompute_article.py --compare SCORES.json               compares with `waystone score F --json`; exit 1 where they differ
    recompute_article.py --engine PROGRAM                    all article scenarios, risk and preference, against that program

A score that is not rated is null. Ranges and bounds are left out: these are nominal scores.
"""
import argparse
import calendar
import csv
import datetime
import json
import math
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEVER = -math.inf
MONTH_DAYS = 365.2425 / 12


# ---------------------------------------------------------------- time on the calendar

def months_later(date, months):
    first = datetime.date(date.year + (date.month - 1 + months) // 12, (date.month - 1 + months) % 12 + 1, 1)
    return first.replace(day=min(date.day, calendar.monthrange(first.year, first.month)[1]))


def months_since(then, now):
    """Both as ordinal days: whole months, then days as parts of a mean month."""
    if math.isinf(then):
        return math.inf
    if then > now:
        return -months_since(now, then)
    then, now = datetime.date.fromordinal(int(then)), datetime.date.fromordinal(int(now))
    whole = max(m for m in range((now.year - then.year + 1) * 12) if months_later(then, m) <= now)
    return whole + (now - months_later(then, whole)).days / MONTH_DAYS


# ---------------------------------------------------------------- reading rule files

def without_comments(text):
    """Drops comments; a # inside a string stays."""
    return re.sub(r'("(?:\\.|[^"\\\n])*")|#[^\n]*', lambda m: m[1] or "", text)


def rule_text(path, seen):
    path = path.resolve()
    if path in seen:
        return ""
    seen.add(path)
    text = without_comments(path.read_text(encoding="utf-8"))
    included = re.findall(r'^include "([^"]+)"', text, re.M)
    return text + "".join("\n" + rule_text(path.parent / name, seen) for name in included)


STRING = r'"(?:\\.|[^"\\\n])*"'
NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"


def declarations(text):
    """Yields (keyword, name, head, body). A declaration runs to the next keyword at the start of a line."""
    starts = [m.start() for m in re.finditer(r"^[a-z]+ ", text, re.M)]
    for start, end in zip(starts, starts[1:] + [len(text)]):
        chunk = text[start:end].rstrip()
        head, _, body = chunk.partition("{") if chunk.endswith("}") else (chunk, "", "")
        words = head.split(None, 2)
        yield words[0], words[1].strip('"'), words[2] if len(words) > 2 else "", body.rstrip("}\n ")


def quantity(text):
    """A numeral with its unit as a plain number in that unit; millions and billions multiplied out."""
    m = re.match(rf"\s*({NUMBER})\s*(million|billion)?", text)
    return float(m[1]) * {"million": 1e6, "billion": 1e9, None: 1}[m[2]]


def straight(points, x):
    """Straight lines through the points, flat beyond the ends."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


class Indicator:
    def __init__(self, body):
        self.body = body
        unit = re.search(r"^\s*unit\s+(.+)$", body, re.M)
        self.unit = unit[1].strip() if unit else "level" if "levels" in body else "plain"
        span = re.search(r"^\s*range\s+(.+?) to (.+)$", body, re.M)
        self.low, self.high = (quantity(span[1]), quantity(span[2])) if span else (None, None)
        carry = re.search(r"missing\s+carry forward up to (\d+) years", body)
        self.carry_years = float(carry[1]) if carry else None
        self.points = self.log = None
        levels = re.search(r"levels(\s+best last)?\s*\{(.*?)\}", body, re.S)
        curve = re.search(r"^\s*curve\s+through\s+(.+)$", body, re.M)
        best = re.search(r"best\s+([^,\n]+),\s*worst\s+([^,\n]+)(,\s*logarithmic( from 1 plus value)?)?", body)
        if levels:
            steps = [int(v) for v in re.findall(rf"(\d+)\s+{STRING}", levels[2])]
            assert "scores" not in levels[2], "no shipped level sets its own score"
            ends = (100.0, 0.0) if levels[1] else (0.0, 100.0)
            self.points = [(steps[0], ends[0]), (steps[-1], ends[1])]
            self.low, self.high = float(steps[0]), float(steps[-1])
        elif curve:
            self.points = [(quantity(x), quantity(y)) for x, y in re.findall(r"\(([^,]+),([^)]+)\)", curve[1])]
        elif best and best[1] in ("yes", "no"):
            self.points = [(0.0, 0.0 if best[1] == "no" else 100.0), (1.0, 100.0 if best[1] == "no" else 0.0)]
            self.low, self.high = 0.0, 1.0
        elif best:
            a, b = quantity(best[1]), quantity(best[2])
            if best[3]:
                self.log = 1.0 if best[4] else 0.0
                a, b = math.log(a + self.log), math.log(b + self.log)
            self.points = sorted([(a, 0.0), (b, 100.0)])

    def score(self, value):
        if value is None:
            return None
        return straight(self.points, math.log(value + self.log) if self.log is not None else value)


class Factor:
    """A factor or output: a combination of members, or an expression."""

    def __init__(self, head, body):
        written = re.match(rf"{STRING}\s*=\s*(.+)", head, re.S)
        self.expression = parse(written[1]) if written else None
        self.better = "higher is better" in body
        self.from_viewpoint = "weights from viewpoint" in body
        combine = re.search(r"combine\s+(arithmetic|geometric, no part below (\S+)|power mean of order ([\d.]+))", body)
        self.kind = combine[1].split(",")[0].split()[0] if combine else None
        self.floor = quantity(combine[2]) if combine and combine[2] else None
        self.order = quantity(combine[3]) if combine and combine[3] else None
        self.weights = weights(body)
        known = re.search(r"reweight if at least (\S+?)% known", body)
        self.enough = float(known[1]) / 100 if known else 1.0
        self.strengths = [(name, float(points), re.findall(r"\w+", unless.replace(" or ", " ")) if unless else [])
                          for name, points, unless in
                          re.findall(r"strength (\w+) lowers by at most ([\d.]+)(?:, unless ([\w ]+) holds)?", body)]


def weights(body):
    return {name: float(weight) for weight, name in re.findall(r"^\s*([\d.]+)(?:%| parts?)\s+(\w+)(?: +(?:between|locked)\b.*)?\s*$", body, re.M)}


class Rule:
    def __init__(self, body):
        ends = r"(?=^\s*(?:then|because|cites|judged|label)\b)"
        clauses = re.split(ends, re.sub(r"^\s*when", "when", body), flags=re.M)
        self.when = parse(clauses[0].strip().removeprefix("when"))
        self.effects = [e for c in clauses if c.strip().startswith("then") and (e := effect(c.strip()[4:].strip()))]


def effect(text):
    """(target, kind, amount, end of a decay or None, its months, its date)"""
    if text.startswith("flag"):
        return None
    decay = re.search(r",\s*(?:falling|rising) to (.+?) over ([\d.]+) months since (\w+)", text)
    if decay:
        text = text[:decay.start()]
    tail = (parse(decay[1]), float(decay[2]), decay[3]) if decay else (None, None, None)
    for pattern, kind in ((r"(\w+) (?:at least|add|scale by|at most) (.+)", None), (r"raise (\w+) by (.+)", "add"), (r"lower (\w+) by (.+)", "lower"),
                          (r"floor (\w+) at (.+)", "at least"), (r"cap (\w+) at (.+)", "at most"), (r"halve (\w+)()", "halve")):
        m = re.fullmatch(pattern, text.strip(), re.S)
        if not m:
            continue
        if kind is None:
            kind = re.fullmatch(r"\w+ (at least|add|scale by|at most) .+", text.strip(), re.S)[1]
        if kind == "halve":
            return (m[1], "scale by", ("number", 0.5), *tail)
        amount = parse(m[2])
        return (m[1], "add", ("neg", amount), *tail) if kind == "lower" else (m[1], kind, amount, *tail)
    raise ValueError(f"effect not understood: {text}")


# ---------------------------------------------------------------- expressions

TOKEN = re.compile(rf"\s*(\d{{4}}-\d\d-\d\d|\d+(?:\.\d+)?(?:e-?\d+)?|[a-z]\w*|[<>!]=|[-+*/^()<>=,%])")
UNITS = {"percent", "share", "years", "months", "days", "count", "USD", "points", "plain"}


def parse(text):
    tokens, at, text = [], 0, text.strip()
    while at < len(text):
        m = TOKEN.match(text, at)
        if not m:
            raise ValueError(f"not understood: {text[at:at + 40]!r}")
        tokens.append(m[1])
        at = m.end()
    tree, rest = disjunction(tokens)
    if rest:
        raise ValueError(f"not understood from {' '.join(rest)!r} in {text!r}")
    return tree


def chain(inner, words):
    def level(t):
        left, t = inner(t)
        while t and t[0] in words:
            word, (right, t) = t[0], inner(t[1:])
            left = (word, left, right)
        return left, t
    return level


def negation(t):
    if t[0] == "not":
        tree, t = negation(t[1:])
        return ("not", tree), t
    return comparison(t)


def comparison(t):
    left, t = addition(t)
    if t and t[0] == "between":
        low, t = addition(t[1:])
        high, t = addition(t[1:])
        return ("and", (">=", left, low), ("<=", left, high)), t
    if t and t[0] in ("<", "<=", ">", ">=", "=", "!="):
        word = t[0]
        right, t = addition(t[1:])
        return (word, left, right), t
    return left, t


def sign(t):
    if t[0] == "-":
        tree, t = sign(t[1:])
        return ("neg", tree), t
    base, t = primary(t)
    if t and t[0] == "^":
        power, t = sign(t[1:])
        return ("^", base, power), t
    return base, t


def primary(t):
    head, t = t[0], t[1:]
    if head == "(":
        tree, t = disjunction(t)
        t = t[1:]
    elif head == "if":
        test, t = disjunction(t)
        yes, t = disjunction(t[1:])
        no, t = disjunction(t[1:])
        return ("if", test, yes, no), t
    elif head[0].isdigit():
        tree = ("number", float(head)) if "-" not in head[4:5] else ("date", datetime.date.fromisoformat(head).toordinal())
        if t and (t[0] in UNITS or t[0] == "%"):
            t = t[1:]
    elif head in ("months", "years", "days") and t and t[0] == "since":
        tree, t = primary(t[1:])
        return ("since", head, tree), t
    elif head == "score":
        return ("score", t[1]), t[2:]
    elif t and t[0] == "(":
        args, t = [], t[1:]
        while t[0] != ")":
            tree, t = disjunction(t)
            args.append(tree)
            t = t[1:] if t[0] == "," else t
        tree, t = ("call", head, args), t[1:]
    else:
        tree = ("name", head)
    if t and t[0] == "in":
        tree, t = ("in", tree, t[1]), t[2:]
    return tree, t


multiplication = chain(sign, ("*", "/"))
addition = chain(multiplication, ("+", "-"))
conjunction = chain(negation, ("and",))
disjunction = chain(conjunction, ("or",))


# ---------------------------------------------------------------- the model

class Model:
    def __init__(self, path):
        self.indicators, self.parameters, self.derived, self.factors, self.rules, self.viewpoints, self.units = {}, {}, {}, {}, {}, {}, {}
        for keyword, name, head, body in declarations(rule_text(path, set())):
            if keyword == "indicator":
                self.indicators[name] = Indicator(body)
                self.units[name] = self.indicators[name].unit
            elif keyword == "parameter":
                steps = [(datetime.date.min, quantity(m)) for m in re.findall(r"always\s+(.+)", body)]
                steps += [(datetime.date.fromisoformat(d), quantity(v)) for d, v in re.findall(r"from (\d{4}-\d\d-\d\d):\s*(.+)", body)]
                self.parameters[name] = sorted(steps)
                unit = re.search(r"unit\s+(\S+)", body)
                self.units[name] = unit[1] if unit else "plain"
            elif keyword == "derived":
                written = re.match(rf"{STRING}\s*=\s*(.+)", head, re.S)
                self.derived[name] = (parse(written[1]), Indicator(body))
                self.units[name] = self.derived[name][1].unit
            elif keyword in ("factor", "output"):
                self.factors[name] = Factor(head, body)
            elif keyword == "rule":
                self.rules[name] = Rule(body)
            elif keyword == "viewpoint":
                self.viewpoints[name] = weights(body)
            elif keyword == "model":
                self.horizon = float(re.search(r"horizon (\S+) years", body)[1])


# ---------------------------------------------------------------- scenarios

def day(value):
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


def plain(value):
    """A fact's value as a number: yes/no is 1/0, a date its ordinal, a code itself, unknown None."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, datetime.date):
        return value.toordinal()
    if value in ("yes", "true", "no", "false"):
        return float(value in ("yes", "true"))
    if value == "never":
        return NEVER
    if value == "unknown":
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return datetime.date.fromisoformat(value).toordinal()
    return float(value) if re.fullmatch(NUMBER, value) else value


class Scenario:
    def __init__(self, path):
        path = pathlib.Path(path).resolve()
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        self.as_of = document["as_of"]
        self.known_by = document.get("known_by", self.as_of)
        self.horizon = float(document["horizon"].split()[0]) if "horizon" in document else None
        self.model_path = path.parent / document["model"]
        self.overrides = document.get("override", [])
        self.facts = []                               # (country, indicator, value, valid, known, rank); a higher rank wins on one date
        self.defaults = {}
        if "extends" in document:
            base = Scenario(path.parent / document["extends"])
            self.defaults = base.defaults
            self.facts = [(*fact[:5], fact[5] - 2) for fact in base.facts]
        self.defaults = {**self.defaults, **document.get("defaults", {})}
        for name in document.get("data", []):
            with open(path.parent / name, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(line for line in file if not line.startswith("#")):
                    valid = day(row["valid"])
                    self.facts.append((row["country"], row["indicator"], plain(row["value"]), valid, day(row["known"]), 1))
        for country, block in document.get("country", {}).items():
            for name, facts in block["facts"].items():
                for fact in facts if isinstance(facts, list) else [facts]:
                    fact = {**self.defaults, **(fact if isinstance(fact, dict) else {"value": fact})}
                    valid = day(fact["valid"])
                    self.facts.append((country, name, plain(fact["value"]), valid, day(fact.get("known", valid)), 2))
        self.countries = document.get("countries") or sorted({fact[0] for fact in self.facts})

    def chosen(self, country):
        """Of each indicator the latest datum valid by as_of and known by known_by: name -> (value, valid)."""
        found = {}
        for of, name, value, valid, known, rank in self.facts:
            if of == country and valid <= self.as_of and known <= self.known_by and (valid, rank) >= found.get(name, (datetime.date.min, -99))[:2]:
                found[name] = (valid, rank, value)
        return {name: (value, valid) for name, (valid, _, value) in found.items()}


# ---------------------------------------------------------------- evaluation

class Case:
    """One country of one scenario in one viewpoint."""

    def __init__(self, model, scenario, country, viewpoint, without=()):
        self.model, self.scenario, self.viewpoint, self.without = model, scenario, viewpoint, without
        self.horizon = scenario.horizon or model.horizon
        self.data = scenario.chosen(country)
        self.points = {}
        for o in scenario.overrides:
            if o["country"] == country and o["until"] >= scenario.as_of:
                self.points[o["target"]] = self.points.get(o["target"], 0.0) + o["points"]
        self.finals, self.truths = {}, {}

    def value(self, name):
        """The final value of a name: after rules, clamps and overrides."""
        if name not in self.finals:
            self.finals[name] = self.final(name)
        return self.finals[name]

    def final(self, name):
        m = self.model
        if name in m.parameters:
            known = [v for since, v in m.parameters[name] if since <= self.scenario.as_of]
            return known[-1] if known else None
        if name in m.indicators:
            about = m.indicators[name]
            value, valid = self.data.get(name, (None, None))
            if value is not None and about.carry_years and months_later(valid, round(12 * about.carry_years)) < self.scenario.as_of:
                value = None
            low, high = about.low, about.high
        elif name in m.derived:
            expression, about = m.derived[name]
            value, low, high = self.evaluate(expression), about.low, about.high
        else:
            value, low, high = self.combined(m.factors[name]), 0.0, 100.0
        return self.ruled(name, value, low, high)

    def combined(self, factor):
        if factor.expression:
            value = self.evaluate(factor.expression)
            return None if value is None else min(max(value, 0.0), 100.0)
        weighted = self.model.viewpoints[self.viewpoint] if factor.from_viewpoint else factor.weights
        scores = {name: self.score(name) for name in weighted}
        if factor.better:
            scores = {n: s if n in self.model.factors or s is None else 100 - s for n, s in scores.items()}
        known = {n: w for n, w in weighted.items() if scores[n] is not None}
        total = sum(weighted.values())
        if not known or sum(known.values()) / total < factor.enough - 1e-12:
            return None
        parts = [(w / sum(known.values()), scores[n]) for n, w in sorted(known.items())]
        if factor.floor is not None:
            parts = [(w, max(s, factor.floor)) for w, s in parts]
        if factor.kind == "geometric":
            value = math.exp(sum(w * math.log(s) for w, s in parts))
        elif factor.kind == "power":
            value = sum(w * s ** factor.order for w, s in parts) ** (1 / factor.order)
        else:
            value = sum(w * s for w, s in parts)
        for name, most, unless in factor.strengths:
            score = self.score(name)
            if score is not None and not any(self.holds(rule) for rule in unless):
                value -= most * (100 - score) / 100
        return min(max(value, 0.0), 100.0)

    def score(self, name):
        m = self.model
        if name in m.factors:
            return self.value(name)
        about = m.indicators[name] if name in m.indicators else m.derived[name][1]
        return about.score(self.value(name))

    def ruled(self, name, value, low, high):
        def clamp(x):
            return x if low is None else min(max(x, low), high)

        if value is None or isinstance(value, str):
            return value
        amounts = {"scale by": [], "add": [], "at most": [], "at least": []}
        for rule_name, rule in self.model.rules.items():
            mine = [e for e in rule.effects if e[0] == name]
            if mine and rule_name not in self.without and self.holds(rule_name) is True:
                for _, kind, amount, end, over, since in mine:
                    x = self.evaluate(amount)
                    if end is not None:
                        passed = months_since(self.value(since), self.scenario.as_of.toordinal())
                        x += (self.evaluate(end) - x) * min(max(passed / over, 0.0), 1.0)
                    amounts[kind].append(x)
        if any(amounts.values()) or low is not None:
            value = clamp(value * math.prod(amounts["scale by"]))
            value = clamp(value + sum(amounts["add"]))
            value = clamp(min([value, *amounts["at most"]]))
            value = clamp(max([value, *amounts["at least"]]))
        return clamp(value + self.points.get(name, 0.0))

    def holds(self, rule):
        if rule not in self.truths:
            self.truths[rule] = self.evaluate(self.model.rules[rule].when)
        return self.truths[rule]

    def evaluate(self, tree):
        """Kleene: None is unknown."""
        kind = tree[0]
        if kind in ("number", "date"):
            return tree[1]
        if kind == "name":
            if tree[1] in ("yes", "no"):
                return float(tree[1] == "yes")
            if tree[1] == "as_of":
                return self.scenario.as_of.toordinal()
            if tree[1] == "horizon":
                return self.horizon
            known = self.model.units.keys() | self.model.factors.keys()
            value = self.value(tree[1]) if tree[1] in known else tree[1]        # else the name of a code
            return bool(value) if self.model.units.get(tree[1]) == "yes/no" and value is not None else value
        if kind == "score":
            return self.score(tree[1])
        if kind == "in":
            value = self.evaluate(tree[1])
            unit = self.model.units.get(tree[1][1], tree[2]) if tree[1][0] == "name" else tree[2]
            factor = {("percent", "share"): 0.01, ("share", "percent"): 100.0}.get((unit, tree[2]), 1.0)
            return None if value is None else value * factor
        if kind == "since":
            since = self.evaluate(tree[2])
            if since is None:
                return None
            now = self.scenario.as_of.toordinal()
            return now - since if tree[1] == "days" else months_since(since, now) / {"months": 1, "years": 12}[tree[1]]
        if kind == "call":
            if tree[1] == "holds":
                return self.holds(tree[2][0][1])
            if tree[1] == "known":
                return self.value(tree[2][0][1]) is not None
            args = [self.evaluate(a) for a in tree[2]]
            if None in args:
                return None
            return {"min": min, "max": max, "exp": math.exp, "ln": math.log, "log": math.log10, "sqrt": math.sqrt, "abs": abs,
                    "clamp": lambda x, a, b: min(max(x, a), b)}[tree[1]](*args)
        if kind == "if":
            test = self.evaluate(tree[1])
            return None if test is None else self.evaluate(tree[2] if test else tree[3])
        if kind in ("and", "or"):
            a, b = self.evaluate(tree[1]), self.evaluate(tree[2])
            decisive = kind == "or"
            if decisive in (a, b):
                return decisive
            return None if None in (a, b) else not decisive
        if kind == "not":
            a = self.evaluate(tree[1])
            return None if a is None else not a
        if kind == "neg":
            a = self.evaluate(tree[1])
            return None if a is None else -a
        a, b = self.evaluate(tree[1]), self.evaluate(tree[2])
        if a is None or b is None:
            return None
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b if b else None, "^": lambda: a ** b,
                "<": lambda: a < b, "<=": lambda: a <= b, ">": lambda: a > b, ">=": lambda: a >= b,
                "=": lambda: a == b, "!=": lambda: a != b}[kind]()


def recompute(scenario_path, output="risk"):
    """{country: {viewpoint: score or None}} of a scenario file."""
    scenario = Scenario(scenario_path)
    model = Model(scenario.model_path)
    return {c: {v: Case(model, scenario, c, v).value(output) for v in sorted(model.viewpoints)} for c in sorted(scenario.countries)}


# ---------------------------------------------------------------- comparison with the engine

def engine_scores(document, output, scenario):
    """{country: {viewpoint: score or None}} of an output or factor from the JSON of `waystone score --json` (docs/schema/score.md)."""
    found = {}
    wanted = [s for s in document["scenarios"] if pathlib.Path(s["path"]).name == pathlib.Path(scenario).name]
    if len(wanted) != 1:
        raise ValueError(f"{len(wanted)} scenarios called {pathlib.Path(scenario).name} in the engine's scores, not one")
    for viewpoint in wanted[0]["viewpoints"]:
        for country in viewpoint["countries"]:
            of = country["outputs"].get(output) or country["nodes"][output]
            found.setdefault(country["code"], {})[viewpoint["name"]] = of["value"]
    return found


def differences(ours, theirs, tolerance):
    for country, by_viewpoint in ours.items():
        for viewpoint, own in by_viewpoint.items():
            other = theirs.get(country, {}).get(viewpoint)
            if (own is None) != (other is None) or (own is not None and abs(own - other) > tolerance):
                yield f"{country} {viewpoint}: {own} here, {other} by the engine"


def compared(text, output, scenario, scores, tolerance):
    """(scores compared, differences)"""
    found = list(differences(scores, engine_scores(json.loads(text), output, scenario), tolerance))
    return sum(s is not None for by in scores.values() for s in by.values()), found


def all_against(engine, tolerance):
    """Every article scenario, risk and preference, against what the engine prints; its exit code."""
    rated, found = 0, []
    for scenario in sorted((ROOT / "scenarios/article").glob("*.toml")):
        text = subprocess.run([engine, "score", str(scenario), "--json"], check=True, capture_output=True, text=True).stdout
        for output in ("risk", "preference"):
            here, wrong = compared(text, output, scenario, recompute(scenario, output), tolerance)
            rated += here
            found += [f"{scenario.name} {output} {line}" for line in wrong]
    print("\n".join(found + [f"{rated} scores compared, {len(found)} differ"]))
    return 1 if found or not rated else 0


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--scenario", type=pathlib.Path, default=ROOT / "scenarios/article/2019-06.toml")
    options.add_argument("--output", default="risk", help="an output or factor (default risk)")
    options.add_argument("--compare", type=pathlib.Path, metavar="FILE", help="JSON of `waystone score SCENARIO --json`, - for standard input")
    options.add_argument("--engine", metavar="PROGRAM", help="all article scenarios against this waystone")
    options.add_argument("--tolerance", type=float, default=1e-9)
    chosen = options.parse_args()
    if chosen.engine:
        sys.exit(all_against(chosen.engine, chosen.tolerance))
    scores = recompute(chosen.scenario, chosen.output)
    print(json.dumps({chosen.output: scores}, indent=2))
    if chosen.compare:
        text = sys.stdin.read() if str(chosen.compare) == "-" else chosen.compare.read_text(encoding="utf-8")
        rated, found = compared(text, chosen.output, chosen.scenario, scores, chosen.tolerance)
        for line in found:
            print(line, file=sys.stderr)
        print(f"{rated} scores compared, {len(found)} differ", file=sys.stderr)
        sys.exit(1 if found or not rated else 0)


if __name__ == "__main__":
    main()
