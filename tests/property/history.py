"""Past figures, windows over them, and relations between countries, for random models: what is written, and what the engine should make of it (by
tests/oracle/windows.py, relations.py and the policies of the indicator). Drawn from a generator of its own, so that it changes nothing else of a model.
"""
import datetime
import os
import random
import sys
import tomllib

from edges import later

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
import relations  # noqa: E402
import windows  # noqa: E402

DAY = datetime.timedelta(days=1)
SIGN = 'judged by "Waystone model desk" on 2026-11-01 because "made up for a test"'


def read_figures(written, defaults, unit, codes=()):
    """The figures of one fact, as the scenario writes it."""
    def number(x, said):
        if isinstance(x, bool):
            return float(x)
        if isinstance(x, datetime.date):
            return float((x - windows.EPOCH).days)
        if isinstance(x, str):
            return None if x == "unknown" else float(codes.index(x)) if x in codes else x
        factor = {("share", "percent"): 100, ("percent", "share"): 0.01}.get((said, unit), 1)
        return float(x) / 100 if factor == 0.01 else float(x) * factor

    entries = written if isinstance(written, list) else [written]
    figures = []
    for entry in entries:
        e = entry if isinstance(entry, dict) else {"value": entry}
        valid = e.get("valid", defaults["valid"])
        signed = e.get("by") and "source" not in e
        source = None if signed else e.get("source", defaults["source"])
        known = e.get("known", later(valid, 3) if source == "src_b" else valid)
        said = e.get("unit", unit)
        low, high = (number(e[k], said) if k in e else None for k in ("low", "high"))
        figures.append(windows.Figure(valid, number(e["value"], said), known, low, high, e.get("grade", defaults["grade"])))
    return figures


