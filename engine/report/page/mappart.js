// The map with its legend and notes.
import { el, refill } from "./dom.js";
import { isOnMap } from "./map.js";
import { isDoubtful } from "./standing.js";

export function makeMapPart(page, place) {
  const { data, scores } = page;
  const { payload } = data;
  const map = page.makeMap("Map of the scores: arrows go from country to country, Enter opens one");
  const legend = el("ul", { class: "legend", "aria-label": "Bands" });
  if (!payload.countries.some((country) => isOnMap(country.code))) {
    place.append(
      el("p", { class: "note" }, "None of what is scored here is a country on the map."),
    );
    return { update() {} };
  }
  const missing = payload.countries.filter((country) => !isOnMap(country.code));
  place.append(
    map.frame,
    el(
      "div",
      { class: "map-foot" },
      legend,
      el(
        "p",
        { class: "note" },
        "Equal Earth projection: areas compare. Hatched: areas in dispute; dashed: disputed lines. Borders are Natural Earth’s, drawn by who is there, and no judgement of ours. Circles: small countries. Ctrl and the wheel zoom, or two fingers.",
        missing.length > 0 &&
          ` Not on the map: ${missing
            .slice(0, 12)
            .map((country) => country.name)
            .join(", ")}${missing.length > 12 ? ` and ${missing.length - 12} more` : ""}.`,
      ),
    ),
  );
  return {
    update(state) {
      map.update(page.dragging);
      const columns = scores.current(state, page.dragging),
        node = payload.nodes[payload.outputs[state.output]];
      if (!columns)
        return void refill(
          legend,
          el("li", {}, "The scenario of this date leaves this viewpoint out."),
        );
      const names = node.bands?.names ?? [];
      const count = (band) =>
        columns.band.filter((b, i) => b === band && !Number.isNaN(columns.value[i])).length;
      const unrated = columns.value.filter(Number.isNaN).length;
      const known = (columns.file ?? columns).coverage;
      const sparse = known.filter(
        (share, i) => !Number.isNaN(columns.value[i]) && isDoubtful(node, share),
      ).length;
      refill(
        legend,
        names
          .map((name, band) =>
            el(
              "li",
              {},
              el("span", { class: "swatch", "data-band": band }),
              ` ${name} `,
              el("span", { class: "note" }, edgeText(node, band), ` · ${count(band)}`),
            ),
          )
          .reverse(),
        sparse > 0 &&
          el(
            "li",
            {},
            el("span", { class: "swatch sparse" }),
            " pale, broken line: little known ",
            el("span", { class: "note" }, `· ${sparse}`),
          ),
        el("li", {}, el("span", { class: "swatch plain-land" }), " not in this report"),
        unrated > 0 &&
          el(
            "li",
            {},
            el("span", { class: "swatch blank" }),
            " not rated ",
            el("span", { class: "note" }, `· ${unrated}`),
          ),
      );
    },
  };
}

function edgeText(node, band) {
  const { edges } = node.bands;
  if (band === 0) return `under ${edges[0]}`;
  return band === edges.length ? `from ${edges[band - 1]}` : `${edges[band - 1]} to ${edges[band]}`;
}
