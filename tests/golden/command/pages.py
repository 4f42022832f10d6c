"""Pages that `report` and `--html` write: what they hold is what the other verbs print, they run nothing but their own script and
load nothing, and what stands in files of others does nothing in them.

    python3 tests/golden/command/pages.py --engine build/release/waystone
"""
import argparse
import base64
import hashlib
import html
import html.parser
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
ARTICLE = [f"scenarios/article/{name}.toml" for name in ("2013-06", "2015-06", "2019-06")]
PARTNERS = [f"scenarios/partners/{year}.toml" for year in range(2013, 2025)]
LARGEST = 1_500_000  # bytes of a page of 150 partners and 12 dates
problems = []


def want(what, holds):
    print(f"{'pass' if holds else 'FAIL'} {what}")
    if not holds:
        problems.append(what)


def run(engine, *arguments, cwd=ROOT, code=0):
    done = subprocess.run([engine, *map(str, arguments)], cwd=cwd, capture_output=True, timeout=120)
    if done.returncode != code:
        raise SystemExit(f"{arguments} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


# ---- numbers

def number(value):
    return {"never": -math.inf, "infinity": math.inf, None: math.nan}.get(value, value) if not isinstance(value, float) else value


def near(a, b, digits):
    a, b = number(a), number(b)
    return a == b or (a != a and b != b) or abs(a - b) <= 0.5000001 * 10.0 ** -digits


def columns_of(payload, indicator, date):
    """value, low, high, grade by country: each figure stands until a newer one."""
    count, node = len(payload["countries"]), payload["nodes"][payload["indicators"][indicator]]
    values, grades = [None] * count, ["-"] * count
    for d in range(date + 1):
        table = payload["facts"][indicator][d]
        fresh = [c for c in range(count) if table.get("new", "1" * count)[c] == "1"]
        letters = table["grade"] * len(fresh) if len(table["grade"]) == 1 else table["grade"]
        for c, value, letter in zip(fresh, table["value"], letters):
            values[c], grades[c] = value, letter
    ends = []
    for place, side in ((0, "low"), (1, "high")):
        declared = node[side] if node[side] is not None else ("never", "infinity")[place]
        column = [declared if value is None else value for value in values]
        for c, end in zip(table.get("ranged", []), table.get(side, [])):
            column[c] = end
        ends.append(column)
    return values, *ends, grades


def alike_facts(payload, date, codes, scored):
    for i, node in enumerate(payload["indicators"]):
        name = payload["nodes"][node]["name"]
        values, lows, highs, grades = columns_of(payload, i, date)
        table = payload["facts"][i][date]
        for c, code in enumerate(codes):
            if code not in scored["facts"]:
                continue
            fact = scored["facts"][code][name]
            got = [values[c]] + ([lows[c], highs[c]] if payload["dates"][date]["whole"] else [])
            expected = [fact["value"]] + ([fact["low"], fact["high"]] if payload["dates"][date]["whole"] else [])
            if any(number(a) != number(b) and not (a is None and b is None) for a, b in zip(got, expected)):
                return f"{code} {name}: {got}, not {expected}"
            letter = {"observed": "o", "estimated": "e", "judged": "j", "expected": "x", "assumed": "a", "typical": "t"}.get(fact["grade"], "-")
            if grades[c] != (letter if fact["value"] is not None else "-"):
                return f"{code} {name}: grade {grades[c]}"
            if "how" not in table:
                continue
            at = lambda column: column[c] if isinstance(column, list) else column
            figure = dict(zip(payload["figures"]["columns"], payload["figures"]["rows"][at(table["how"])]))
            if figure["file"] is not None:
                place = f'{payload["files"][figure["file"]]["path"]}:{at(table["line"])}:'
                if not fact["at"].startswith(place):
                    return f"{code} {name} at {place}, not {fact['at']}"
                if figure["valid"] != fact["valid"]:
                    return f"{code} {name} of {figure['valid']}, not {fact['valid']}"
    return ""


def alike_results(payload, date, codes, scored):
    nodes = payload["nodes"]
    for v, viewpoint in enumerate(payload["viewpoints"]):
        results, view = payload["results"][v][date], next(one for one in scored["viewpoints"] if one["name"] == viewpoint["name"])
        for country in view["countries"]:
            if country["code"] not in codes:
                continue
            c = codes.index(country["code"])
            for columns, node in zip(results["outputs"], payload["outputs"]):
                output, whole = country["outputs"][nodes[node]["name"]], payload["dates"][date]["whole"]
                bands = nodes[node]["bands"]
                band = columns["band"][c]
                said = "" if band is None else bands["names"][band]
                exact = []
                if whole:
                    exact = [("value", columns["value"][c], output["value"])] + [(what, columns[what][c], output[what]) for what in ("rank", "level_from", "level_to")]
                wrong = [what for what, a, b in exact if a != b]
                wrong += [] if near(columns["value"][c], output["value"], 6) else ["value"]
                wrong += [what for what in ("low", "high") if not near(columns[what][c], output[what], 4 if whole else 2)]
                wrong += [what for what in ("coverage", "judgement") if whole and not near(columns[what][c], output[what], 4)]
                if wrong or said != output["band"]:
                    return f"{country['code']} {viewpoint['name']} {nodes[node]['name']}: {wrong or said}"
            for f, node in enumerate(payload["factors"]):
                if "factors" not in results:
                    break
                columns = results["factors"][f] or payload["results"][0][date]["factors"][f]
                factor = country["nodes"][nodes[node]["name"]]
                if not all(near(columns[what][c], factor[what], 4) for what in ("value", "low", "high")):
                    return f"{country['code']} {viewpoint['name']} {nodes[node]['name']}: {columns['value'][c]}, not {factor['value']}"
    return ""


def check_numbers(engine, what, scenarios, *options):
    payload = json.loads(run(engine, "report", *scenarios, *options, "--json"))
    codes = [country["code"] for country in payload["countries"]]
    for date, day in enumerate(payload["dates"]):
        scored = json.loads(run(engine, "score", day["scenario"], "--as-of", day["as_of"], "--json"))["scenarios"][0]
        for wrong in (alike_facts(payload, date, codes, scored), alike_results(payload, date, codes, scored)):
            want(f"{what}, {day['as_of']}: as score has it{': ' + wrong if wrong else ''}", not wrong)
    return payload


# ---- the file

class Elements(html.parser.HTMLParser):
    VOID = {"meta", "br", "hr", "img", "input", "link", "path", "circle"}

    def __init__(self):
        super().__init__()
        self.found, self.open, self.texts, self.wrong = [], [], {}, []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]][-1] += data

    def all(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def read(text):
    elements = Elements()
    elements.feed(text)
    elements.close()
    return elements


def policy_hash(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def problems_of_page(text, scripts):
    page = read(text)
    if not text.startswith("<!DOCTYPE html>\n<html lang=\"en\">"):
        yield "how it begins"
    if page.wrong or page.open:
        yield f"elements that don't end: {page.wrong or page.open}"
    policies = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    expected = "default-src 'none'; base-uri 'none'; form-action 'none'"
    run_ones = [body for attributes, body in zip(page.all("script"), page.texts.get("script", [])) if "type" not in attributes]
    if len(run_ones) != scripts or len(page.texts["style"]) != 1:
        yield f"{len(run_ones)} scripts, {len(page.texts['style'])} styles"
    for script in run_ones:
        expected += f"; script-src {policy_hash(script)}"
    expected += f"; style-src {policy_hash(page.texts['style'][0])}"
    if policies != [expected]:
        yield f"the policy {policies}, not {expected}"
    for tag, attributes in page.found:
        for name, value in attributes.items():
            if name.startswith("on") or name == "style" or (name in ("src", "href", "action", "data") and not value.startswith("#")):
                yield f"<{tag} {name}={value}>"
        if tag in ("iframe", "object", "embed", "base", "form", "link", "img"):
            yield f"<{tag}>"
    hidden = re.findall("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", re.sub(r"<script>.*?</script>", "", text, flags=re.S))
    if hidden:
        yield f"hidden characters {hidden[:5]}"


def payload_in(text):
    begin = text.index('<script type="application/json" id="waystone-data">')
    begin = text.index(">", begin) + 1
    return text[begin:text.index("</script>", begin)]


HOSTILE = ["</script><script>alert(1)</script>", "<!--<script>", "]]><img src=x onerror=alert(1)>", "\"'`>&lt;<b>", "\u202egnp.exe\u2066\u200f",
           "a\u2028b\u2029c", "javascript:alert(1)", "<svg/onload=alert(1)>", "&#x3c;script&#x3e;", "${alert(1)}", "{{7*7}}", "\\u003cscript\\u003e",
           "N" * 10000, "<style>*{display:none}</style>", "é\u0301ｗｉｄｅ中文", "'; DROP TABLE x; --", "<a href=//x.invalid>", "</title><script>1</script>",
           "</style><script>1</script>", "%3Cscript%3E"]


def hostile_files(folder, text):
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    rule = text.replace("\\", "/").replace('"', "'").replace("\n", " ")
    (folder / "rules.risk").write_text(f'''source paper "{rule}" {{ publisher "{rule}" licence "{rule}" published 2015-01-01 }}
model "{rule}" {{ version "1" }}
output risk "{rule}" {{
  scale 0 to 100, higher is worse
  combine arithmetic
  100% unrest
  cites paper
}}
indicator unrest "{rule}" {{
  unit level
  levels {{
    0 "{rule}"
    1 "some"
    2 "much"
  }}
  missing unknown
  label ru "{rule}"
  cites paper
}}
rule long_unrest "{rule}" {{ when unrest > 1 then risk at least 40 because "{rule}" cites paper }}
tripwire watch "{rule}" {{ when unrest > 1 owner "{rule}" review 2016-01-01 because "{rule}" cites paper }}
''', encoding="utf-8")
    (folder / "case.toml").write_text(f'''title = "{quoted}"
as_of = 2015-06-30
model = "rules.risk"
[defaults]
valid = 2015-06-30
grade = "judged"
by = "{quoted}"
because = "{quoted}"
[country.BLR.facts]
unrest = 1
[country.UKR.facts]
unrest = {{ value = 2, note = "{quoted}" }}
[group.all]
label = "{quoted}"
source = "{quoted}"
members = ["BLR", "UKR"]
''', encoding="utf-8")


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def check_hostile(engine):
    for text in HOSTILE:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            hostile_files(folder, text)
            shown = ascii(text[:40])
            page = run(engine, "report", "case.toml", "--compare", "BLR", "UKR", cwd=folder)
            found = list(problems_of_page(page, 1))
            want(f"report of {shown}: nothing runs{': ' + str(found[:2]) if found else ''}", not found)
            raw = payload_in(page)
            payload = json.loads(raw)
            want(f"report of {shown}: no mark of HTML in the payload", not re.search("[<>&\u2028\u2029]", raw))
            want(f"report of {shown}: it comes out as it stands in the file", any(text in one for one in texts_in(payload)))
            for verb in (["score", "case.toml"], ["explain", "case.toml", "UKR"], ["compare", "case.toml", "BLR", "UKR"], ["assumptions", "case.toml"],
                         ["sources", "case.toml", "--all"], ["memo", "case.toml", "UKR"], ["list", "rules.risk"], ["data", "case.toml", "--all"]):
                found = list(problems_of_page(run(engine, *verb, "--html", cwd=folder), 0))
                want(f"{verb[0]} --html of {shown}: nothing runs{': ' + str(found[:2]) if found else ''}", not found)


def check_links(engine):
    text = run(engine, "explain", ARTICLE[2], "BLR", "--html")
    page = read(text)
    targets = {attributes["id"] for _, attributes in page.found if "id" in attributes}
    links = [attributes["href"] for attributes in page.all("a")]
    want("explain --html: links lead to lines that are there", len(links) > 50 and all(link[1:] in targets for link in links))
    line = re.search(r'<dt id="line-\d+">(rules/factors/market_access.risk):(\d+)</dt>\n<dd>(.*)</dd>', text)
    written = (ROOT / line[1]).read_text().splitlines()[int(line[2]) - 1]
    want("explain --html: a line is shown as it is written", html.unescape(line[3]) == written)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    check_numbers(engine, "the article", ARTICLE, "--compare", "BLR", "UKR")
    payload = check_numbers(engine, "all partners", PARTNERS)
    again = json.loads(run(engine, "report", *PARTNERS, "--only", "central_asia", "--json"))
    kaz = [next(c for c, country in enumerate(one["countries"]) if country["code"] == "KAZ") for one in (payload, again)]
    ranks = [one["results"][0][-1]["outputs"][0]["rank"][place] for one, place in zip((payload, again), kaz)]
    want("--only leaves ranks among all", len(again["countries"]) == 5 and ranks[0] == ranks[1])
    page = run(engine, "report", *PARTNERS)
    found = list(problems_of_page(page, 1))
    want(f"the page of all partners: one script, one style, nothing loaded{': ' + str(found[:2]) if found else ''}", not found)
    want(f"150 partners on 12 dates in one file of {len(page.encode()):,} bytes", len(page.encode()) <= LARGEST)
    printed, held = run(engine, "report", *PARTNERS, "--json"), payload_in(page)
    want("--json prints what the page holds", printed == held)
    check_hostile(engine)
    check_links(engine)
    print(f"{len(problems)} wrong")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