class History:
    def __init__(self, seed, kind, wanted=True):
        self.rng = random.Random(f"history {kind} {seed}")
        self.wanted = wanted and kind == "any" and self.rng.random() < 0.7
        self.spans = {}  # of an indicator: (months, days) of its windows
        self.relation = None  # {"symmetric": bool, "weight": unit or None} where the model has one
        self.ties = []

    # ------------------------------------------------------------ rules

    def window(self, n, num, with_unit):
        """(text, unit, low, high)"""
        r = self.rng
        months, days, span = r.choice(((12, 0, "1 year"), (60, 0, "5 years"), (36, 0, "3 years"), (6, 0, "6 months"), (18, 0, "18 months"), (0, 400, "400 days"),
                                       (0, 90, "90 days"), (15, 0, "1.25 years")))
        self.spans.setdefault(n.name, []).append((months, days))
        low, high = n.low, n.high
        few = r.choice((1, 2, 2, 3))
        every = few + r.choice((0, 1, 2))
        both = f"at least {few} of {every}"
        if n.unit == "yes/no":
            f = r.choice(("lag", "mean", "count", "count"))
        else:
            f = r.choice(("lag", "lag", "change", "mean", "mean", "min", "max", "sum", "sd", "trend", "count"))
        if f == "lag":
            return f"lag({n.name}, {span})", n.unit, low, high
        if f == "change":
            return f"change({n.name}, {span})", n.unit, low - high, high - low
        if f in ("sd", "trend"):
            few = max(few, 2)
            of = f" of {few + 1}" if f == "sd" and r.random() < 0.3 else ""
            unit = "plain" if n.unit == "level" else n.unit
            return f"{f}({n.name}, {span}, at least {few}{of})", unit, -(high - low) if f == "trend" else 0, (high - low) / 2
        if f == "sum":
            return f"sum({n.name}, {span}, {both})", "plain" if n.unit == "level" else n.unit, min(few * low, every * low), max(few * high, every * high)
        if f == "count":
            what = n.name
            if n.unit != "yes/no":
                x = r.randint(1, int(n.high)) if n.step else low + (high - low) * r.choice((0.3, 0.5, 0.7))
                what += f" {r.choice(('>', '>=', '<', '<=', '=', '!='))} {with_unit(float(num(x)), n.unit)}"
            return f"count({what}, {span}, {both})", "count", 0, every
        fewest = both if r.random() < 0.4 else f"at least {few}"
        unit = {"yes/no": "share", "level": "plain" if f == "mean" else "level"}.get(n.unit, n.unit)
        return f"{f}({n.name}, {span}, {fewest})", unit, low, high

    def over(self, n, num, with_unit):
        """The same of what goes over a relation."""
        r = self.rng
        text, unit, low, high = (n.name, n.unit, n.low, n.high) if r.random() < 0.4 else self.window(n, num, with_unit)
        while text.startswith("change("):
            text, unit, low, high = self.window(n, num, with_unit)
        options = (f" known for {r.choice((30, 50, 66.5, 100))}%" if r.random() < 0.5 else "")
        alone = r.random() < 0.4
        weighted = self.relation["weight"]
        if unit == "yes/no":
            f, unit, low, high = r.choice((("mean", "share", 0, 1), ("count", "count", 0, 300)))
        else:
            f = r.choice(("max", "min", "mean", "mean", "sum", "count"))
            if f == "count":
                x = low + (high - low) * r.choice((0.3, 0.5, 0.7))
                number = with_unit(float(num(x)), "" if unit in ("level", "plain") else unit)
                text, unit, low, high = f"({text} {r.choice(('>', '>=', '<', '<=', '='))} {number})", "count", 0, 300
            elif unit == "level" and f in ("mean", "sum"):
                unit = "plain"
            if f == "sum":
                most = 1 if weighted else 300
                low, high = min(0, low * most), max(0, high * most)
        if alone:
            x = float(num(max(low, 0) if f == "sum" else low + (min(high, 3) - low) * 0.5 if f == "count" else (low + high) / 2))
            options += f" without partners {with_unit(x, '' if unit in ('level', 'plain') else unit)}"
        return f"{f} over rel_history of {text}{options}", unit, low, min(high, 4) if f == "count" else high

    def choose_relation(self, as_of, countries):
        """Its declaration. Rows are of scored countries and of one that is not."""
        r = self.rng
        self.relation = {"symmetric": r.random() < 0.5, "weight": r.choice((None, "share", "percent"))}
        for valid in (later(as_of, -30), later(as_of, -6), as_of - DAY * r.choice((-1, 0, 1, 40))):
            seen = set()
            for a in countries:
                for b in countries:
                    if a != b and r.random() < 0.45 and (a, b) not in seen and not (self.relation["symmetric"] and (b, a) in seen):
                        seen.add((a, b))
                        weight = {None: 1, "share": r.choice((0, 0.05, 0.1, 0.25)), "percent": r.choice((0, 5, 12.5, 25))}[self.relation["weight"]]
                        self.ties.append({"from": a, "to": b, "weight": weight, "valid": valid, "known": valid})
        fields = ["symmetric"] * self.relation["symmetric"] + [f"weight {self.relation['weight']}"] * bool(self.relation["weight"])
        return f'relation rel_history "Made-up neighbours" {{ {"  ".join(fields)} }}\n'

    def block(self):
        """What the scenario says of its rows."""
        if not self.relation:
            return []
        weight = ['weight = "weight"'] if self.relation["weight"] else []
        return ["[[relation]]", 'name = "rel_history"', 'file = "relation.csv"', *weight, 'valid = "valid"', 'source = "src_a"', 'grade = "observed"', ""]

    def table(self):
        rows = [f"{t['from']},{t['to']},{t['weight']},{t['valid'].isoformat()}\n" for t in self.ties]
        return "from,to,weight,valid\n" + "".join(rows)

    def declare(self, nodes, num, with_unit, as_of):
        """Texts of an output that windows make, and of rules that act on it."""
        pool = [n for n in nodes if n.kind == "indicator" and n.unit not in ("code", "date") and n.missing]
        if not self.wanted or not pool:
            return []
        r = self.rng
        parts, rules = [], []
        relation = [self.choose_relation(as_of, ("AAA", "BBB", "CCC", "EEE"))] if r.random() < 0.6 else []
        for k in range(r.randint(1, 5)):
            over = relation and (k == 0 or r.random() < 0.5)
            text, unit, low, high = (self.over if over else self.window)(r.choice(pool), num, with_unit)
            if unit == "yes/no":
                parts.append(r.choice((f"(if {text} then 20 else 5)", f"(if known({text}) then 1 else 3)")))
                condition = text
            else:
                plain = text if unit in ("plain", "share", "count", "level", "points") else f"({text} in {unit})"
                plain = f"({text} in points)" if unit == "points" else plain
                parts.append(f"{plain} * {num(20 / max(abs(low), abs(high), 1e-3))}")
                condition = f"{text} > {with_unit(float(num(low + (high - low) * r.choice((0.3, 0.5, 0.7)))), unit if unit not in ('level', 'plain') else '')}"
            if r.random() < 0.4:
                rules.append(f'rule history_rule_{k} "Looks back" {{\n  when {condition}\n  then history at least {r.randint(20, 60)}\n  because "made up"\n  {SIGN}\n}}\n')
        output = (f'output history "What was" = clamp({" + ".join(parts)}, 0, 100) {{\n  scale 0 to 100, higher is worse\n  {SIGN}\n}}\n')
        return relation + [output] + rules

    # ------------------------------------------------------------ figures

    def lengthen(self, n, text, fact, as_of, draw, default):
        """The same fact with figures of before it, older than all that it has."""
        if n.name not in self.spans or not text or not (fact["known"] or "low" in fact or text == '"unknown"'):
            return text
        r = self.rng
        written = tomllib.loads("x = " + text)["x"]
        if isinstance(written, list):
            entries = text[1:-1].strip()
            first = min(e.get("valid", default) for e in written)
            newest = max(e.get("valid", default) for e in written)
        else:
            entries = text if isinstance(written, dict) else f"{{ value = {text} }}"
            first = newest = written.get("valid", default) if isinstance(written, dict) else default
        dates = set()
        for k in range(r.randint(0, 7)):
            dates.add(later(first, -12 * (k + 1)) if r.random() < 0.6 else first - DAY * r.randint(1, 2200))
        for months, days in self.spans[n.name]:
            edge = windows.start_of(r.choice((as_of, newest)), months, days)
            dates |= {d for d in (edge, edge + DAY) if d < first and r.random() < 0.4}
        for d in sorted(dates):
            value, _ = draw(n)
            entry = f"value = {value}, valid = {d.isoformat()}"
            u = r.random()
            if u < 0.12:
                entry = f'value = "unknown", valid = {d.isoformat()}'
            elif u < 0.3:
                entry += ', grade = "judged", by = "Waystone model desk", because = "made up"'
            elif u < 0.4 and isinstance(tomllib.loads("x = " + value)["x"], (int, float)) and n.unit not in ("yes/no",):
                x = float(value)
                low, high = (x, min(n.high, x + 1)) if n.step else (n.low + (x - n.low) * 0.5, x + (n.high - x) * 0.5)
                entry += f", low = {float(f'{low:.6g}') if low > n.low else n.low}, high = {float(f'{high:.6g}') if high < n.high else n.high}"
            elif u < 0.5:
                entry += f", known = {(as_of + DAY * r.choice((-1, 0, 1, 30))).isoformat()}"
            elif u < 0.6:  # revised
                other, _ = draw(n)
                entries += f", {{ value = {other}, valid = {d.isoformat()}, known = {(as_of + DAY * r.choice((0, 1))).isoformat()} }}"
            entries += f", {{ {entry} }}"
        return f"[ {entries} ]"


