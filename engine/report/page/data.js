// The payload of the page (docs/schema/report.md), opened: numbers as numbers, columns by date.
import { rankRanges, ranksOf } from "./ranks.js";

// null is unknown; "never" and "infinity" are what JSON has no number for.
export function number(value) {
  if (value === null || value === undefined) return NaN;
  if (typeof value === "number") return value;
  return value === "never" || value === "-infinity"
    ? -Infinity
    : value === "infinity"
      ? Infinity
      : NaN;
}

export const numbers = (list, count) =>
  Float64Array.from({ length: count ?? list?.length ?? 0 }, (_, i) => number(list?.[i]));

const grades = {
  o: "observed",
  e: "estimated",
  j: "judged",
  x: "expected",
  a: "assumed",
  t: "typical",
  "-": "unknown",
};

export function openData(payload) {
  tellApart(payload.dates);
  const count = payload.countries.length;
  const places = new Map(payload.countries.map((country, i) => [country.code, i]));
  const columns = new Map();
  const figures = openFigures(payload.figures);

  // Columns of one indicator on one date; each figure stands until a newer one.
  function facts(indicator, date) {
    const key = indicator * payload.dates.length + date;
    if (!columns.has(key)) {
      const before = date > 0 ? facts(indicator, date - 1) : null;
      const node = payload.nodes[payload.indicators[indicator]];
      columns.set(key, factColumns(payload.facts[indicator]?.[date], before, node, count));
    }
    return columns.get(key);
  }

  // One country's figure with all that is known of it.
  function fact(indicator, date, country) {
    const column = facts(indicator, date);
    const raw = payload.facts[indicator]?.[date];
    const at = (list) => (Array.isArray(list) ? list[country] : list);
    const figure = raw && raw.how !== undefined ? figures[at(raw.how)] : null;
    return {
      value: column.value[country],
      low: column.low[country],
      high: column.high[country],
      grade: grades[column.grade[country]] ?? "unknown",
      letter: column.grade[country],
      figure: figure ?? null,
      line: raw && raw.line !== undefined ? at(raw.line) : 0,
    };
  }

  // Results of a viewpoint on a date: null where a scenario leaves it out.
  function results(viewpoint, date) {
    return payload.results[viewpoint]?.[date] ?? null;
  }

  const opened = new Map();
  // One output's columns, unknown as NaN; null where the viewpoint isn't there.
  function output(viewpoint, date, which) {
    const key = `${viewpoint} ${date} ${which}`;
    if (!opened.has(key)) {
      const raw = results(viewpoint, date)?.outputs[which];
      opened.set(key, raw ? outputColumns(raw, count, payload.model.level_margin ?? 0) : null);
    }
    return opened.get(key);
  }

  // A factor's columns; `low` and `high` are null where the payload has none.
  function factor(viewpoint, date, which) {
    let from = results(viewpoint, date)?.factors?.[which];
    if (from === 0) from = results(0, date)?.factors?.[which];
    if (!from) return null;
    return {
      value: numbers(from.value, count),
      low: from.low ? numbers(from.low, count) : null,
      high: from.high ? numbers(from.high, count) : null,
    };
  }

  // Values of parameters and derived values, by their order among the nodes.
  const derivedNodes = payload.nodes.flatMap((node, i) =>
    node.kind === "derived" || node.kind === "parameter" ? [i] : [],
  );
  function derived(viewpoint, date, node) {
    const which = derivedNodes.indexOf(node);
    let from = results(viewpoint, date)?.derived?.[which];
    if (from === 0) from = results(0, date)?.derived?.[which];
    return from ? numbers(from.value, count) : null;
  }

  // The regions and other groups of each country.
  const groupsOf = payload.countries.map((_, country) =>
    (payload.groups ?? []).flatMap((group, i) => (group.countries.includes(country) ? [i] : [])),
  );

  return {
    payload,
    count,
    places,
    facts,
    fact,
    results,
    output,
    factor,
    derived,
    groupsOf,
    mainOutput: Math.max(0, payload.outputs.indexOf(payload.model.main)),
    indicatorOf: new Map(payload.indicators.map((node, i) => [node, i])),
    nodeOf: new Map(payload.nodes.map((node, i) => [node.name, i])),
    lastDate: payload.dates.length - 1,
    // Where a text may be opened: "path:line".
    place: (at) => (at ? `${payload.files[at[0]]?.path}:${at[1]}` : ""),
  };
}

