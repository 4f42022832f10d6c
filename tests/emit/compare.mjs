// Does an emitted model give what `score --json` says, to the last bit?
//
//     node compare.mjs FOLDER…
//
// Each folder has model.mjs (of `emit --js`) and score.json. Prints a line of JSON per folder:
// {folder, compared, wrong: [text, …]}.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const WORDS = { never: -Infinity, infinity: Infinity };
const number = (x) => (x === null || x === undefined ? NaN : typeof x === 'string' ? WORDS[x] : Number(x));
const TRUTHS = { true: 1, false: 0, unknown: NaN };
const JUDGED = new Set(['judged']), FILLED_IN = new Set(['assumed', 'typical']);

class Comparison {
  constructor(model) {
    Object.assign(this, { model, compared: 0, wrong: [] });
  }
  // JSON documents have one zero; `check` minds its sign.
  same(where, got, expected) {
    ++this.compared;
    if (!Object.is(got === 0 ? 0 : got, expected === 0 ? 0 : expected))
      this.wrong.push(`${where}: ${got}, the engine has ${expected}`);
  }

  putFacts(scorer, facts, countries) {
    countries.forEach(({ code }, lane) => {
      this.model.facts.forEach(({ name }, k) => {
        const fact = facts[code]?.[name];
        if (!fact) return scorer.put(k, lane, NaN);
        const value = number(fact.value), known = fact.known ? 1 : 0;
        const filled = !fact.known && !Number.isNaN(value) && FILLED_IN.has(fact.grade);
        const judged = (fact.known && JUDGED.has(fact.grade)) || filled ? 1 : 0;
        scorer.put(k, lane, value, number(fact.low), number(fact.high), known, judged);
      });
    });
  }

  overridesOf(document, countries) {
    return document.overrides.filter(({ applied }) => applied).map(({ country, target, points }) => ({
      node: this.model.node(target),
      points: Float64Array.from(countries, ({ code }) => (code === country ? Number(points) : 0)),
    }));
  }

  node(where, name, node, column, lane, values) {
    const parts = [['value', 'value'], ['base', 'base']];
    if (!values)
      parts.push(['low', 'low'], ['high', 'high'], ['known', 'coverage'], ['judged', 'judgement']);
    for (const [own, theirs] of parts) this.same(`${where} ${name} ${own}`, column[own][lane], number(node[theirs]));
    if (column.score === null) return;
    this.same(`${where} ${name} score`, column.score[lane], number(node.score));
    if (values) return;
    this.same(`${where} ${name} scoreLow`, column.scoreLow[lane], number(node.score_low));
    this.same(`${where} ${name} scoreHigh`, column.scoreHigh[lane], number(node.score_high));
    this.same(`${where} ${name} reweighted`, column.reweighted[lane], node.reweighted ? 1 : 0);
  }

  lane(where, country, result, lane, values = false) {
    const { model } = this;
    for (const [name, node] of Object.entries(country.nodes))
      this.node(where, name, node, result.nodes[model.node(name)], lane, values);
    for (const [name, output] of Object.entries(country.outputs)) {
      const { band } = result.nodes[model.node(name)];
      if (band === null) continue;
      const names = model.nodes[model.node(name)].bands.names;
      this.same(`${where} ${name} band`, names[band[lane]] ?? '', output.band_by_edges ?? output.band);
    }
    for (const [name, rule] of Object.entries(country.rules)) {
      const column = result.conditions[model.condition(name)];
      this.same(`${where} ${name} truth`, column.truth[lane], TRUTHS[rule.condition]);
      if (values) continue;
      this.same(`${where} ${name} may`, column.may[lane], rule.may_hold ? 1 : 0);
      this.same(`${where} ${name} must`, column.must[lane], rule.must_hold ? 1 : 0);
    }
    model.tripwires.forEach(({ name }, t) => {
      this.same(`${where} ${name}`, result.tripwires[t].truth[lane], TRUTHS[country.tripwires[name]]);
    });
  }

  // A scorer works out only what has moved since its last call: that must be what a new one gives.
  moves(scorer, asked) {
    const { model } = this, { facts, lanes } = scorer;
    for (let move = 0; move < 6; ++move) {
      const weights = model.weightsOf(asked.viewpoint), fact = this.drawn(facts.length), lane = this.drawn(lanes);
      if (move % 2) weights.forEach((weight, k) => (weights[k] = weight * (0.5 + this.drawn(100) / 100)));
      else scorer.put(fact, lane, move % 4 ? NaN : this.drawn(4));
      const bounds = move !== 3;
      const reused = scorer.score({ ...asked, weights, bounds }), fresh = model.scorer(lanes);
      facts.forEach((columns, k) => Object.keys(columns).forEach((part) => fresh.facts[k][part].set(columns[part])));
      const expected = fresh.score({ ...asked, weights, bounds });
      reused.nodes.forEach((node, n) => {
        for (const part of Object.keys(node))
          expected.nodes[n][part]?.forEach((x, i) => this.same(`move ${move} ${model.nodes[n].name} ${part}`, node[part][i], x));
      });
    }
  }

  drawn(count) {
    this.state = (Math.imul(this.state ?? 1, 1103515245) + 12345) >>> 0;
    return (this.state >>> 8) % count;
  }

  scenario(document) {
    const scorer = this.model.scorer(document.viewpoints[0].countries.length);
    for (const viewpoint of document.viewpoints) {
      const { countries } = viewpoint;
      this.putFacts(scorer, document.facts, countries);
      const asked = {
        asOf: document.as_of, horizon: Number(document.horizon_years),
        viewpoint: viewpoint.name === '' ? 0 : viewpoint.name, overrides: this.overridesOf(document, countries),
      };
      const result = scorer.score(asked);
      countries.forEach((country, lane) => this.lane(`${country.code} ${viewpoint.name}`, country, result, lane));
      const values = scorer.score({ ...asked, bounds: false, coverage: false });
      countries.forEach((country, lane) => this.lane(`${country.code} ${viewpoint.name} values`, country, values, lane, true));
      this.moves(scorer, asked);
    }
  }
}

for (const folder of process.argv.slice(2)) {
  const { model } = await import(pathToFileURL(resolve(folder, 'model.mjs')));
  const document = JSON.parse(readFileSync(resolve(folder, 'score.json'), 'utf8'));
  const comparison = new Comparison(model);
  for (const { viewpoint, lane, what, got, expected } of model.check())
    comparison.wrong.push(`check: lane ${lane} of viewpoint ${viewpoint}: ${what} is ${got}, the engine had ${expected}`);
  for (const scenario of document.scenarios) comparison.scenario(scenario);
  console.log(JSON.stringify({ folder, compared: comparison.compared, wrong: comparison.wrong }));
}