def aged(fact, n, newest, as_of, low, high):
    """Past its time, a fact may have moved by a share of the width of its range a year."""
    stale = getattr(n, "stale", None)
    if not stale or not stale[1] or newest is None:
        return fact
    after = stale[0].over(newest)
    if after >= as_of:
        return fact
    wide = stale[1] / 100 * (high - low) * stale[0].years_past(newest, as_of)
    if n.unit == "yes/no" and (low, high) == (0, 1):
        return dict(fact, low=0.0, high=1.0)
    return dict(fact, low=min(fact["low"], max(low, fact["low"] - wide)), high=max(fact["high"], min(high, fact["high"] + wide)))


def too_old(n, figures, as_of):
    """Whether the fact itself is too old to be carried forward."""
    now = windows.known_figures(figures, as_of, as_of)
    return bool(now) and n.missing[0] == "carry" and n.missing[1].over(now[-1].valid) < as_of


def lagged(window, n, figures, as_of):
    end = windows.end_of(figures, as_of, as_of)
    then = windows.start_of(end, window["months"], window["days"])
    found = windows.known_figures([f for f in figures if f.known <= as_of], then, as_of)
    low, high = (n.low, n.high)
    nothing = {"value": None, "known": False, "grade": None, "low": low, "high": high}
    if too_old(n, figures, as_of):
        return nothing
    if not found:
        kind = n.missing[0]
        if kind == "assume":
            _, value, a, b = n.missing
            return {"value": value, "known": False, "grade": "assumed", "low": low if a is None else a, "high": high if b is None else b}
        if kind == "typical":
            return dict(nothing, value=n.missing[1], grade="typical")
        return nothing
    f = found[-1]
    if n.missing[0] == "carry" and n.missing[1].over(f.valid) < then:
        return nothing
    a, b = f.ends(low, high)
    fact = {"value": f.value, "known": f.value is not None, "grade": f.grade if f.value is not None else None, "low": a, "high": b}
    return aged(aged(fact, n, f.valid, then, low, high), n, end, as_of, low, high)  # as it was then; and as the fact is now


