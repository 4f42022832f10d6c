// The ranking: a row a country, sorted, searched and filtered, kept up with what the reader
// changes.
import { makeBar } from "./bars.js";
import { saveButton } from "./csv.js";
import { add, el, jump, refill, setText } from "./dom.js";
import { capitalised, interval, percent, points, printedMove } from "./format.js";
import { labelText } from "./labels.js";
import { domainOf, sparkline, widestSpan } from "./lines.js";
import { isNamed, plainName } from "./names.js";
import { isDoubtful, isMostlyData } from "./standing.js";

const firstRows = 30; // on the screen, before the reader asks for all

export const marksLegend = {
  r: "re-weighted: members are missing, and the others carry their weight, here or below",
  c: "cut to its scale, here or below",
  s: "rests on a figure past its time",
  o: "rests on a figure that is over a year older than the date",
  "*": "rules that would move it are left out, since what decides them is unknown",
};

export function makeRanking(page, place) {
  const { data, scores } = page;
  const { payload } = data;
  const hasDates = payload.dates.length > 1;
  const columns = [
    { key: "rank", head: "Rank", kind: "number" },
    { key: "name", head: "Country" },
    { key: "value", head: "Score", kind: "number" },
    { key: "low", head: "Bounds", kind: "bounds" },
    { key: "band", head: "Band" },
    {
      key: "rankFrom",
      head: "Rank range",
      kind: "number wide",
      long: "ranks that it can come to within the bounds",
    },
    {
      key: "levelFrom",
      head: "Level",
      kind: "number wide",
      long: "ranks of those that the model can’t tell from it",
    },
    {
      key: "coverage",
      head: "Known",
      kind: "number wide",
      long: "share of the weight that rests on known data",
    },
    {
      key: "judgement",
      head: "Judged",
      kind: "number wide",
      long: "share of the weight that was judged or assumed",
    },
    { key: "change", head: "Change", kind: "number" },
    ...(hasDates ? [{ key: "", head: "Over time", kind: "wide" }] : []),
  ];
  const sort = { key: "rank", up: true };
  let query = "",
    group = "",
    band = "",
    sparksFor = "";
  const rows = payload.countries.map((country, i) => makeRow(i));
  const body = el("tbody");
  const heads = columns.map((column) => makeHead(column));
  const caption = el("caption", { class: "unseen" }),
    count = el("p", { class: "note", role: "status" });
  const bandChoice = el("select", {
    id: "filter-band",
    onchange: () => {
      band = bandChoice.value;
      arrange();
    },
  });
  const legend = el("dl", { class: "marks-legend" });
  const more = el("button", {
    type: "button",
    class: "quiet",
    onclick: () => {
      all = true;
      arrange();
    },
  });
  place.closest(".part")?.classList.toggle("long", payload.countries.length > 20);
  add(place, [
    el(
      "div",
      { class: "tools" },
      searchBox(),
      groupChoice(),
      el("label", { for: "filter-band" }, "Band ", bandChoice),
      saveButton("ranking", table),
    ),
    count,
    el(
      "div",
      { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Ranking" },
      el(
        "table",
        { class: "ranking" },
        caption,
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            heads.map((head) => head.cell),
          ),
        ),
        body,
      ),
    ),
    more,
    legend,
    payload.record?.length > 0 &&
      el(
        "p",
        { class: "note" },
        jump("link", "How such scores did on earlier dates", () => page.openRecord()),
        " stands below.",
      ),
  ]);

  function searchBox() {
    const input = el("input", {
      type: "search",
      id: "search",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: "Name, code or group",
      oninput: () => {
        query = plainName(input.value);
        arrange();
      },
    });
    return el("label", { for: "search" }, "Search ", input);
  }
  function groupChoice() {
    if (!payload.groups?.length) return null;
    const kinds = [...new Set(payload.groups.map((g) => g.kind ?? ""))];
    const select = el(
      "select",
      {
        id: "filter-group",
        onchange: () => {
          group = select.value;
          arrange();
        },
      },
      el("option", { value: "" }, "All"),
      kinds.map((kind) =>
        el(
          "optgroup",
          { label: capitalised(kind || "group") },
          payload.groups.flatMap((g, i) =>
            (g.kind ?? "") === kind ? [el("option", { value: String(i) }, g.label || g.name)] : [],
          ),
        ),
      ),
    );
    return el(
      "label",
      { for: "filter-group" },
      kinds.length === 1 && kinds[0] ? `${capitalised(kinds[0])} ` : "Group ",
      select,
    );
  }
  function makeHead(column) {
    if (!column.key)
      return { cell: el("th", { scope: "col", class: column.kind }, column.head), column };
    const ends = column.key === "low" ? { from: el("span"), to: el("span") } : {};
    // Repeated heads of printed tables show text, no buttons.
    const text = el("span", {}, column.head),
      printed = el("span", { class: "printed", "aria-hidden": "true" }),
      arrow = el("span", { class: "arrow", "aria-hidden": "true" });
    const button = el(
      "button",
      {
        type: "button",
        title: column.long ?? null,
        onclick: () => {
          if (sort.key === column.key) sort.up = !sort.up;
          else
            Object.assign(sort, {
              key: column.key,
              up: ["rank", "name", "rankFrom", "levelFrom"].includes(column.key),
            });
          arrange();
        },
      },
      text,
      arrow,
    );
    return {
      cell: el(
        "th",
        { scope: "col", class: column.kind ?? null, "aria-sort": "none" },
        button,
        printed,
        ends.from && el("span", { class: "axis", "aria-hidden": "true" }, ends.from, ends.to),
      ),
      column,
      text,
      printed,
      arrow,
      ...ends,
    };
  }
  function makeRow(i) {
    const cell = (kind) => el("td", { class: kind });
    const row = {
      rank: cell("number"),
      value: cell("number score"),
      bounds: cell("bounds"),
      band: cell("band"),
      range: cell("number wide"),
      level: cell("number wide"),
      coverage: cell("number wide"),
      judgement: cell("number wide"),
      change: cell("number"),
      spark: hasDates ? cell("wide") : null,
    };
    row.link = el("a", { href: "#" });
    row.bar = makeBar();
    ((row.number = el("span")), (row.mark = el("sup")));
    row.value.append(row.number, row.mark);
    row.ends = el("span", { class: "ends" });
    row.bounds.append(row.bar.bar, row.ends);
    ((row.swatch = el("span", { class: "swatch", "aria-hidden": "true" })),
      (row.bandName = el("span")));
    row.band.append(row.swatch, row.bandName);
    row.phone = el("span", { class: "anchor phone", "aria-hidden": "true" });
    row.narrow = el("span", { class: "anchor narrow" });
    row.element = el(
      "tr",
      {},
      row.rank,
      el("th", { scope: "row" }, row.link, row.phone, row.narrow),
      row.value,
      row.bounds,
      row.band,
      row.range,
      row.level,
      row.coverage,
      row.judgement,
      row.change,
      row.spark,
    );
    row.link.dataset.country = i;
    return row;
  }

  let shown = null,
    state = null,
    digits = 0,
    names = [],
    inOrder = "",
    scale = [0, 100],
    common = new Set(),
    all = false;
  function update(next) {
    state = next;
    shown = scores.current(state, page.dragging);
    digits = page.digitsOf(state);
    const node = payload.nodes[payload.outputs[state.output]];
    const bands = node.bands?.names ?? [];
    names = bands;
    if (bandChoice.dataset.node !== String(payload.outputs[state.output])) {
      bandChoice.dataset.node = payload.outputs[state.output];
      band = "";
      refill(
        bandChoice,
        el("option", { value: "" }, "All"),
        bands.map((name, i) => el("option", { value: String(i) }, name)).reverse(),
        el("option", { value: "-1" }, "not rated"),
      );
    }
    const changed = scores.changed();
    const before =
      state.date > 0 ? data.output(state.viewpoint, state.date - 1, state.output) : null;
    const head = heads.find((h) => h.column.key === "change");
    setText(
      head.text,
      changed
        ? "By your change"
        : before
          ? `Since ${payload.dates[state.date - 1].label}`
          : "Change",
    );
    // Bars run over what there is, so that they can be told apart.
    const file = scores.file(state);
    const rated = (ends) => ends?.filter((_, i) => !Number.isNaN(file.value[i]));
    scale = domainOf([rated(file?.low), rated(file?.high)], 0).map(
      (end, i) => (i ? Math.ceil(end / 10) : Math.floor(end / 10)) * 10,
    );
    const bounds = heads.find((h) => h.column.key === "low");
    setText(bounds.from, String(scale[0]));
    setText(bounds.to, String(scale[1]));
    common = commonMarks(file);
    setText(
      caption,
      `${capitalised(labelText(node, state.language))}, ${page.viewpointText(state)}, ${page.dateText(state)}`,
    );
    // While a slider moves, rows that are out of sight wait.
    const behind =
      page.dragging &&
      !all &&
      rows.length > firstRows + 5 &&
      !query &&
      group === "" &&
      band === "" &&
      sort.key === "rank" &&
      sort.up;
    rows.forEach((row, i) => {
      if (!behind || !(shown?.rank[i] > firstRows)) fill(row, i, before, changed);
    });
    if (!page.dragging) {
      sparks();
      tellMarks();
    }
    arrange();
  }

  function fill(row, i, before, changed) {
    if (!shown) return;
    const value = shown.value[i],
      rated = !Number.isNaN(value),
      node = payload.nodes[payload.outputs[state.output]];
    const file = shown.file?.value[i] ?? NaN;
    setText(row.rank, rated ? String(shown.rank[i]) : "");
    setText(row.link, payload.countries[i].name);
    row.link.href = page.linkTo("country", { country: i });
    setText(row.number, points(value, digits));
    setText(
      row.mark,
      shown.changed ? "" : [...shown.marks[i]].filter((mark) => !common.has(mark)).join(""),
    );
    row.element.classList.toggle("not-rated", !rated);
    row.bar.set(
      value,
      rated ? shown.low[i] : NaN,
      rated ? shown.high[i] : NaN,
      shown.band[i],
      changed ? file : NaN,
      scale,
    );
    setText(row.ends, rated ? interval(shown.low[i], shown.high[i], digits) : "");
    row.swatch.dataset.band = shown.band[i];
    const doubtful = rated && isDoubtful(node, (shown.file ?? shown).coverage[i]);
    row.element.classList.toggle("doubtful", doubtful);
    setText(
      row.bandName,
      rated ? `${names[shown.band[i]] ?? ""}${doubtful ? ", little known" : ""}` : "",
    );
    setText(row.phone, row.bandName.textContent);
    setText(row.narrow, rated ? narrowText(i) : "");
    setText(row.range, rated ? span(shown.rankFrom[i], shown.rankTo[i]) : "");
    setText(
      row.level,
      rated && shown.levelTo[i] > shown.levelFrom[i]
        ? span(shown.levelFrom[i], shown.levelTo[i])
        : "",
    );
    setText(row.coverage, rated ? percent(shown.coverage[i]) : "");
    setText(row.judgement, rated ? percent(shown.judgement[i]) : "");
    setText(
      row.change,
      changed ? quietZero(printedMove(file, value, digits)) : changeText(i, before),
    );
  }
  // What narrow windows leave out of the table, below the name.
  function narrowText(i) {
    const told = [`ranks ${span(shown.rankFrom[i], shown.rankTo[i])}`];
    if (shown.levelTo[i] > shown.levelFrom[i])
      told.push(`level ${span(shown.levelFrom[i], shown.levelTo[i])}`);
    if (!Number.isNaN(shown.coverage[i])) told.push(`${percent(shown.coverage[i])} known`);
    if (shown.judgement[i] > 0) told.push(`${percent(shown.judgement[i])} judged`);
    return told.join(", ");
  }
  function changeText(i, before) {
    if (!before || Number.isNaN(before.value[i]) || Number.isNaN(shown.value[i])) return "";
    const mostly = isMostlyData(shown.value[i] - before.value[i], shown.changeByData[i]);
    return printedMove(before.value[i], shown.value[i], digits) + (mostly ? " d" : "");
  }

  function sparks() {
    const key = `${state.viewpoint} ${state.output}`;
    if (!hasDates || key === sparksFor) return;
    sparksFor = key;
    const all = payload.dates.map((_, d) => data.output(state.viewpoint, d, state.output)?.value);
    const lists = rows.map((_, i) => all.map((column) => column?.[i] ?? NaN)),
      span = widestSpan(lists, 10);
    rows.forEach((row, i) => refill(row.spark, sparkline(lists[i], span)));
  }
  function tellMarks() {
    const used = new Set(shown && !shown.changed ? shown.marks.flatMap((marks) => [...marks]) : []);
    const anyData = !shown?.changed && rows.some((row) => row.change.textContent.endsWith(" d"));
    const rated = shown ? shown.value.filter((x) => !Number.isNaN(x)).length : 0;
    const bearing = (mark) => shown.marks.filter((marks) => marks.includes(mark)).length;
    refill(
      legend,
      Object.entries(marksLegend)
        .filter(([mark]) => used.has(mark))
        .map(([mark, text]) => [
          el("dt", {}, common.has(mark) ? (bearing(mark) === rated ? "all" : "nearly all") : mark),
          el("dd", {}, common.has(mark) ? `${text} (${bearing(mark)} of ${rated} scores)` : text),
        ]),
      payload.countries.length > 1 && [
        el("dt", {}, "rank range"),
        el(
          "dd",
          {},
          "the ranks that it can come to over all that is unknown or uncertain of the facts",
        ),
        el("dt", {}, "level"),
        el(
          "dd",
          {},
          `the ranks of those less than ${payload.model.level_margin} points away, which the model can’t tell apart`,
        ),
      ],
      rows.some((row) => row.element.classList.contains("doubtful")) && [
        el("dt", {}, "little known"),
        el(
          "dd",
          {},
          "less of the weight is known than a score needs to be of the same thing as the others’: read its bounds, not its rank",
        ),
      ],
      anyData && [
        el("dt", {}, "d"),
        el("dd", {}, "most of the change is data that began or ended, not news of the country"),
      ],
    );
  }

  const key = (i) =>
    sort.key === "name"
      ? payload.countries[i].name
      : sort.key === "change"
        ? moveOf(i)
        : shown[sort.key][i];
  function moveOf(i) {
    const before =
      shown.file?.value[i] ??
      (state.date > 0 ? data.output(state.viewpoint, state.date - 1, state.output)?.value[i] : NaN);
    return shown.value[i] - before;
  }
  function ordered() {
    const list = [...rows.keys()];
    const way = sort.up ? 1 : -1;
    return list.sort((a, b) => {
      const x = key(a),
        y = key(b);
      if (typeof x === "string") return way * x.localeCompare(y);
      if (Number.isNaN(x) || Number.isNaN(y))
        return Number.isNaN(x) - Number.isNaN(y) || byName(a, b);
      return way * (x - y) || shown.rank[a] - shown.rank[b] || byName(a, b);
    });
  }
  const byName = (a, b) => payload.countries[a].name.localeCompare(payload.countries[b].name);
  function passes(i) {
    if (group !== "" && !payload.groups[Number(group)].countries.includes(i)) return false;
    if (band !== "" && String(Number.isNaN(shown.value[i]) ? -1 : shown.band[i]) !== band)
      return false;
    return (
      !query ||
      isNamed(payload.countries[i], query) ||
      data.groupsOf[i].some((g) => plainName(groupText(payload.groups[g])).includes(query))
    );
  }
  function arrange() {
    if (!shown) {
      refill(body);
      setText(count, "The scenario of this date leaves this viewpoint out.");
      return;
    }
    const order = ordered().filter(passes),
      now = order.join(" ");
    if (now !== inOrder || body.childElementCount !== order.length) {
      inOrder = now;
      let at = body.firstElementChild;
      for (const i of order) {
        if (rows[i].element === at) at = at.nextElementSibling;
        else body.insertBefore(rows[i].element, at);
      }
      while (at) {
        const gone = at;
        at = at.nextElementSibling;
        gone.remove();
      }
    }
    const cut = order.length > firstRows + 5 && !all;
    order.forEach((i, at) => rows[i].element.classList.toggle("beyond", cut && at >= firstRows));
    more.hidden = !cut;
    setText(more, `Show all ${order.length}`);
    for (const { cell, column, arrow, text, printed } of heads) {
      if (!column.key) continue;
      setText(printed, text.textContent);
      const by = sort.key === column.key;
      cell.setAttribute("aria-sort", by ? (sort.up ? "ascending" : "descending") : "none");
      setText(arrow, by ? (sort.up ? "▲" : "▼") : "");
    }
    const among = !payload.only
      ? ""
      : scores.changed()
        ? `, ${payload.only}; ranks are those among these`
        : `, ${payload.only}; ranks are those among all`;
    if (order.length === 0)
      return setText(
        count,
        "None is found: try a part of the name, the three-letter code, or All.",
      );
    setText(
      count,
      order.length === rows.length
        ? `${rows.length} ${rows.length === 1 ? "country" : "countries"}${among}`
        : `${order.length} of ${rows.length} countries${among}`,
    );
  }
  function table() {
    update(page.state); // it may have waited out of sight
    const header = [
      "rank",
      "country",
      "name",
      "score",
      "low",
      "high",
      "band",
      "rank_from",
      "rank_to",
      "level_from",
      "level_to",
      "known",
      "judged",
      "marks",
    ];
    return [
      header,
      ordered()
        .filter(passes)
        .map((i) => [
          shown.rank[i],
          payload.countries[i].code,
          payload.countries[i].name,
          shown.value[i],
          shown.low[i],
          shown.high[i],
          names[shown.band[i]] ?? "",
          shown.rankFrom[i],
          shown.rankTo[i],
          shown.levelFrom[i],
          shown.levelTo[i],
          shown.coverage[i],
          shown.judgement[i],
          shown.marks[i],
        ]),
    ];
  }
  return { update };
}

// Marks that nearly all scores bear are said once, not at each.
function commonMarks(columns) {
  if (!columns) return new Set();
  const rated = [...columns.value.keys()].filter((i) => !Number.isNaN(columns.value[i]));
  const bearing = (mark) => rated.filter((i) => columns.marks[i].includes(mark)).length;
  return new Set(
    rated.length < 10
      ? []
      : Object.keys(marksLegend).filter((mark) => 10 * bearing(mark) >= 9 * rated.length),
  );
}

const span = (from, to) => (from === to ? String(from) : `${from}–${to}`);
const groupText = (one) => one.label || one.name;
const quietZero = (text) => (text === "0" ? "" : text);
