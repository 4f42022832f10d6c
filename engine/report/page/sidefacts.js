// Facts of two sides, one beside the other.
import { saveButton } from "./csv.js";
import { el, refill } from "./dom.js";
import { factsByFactor, sourceOf, valueCell } from "./facts.js";
import { rangeInWords, smallPoints } from "./format.js";
import { labelled } from "./labels.js";

export function makeSideFacts(page) {
  const { data } = page;
  const { payload } = data;
  let onlyDifferent = true;

  // What each fact makes of the gap, where the engine's split is there: its points in all factors
  // that read it.
  function worthOf(state, told) {
    const players =
      state.output === data.mainOutput &&
      told?.viewpoints?.find((view) => view.name === payload.viewpoints[state.viewpoint].name)
        ?.attribution?.players;
    if (!players) return null;
    const worth = new Map();
    for (const player of players)
      if (player.node) worth.set(player.node, (worth.get(player.node) ?? 0) + player.points);
    return (indicator) => {
      const points = worth.get(payload.nodes[payload.indicators[indicator]].name);
      return points === undefined ? "" : smallPoints(points, 1);
    };
  }

  function factsTable(state, sides, names, told) {
    const worth = worthOf(state, told);
    const place = el("div");
    const toggle = el("input", {
      type: "checkbox",
      id: "only-different",
      checked: onlyDifferent,
      onchange: () => {
        onlyDifferent = toggle.checked;
        fill();
      },
    });
    const sideFact = (indicator, s) => data.fact(indicator, sides[s].date, sides[s].country);
    const differ = (a, b) => !Object.is(a.value, b.value) || a.low !== b.low || a.high !== b.high;
    const rows = factsByFactor(data).map((group) => ({
      ...group,
      rows: group.indicators.map((indicator) => ({
        indicator,
        a: sideFact(indicator, 0),
        b: sideFact(indicator, 1),
      })),
    }));
    const fill = () =>
      refill(
        place,
        el(
          "div",
          { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Facts side by side" },
          el(
            "table",
            { class: "facts pair-facts" },
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                el("th", { scope: "col" }, "Fact"),
                names.map((name) => el("th", { scope: "col" }, name)),
                worth &&
                  el(
                    "th",
                    { scope: "col", class: "number" },
                    page.viewpointName(state.viewpoint, state.language) === "all"
                      ? "Points"
                      : `Points, ${page.viewpointName(state.viewpoint, state.language)}`,
                  ),
              ),
            ),
            rows.map((group) => {
              const kept = group.rows.filter(({ a, b }) => !onlyDifferent || differ(a, b));
              return (
                kept.length > 0 &&
                el(
                  "tbody",
                  {},
                  el(
                    "tr",
                    { class: "group" },
                    el(
                      "th",
                      { colspan: worth ? "4" : "3", scope: "rowgroup" },
                      group.node < 0
                        ? "Read by rules and other outputs"
                        : labelled(payload.nodes[group.node], state.language),
                    ),
                  ),
                  kept.map(({ indicator, a, b }) =>
                    el(
                      "tr",
                      {},
                      el(
                        "th",
                        { scope: "row" },
                        labelled(payload.nodes[payload.indicators[indicator]], state.language),
                      ),
                      cell(indicator, a),
                      cell(indicator, b),
                      worth && el("td", { class: "number" }, worth(indicator)),
                    ),
                  ),
                )
              );
            }),
          ),
        ),
      );
    const cell = (indicator, fact) => {
      const node = payload.nodes[payload.indicators[indicator]],
        range = rangeInWords(node, fact.low, fact.high);
      const details = [
        !Number.isNaN(fact.value) && range,
        fact.grade !== "unknown" &&
          (fact.figure?.by ? `${fact.grade} by ${fact.figure.by}` : fact.grade),
        fact.figure?.valid,
      ]
        .filter(Boolean)
        .join(", ");
      return el(
        "td",
        {},
        valueCell(node, fact),
        details && el("span", { class: "anchor" }, details),
        el("span", { class: "anchor" }, sourceOf(page, fact)),
      );
    };
    fill();
    return el(
      "details",
      { class: "all-facts" },
      el("summary", {}, el("h3", {}, "Facts side by side")),
      el(
        "div",
        { class: "tools" },
        el("label", { for: "only-different" }, toggle, " Only what differs"),
        saveButton(`facts side by side`, () => [
          ["fact", ...names],
          rows.flatMap((group) =>
            group.rows.map(({ indicator, a, b }) => [
              payload.nodes[payload.indicators[indicator]].name,
              a.value,
              b.value,
            ]),
          ),
        ]),
      ),
      place,
    );
  }
  return { factsTable };
}