def plain(made, n, country):
    """What a country has of an indicator that scenarios give, with both ends."""
    fact = made.facts.get((country, n.name))
    if fact is None:  # of a country that is not scored, and has no facts
        fact = {"value": None, "known": False, "grade": None}
        if n.missing[0] in ("assume", "typical"):
            fact = {"value": n.missing[1], "known": False, "grade": {"assume": "assumed"}.get(n.missing[0], "typical")}
    low, high = (n.low, n.high)
    if fact["grade"] == "assumed":
        low, high = (low if n.missing[2] is None else n.missing[2]), (high if n.missing[3] is None else n.missing[3])
    elif fact["grade"] != "typical" and fact["value"] is not None:
        low, high = fact["value"], fact["value"]
    return dict(fact, low=fact.get("low", low), high=fact.get("high", high))


def looked_back(made, node, country, scenario):
    """What a country has of a window."""
    window, n = node["window"], made.nodes[node["window"]["of"]]
    written = scenario["country"].get(country, {"facts": {}})["facts"].get(n.name)
    figures = [] if written is None else read_figures(written, scenario["defaults"], n.unit)
    if window["function"] == "lag":
        return lagged(window, n, figures, made.as_of)
    if too_old(n, figures, made.as_of):
        return {"value": None, "known": False, "grade": None, "low": node["low"], "high": node["high"]}
    fact = windows.result(window, figures, made.as_of, made.as_of, (n.low, n.high), (node["low"], node["high"]))
    newest = fact.pop("newest")
    return aged(fact, n, newest, made.as_of, node["low"], node["high"])  # what becomes known may be past its time, too


def settled(fact, is_estimate):
    """One possible value only: that is what it has. The upper end of a deviation may be an estimate, and what rests on it."""
    if fact["value"] is None and fact["low"] == fact["high"]:
        fact["value"] = fact["low"]
    if is_estimate and fact["low"] != fact["high"]:
        fact["high_at_least"], fact["low_at_most"] = fact.pop("high"), fact.pop("low")
    return fact


def facts_of(made, nodes):
    """{(country, name): fact} of all windows, and of what goes over a relation, among the nodes of a program."""
    scenario = tomllib.loads(made.scenario)
    found = {}
    for country in made.countries:
        for name, node in nodes.items():
            if node.get("window"):
                found[country, name] = settled(looked_back(made, node, country, scenario), node["window"]["function"] == "sd")
            elif node.get("over"):
                over = node["over"]
                of = nodes[over["of"]]

                def value_of(partner):
                    return looked_back(made, of, partner, scenario) if of.get("window") else plain(made, made.nodes[over["of"]], partner)

                h = made.history
                fact = relations.result(over, h.ties, h.relation["symmetric"], h.relation["weight"] == "percent", country, value_of, made.as_of, made.as_of,
                                        (node["low"], node["high"]))
                found[country, name] = settled(fact, (of.get("window") or {}).get("function") == "sd")
    return found