function factColumns(raw, before, node, count) {
  if (!raw) return before ?? emptyColumns(node, count);
  const made = before
    ? {
        value: before.value.slice(),
        low: before.low.slice(),
        high: before.high.slice(),
        grade: before.grade.slice(),
      }
    : emptyColumns(node, count);
  const declared = declaredRange(node);
  const grade = raw.grade ?? "";
  let next = 0;
  for (let country = 0; country < count; ++country) {
    if (raw.new !== undefined && raw.new[country] !== "1") continue;
    made.value[country] = number(raw.value?.[next]);
    made.grade[country] = grade.length > 1 ? grade[next] : grade || "-";
    ++next;
  }
  // Ranges are told of all countries, on whole dates only: elsewhere values stand without them.
  for (let country = 0; country < count; ++country) {
    const unknown = Number.isNaN(made.value[country]);
    made.low[country] = unknown ? declared[0] : made.value[country];
    made.high[country] = unknown ? declared[1] : made.value[country];
  }
  (raw.ranged ?? []).forEach((country, i) => {
    made.low[country] = number(raw.low[i]);
    made.high[country] = number(raw.high[i]);
  });
  return made;
}

// A node's range, open ends as infinite.
export function declaredRange(node) {
  const low = number(node.low),
    high = number(node.high);
  return [Number.isNaN(low) ? -Infinity : low, Number.isNaN(high) ? Infinity : high];
}

function emptyColumns(node, count) {
  const [low, high] = declaredRange(node);
  return {
    value: new Float64Array(count).fill(NaN),
    low: new Float64Array(count).fill(low),
    high: new Float64Array(count).fill(high),
    grade: new Array(count).fill("-"),
  };
}

// Scenarios of one date bear their files' names, so that links and choices mean one of them.
function tellApart(dates) {
  const labels = dates.map((date) => date.label);
  dates.forEach((date, i) => {
    if (labels.filter((label) => label === labels[i]).length > 1)
      date.label = `${date.label} ${date.scenario
        .split("/")
        .pop()
        .replace(/\.toml$/, "")}`;
  });
}

// How figures are known: a row of texts and places each.
function openFigures(figures) {
  if (!figures?.rows) return [];
  const at = new Map(figures.columns.map((name, i) => [name, i]));
  return figures.rows.map((row) => {
    const get = (name) => row[at.get(name)],
      word = (name) => figures.words[get(name) ?? 0] ?? "";
    return {
      file: get("file"),
      source: get("source"),
      by: word("by"),
      because: word("because"),
      note: word("note"),
      choice: word("choice"),
      valid: get("valid"),
      known: get("known"),
      stale: Boolean(get("marks") & 1),
      others: Boolean(get("marks") & 2),
    };
  });
}

// What a date that isn't whole leaves out follows from the scores.
function outputColumns(raw, count, margin) {
  const texts = (list) => Array.from({ length: count }, (_, i) => list?.[i] ?? "");
  const value = numbers(raw.value, count),
    low = numbers(raw.low, count),
    high = numbers(raw.high, count);
  let told = null; // worked out when it is asked for: lines over the dates need no ranks
  const places = () =>
    (told ??= raw.rank
      ? {
          rank: numbers(raw.rank, count),
          levelFrom: numbers(raw.level_from, count),
          levelTo: numbers(raw.level_to, count),
          rankFrom: numbers(raw.rank_from, count),
          rankTo: numbers(raw.rank_to, count),
        }
      : { ...ranksOf(value, margin), ...rankRanges(value, low, high) });
  return {
    value,
    low,
    high,
    get rank() {
      return places().rank;
    },
    get levelFrom() {
      return places().levelFrom;
    },
    get levelTo() {
      return places().levelTo;
    },
    get rankFrom() {
      return places().rankFrom;
    },
    get rankTo() {
      return places().rankTo;
    },
    band: Array.from({ length: count }, (_, i) => raw.band?.[i] ?? -1),
    coverage: numbers(raw.coverage, count),
    judgement: numbers(raw.judgement, count),
    changeByData: numbers(raw.change_by_data, count),
    marks: texts(raw.marks),
    withoutOverride: new Map(raw.without_override ?? []),
  };
}
