// Whose weights decide: both scores over mixes of two viewpoints.
import { el, refill } from "./dom.js";
import { placeLink } from "./facts.js";
import { fixed } from "./format.js";
import { labelText } from "./labels.js";
import { domainOf, lineChart, responsive } from "./lines.js";
import { mixes } from "./mixes.js";

export function makeCrossover(page) {
  const { data, scores } = page;
  const { payload } = data;
  let mixed = null;

  function crossover(state, sides, names, views) {
    if (!scores.engine || payload.viewpoints.length < 2) return null;
    const chart = el("div", { class: "chart" }),
      words = el("p"),
      owners = el("ul", { class: "note" });
    if (!mixed) mixed = opposed(views);
    const choose = (end, text) => {
      const select = el(
        "select",
        {
          id: `mix-${end}`,
          onchange: () => {
            mixed[end] = Number(select.value);
            drawMix();
          },
        },
        payload.viewpoints.map((viewpoint, v) =>
          el(
            "option",
            { value: String(v), selected: v === mixed[end] },
            labelText(viewpoint, state.language),
          ),
        ),
      );
      return el("label", { for: `mix-${end}` }, text, select);
    };
    const drawMix = () => {
      const [from, to] = mixed;
      const { rows, crossings } = mixes(scores.engine, data, sides, from, to, state.output);
      const toName = page.viewpointName(to, state.language);
      refill(
        owners,
        [...new Set(mixed)]
          .map((v) => payload.viewpoints[v])
          .filter((viewpoint) => viewpoint.judged)
          .map((viewpoint) =>
            el(
              "li",
              {},
              `Weights of ${viewpoint.name} by ${viewpoint.judged.by}, ${viewpoint.judged.on}: ${viewpoint.judged.because}. `,
              placeLink(page, viewpoint.at),
            ),
          ),
      );
      words.textContent =
        crossings.length === 0
          ? "Between these two viewpoints the order never turns."
          : crossings
              .map(
                (c) =>
                  `Where ${toName} has more than ${fixed(100 * c.share, 0)}% of the weight, ${names[c.higherBefore]} becomes the lower.`,
              )
              .join(" ");
      const series = [0, 1].map((s) => ({
        name: names[s],
        values: rows.map((row) => row[s + 1]),
        kind: s ? "second" : "first",
      }));
      responsive(refill(chart), (width) =>
        lineChart({
          width,
          height: 230,
          title: `Scores of ${names[0]} and ${names[1]} over mixes of two viewpoints. ${words.textContent}`,
          xs: rows.map((row) => row[0]),
          xLabels: [
            [0, `all ${page.viewpointName(from, state.language)}`],
            [0.5, "half each"],
            [1, `all ${toName}`],
          ],
          series,
          domain: domainOf(
            series.map((one) => one.values),
            3,
          ),
          marks: crossings.map((c) => ({
            x: c.share,
            y: c.value,
            text: `${fixed(100 * c.share, 0)}%`,
          })),
        }),
      );
    };
    queueMicrotask(drawMix);
    return el(
      "div",
      {},
      el("h3", {}, "Whose weights decide"),
      el("div", { class: "tools" }, choose(0, "From "), choose(1, "to ")),
      words,
      chart,
      owners,
    );
  }

  // The two viewpoints that differ most: where the order turns, if it does.
  function opposed(views) {
    const rated = views.filter((view) => !Number.isNaN(view.gap)).sort((a, b) => a.gap - b.gap);
    return rated.length < 2
      ? [0, Math.min(1, payload.viewpoints.length - 1)]
      : [rated[0].v, rated[rated.length - 1].v];
  }
  return {
    crossover,
    reset: () => {
      mixed = null;
    },
  };
}
