// Lines over dates and over mixes of viewpoints, drawn as wide as there is room.
import { ticks } from "d3-array";
import { area, line } from "d3-shape";
import { svg } from "./dom.js";

// Draws now and whenever the room changes; for print as wide as half a page or the whole.
// `draw(width)` gives an element.
export function responsive(place, draw) {
  let drawn = 0;
  const again = (most = Infinity) => {
    if (!place.isConnected && drawn > 0) return;
    const width = Math.min(Math.round(place.clientWidth) || 640, most);
    if (Math.abs(width - drawn) < 2) return;
    drawn = width;
    place.replaceChildren(draw(width));
  };
  again();
  if (typeof ResizeObserver === "function")
    new ResizeObserver(() =>
      requestAnimationFrame(() => matchMedia("print").matches || again()),
    ).observe(place);
  addEventListener("beforeprint", () => again(place.clientWidth > 800 ? 660 : 330));
  return place;
}

// The widest range of any of these lists, at least `least`.
export const widestSpan = (lists, least) =>
  lists.reduce((most, list) => {
    const known = list.filter((v) => !Number.isNaN(v));
    return known.length === 0 ? most : Math.max(most, Math.max(...known) - Math.min(...known));
  }, least);

// A small line without axes, `span` high about its own middle, so that slopes compare from row to
// row. `values` may hold NaN: the line breaks there.
export function sparkline(values, span) {
  const known = values.filter((v) => !Number.isNaN(v)),
    low = (Math.max(...known) + Math.min(...known) - span) / 2,
    high = low + span;
  const width = 84,
    height = 22,
    x = (i) => 3 + (i * (width - 6)) / Math.max(1, values.length - 1);
  const y = (v) => height - 3 - ((v - low) / (high - low || 1)) * (height - 6);
  const path = line()
    .defined((v) => !Number.isNaN(v))
    .x((_, i) => +x(i).toFixed(1))
    .y((v) => +y(v).toFixed(1))(values);
  const last = values[values.length - 1];
  return svg(
    "svg",
    { class: "spark", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" },
    svg("path", { d: path }),
    !Number.isNaN(last) &&
      svg("circle", { cx: x(values.length - 1).toFixed(1), cy: y(last).toFixed(1), r: 2.2 }),
  );
}

export function domainOf(lists, pad = 4, limits = [0, 100]) {
  let low = Infinity,
    high = -Infinity;
  for (const list of lists)
    for (const value of list ?? [])
      if (Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
  if (low > high) return limits;
  return [Math.max(limits[0], Math.floor(low - pad)), Math.min(limits[1], Math.ceil(high + pad))];
}

// `series`: [{name, values, low, high, kind, at}]; `xs`: positions 0..1; `xLabels`: [[position,
// text]]; `edges`: [[value, text]] drawn as thin lines; `marks`: [{x, y, text}].
export function lineChart({
  width,
  height = 240,
  title,
  xs,
  xLabels,
  series,
  domain,
  edges = [],
  marks = [],
  yTitle = "",
  endNames = true,
}) {
  const narrow = width < 480;
  const margin = { top: 22, bottom: 26, left: 36, right: endNames ? (narrow ? 74 : 110) : 14 };
  const x = (p) => margin.left + p * (width - margin.left - margin.right);
  const y = (v) =>
    height -
    margin.bottom -
    ((v - domain[0]) / (domain[1] - domain[0] || 1)) * (height - margin.top - margin.bottom);
  const known = (v) => !Number.isNaN(v);
  const root = svg("svg", {
    class: "lines",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": title,
  });
  for (const tick of ticks(domain[0], domain[1], 5))
    root.append(
      svg("line", { class: "grid", x1: x(0), x2: x(1), y1: y(tick), y2: y(tick) }),
      svg(
        "text",
        { class: "tick", x: margin.left - 7, y: y(tick) + 4, "text-anchor": "end" },
        String(tick),
      ),
    );
  for (const [value, text] of edges)
    if (value > domain[0] && value < domain[1])
      root.append(
        svg("line", { class: "edge", x1: x(0), x2: x(1), y1: y(value), y2: y(value) }),
        svg(
          "text",
          { class: "edge-name", x: x(1) - 4, y: y(value) - 4, "text-anchor": "end" },
          text,
        ),
      );
  if (yTitle) root.append(svg("text", { class: "tick", x: 4, y: 12 }, yTitle));
  const most = Math.max(2, Math.floor((width - margin.left - margin.right) / 52)),
    step = Math.ceil(xLabels.length / most);
  xLabels.forEach(([position, text], i) => {
    if ((xLabels.length - 1 - i) % step !== 0) return;
    root.append(
      svg(
        "text",
        { class: "tick", x: x(position), y: height - 8, "text-anchor": anchor(position) },
        text,
      ),
    );
  });
  for (const one of series) {
    if (one.low && one.high)
      root.append(
        svg("path", {
          class: `ribbon ${one.kind}`,
          d: area()
            .defined((_, i) => known(one.low[i]) && known(one.high[i]))
            .x((_, i) => x(xs[i]))
            .y0((_, i) => y(one.low[i]))
            .y1((_, i) => y(one.high[i]))(xs),
        }),
      );
  }
  for (const one of series) {
    root.append(
      svg("path", {
        class: `line ${one.kind}`,
        d: line()
          .defined(known)
          .x((_, i) => x(xs[i]))
          .y(y)(one.values),
      }),
    );
    if (xs.length <= 24)
      one.values.forEach((value, i) => {
        if (known(value))
          root.append(
            svg("circle", {
              class: `dot ${one.kind}`,
              cx: x(xs[i]),
              cy: y(value),
              r: one.at === i ? 4.5 : 2.5,
            }),
          );
      });
  }
  for (const mark of marks)
    root.append(
      svg("circle", { class: "mark", cx: x(mark.x), cy: y(mark.y), r: 4.5 }),
      svg(
        "text",
        { class: "mark-text", x: x(mark.x), y: y(mark.y) - 10, "text-anchor": anchor(mark.x) },
        mark.text,
      ),
    );
  if (endNames)
    for (const [one, at] of spread(series, y, known)) {
      const text = cut(one.name, narrow ? 10 : 16);
      root.append(
        svg(
          "text",
          { class: `end ${one.kind}`, x: x(1) + 8, y: at + 4 },
          text,
          svg("title", {}, one.name),
        ),
      );
    }
  return root;
}

const anchor = (position) => (position < 0.05 ? "start" : position > 0.95 ? "end" : "middle");
export const cut = (text, most) =>
  [...text].length > most ? `${[...text].slice(0, most - 1).join("")}…` : text;

// Names at the ends of lines, moved apart where they would lie on each other.
function spread(series, y, known) {
  const ends = series
    .filter((one) => one.values.some(known))
    .map((one) => [one, y([...one.values].filter(known).pop())]);
  ends.sort((a, b) => a[1] - b[1]);
  for (let i = 1; i < ends.length; ++i) ends[i][1] = Math.max(ends[i][1], ends[i - 1][1] + 15);
  return ends;
}
