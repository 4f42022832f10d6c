// The map: countries by band, equal in area, with places in dispute hatched and small states as
// circles.
import { geoEqualEarth, geoPath } from "d3-geo";
import { event, select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { el, freshId, refill, svg } from "./dom.js";
import { nearestInDirection, rove } from "./keyboard.js";
import world from "./map/world.json";
import { openTopology } from "./topology.js";

const width = 960,
  height = 468;
const markBelow = 60; // a country of fewer square units of the drawing gets a circle as well
const largestZoom = 24;

let shapes = null; // projected once, for all maps of the page
function projected(data) {
  if (shapes) return shapes;
  const features = openTopology(world);
  const countries = features("countries");
  const projection = geoEqualEarth().rotate([-11, 0]);
  projection.fitExtent(
    [
      [9, 2],
      [width - 9, height - 2],
    ],
    { type: "FeatureCollection", features: countries.filter((f) => f.geometry) },
  );
  const path = geoPath(projection);
  shapes = {
    countries: countries.map((feature) => ({
      ...feature.properties,
      d: feature.geometry ? path(feature) : "",
      point: projection(feature.properties.at),
      bounds: feature.geometry ? path.bounds(feature) : null,
      area: feature.geometry ? path.area(feature) : 0,
      country: data.places.get(feature.properties.code) ?? -1,
    })),
    disputed: features("disputed").map((feature) => ({
      name: feature.properties.name,
      d: path(feature),
    })),
    lines: features("lines").map((feature) => path(feature)),
  };
  return shapes;
}

// The names of what is drawn as disputed.
export const disputedNames = () =>
  world.objects.disputed.geometries.map((geometry) => geometry.properties.name);

// Codes that the map has a place for.
export const isOnMap = (code) =>
  world.objects.countries.geometries.some((geometry) => geometry.properties.code === code);

// `told(country)` gives {band, rated, name, text}: what colour and what words; `chosen(country)`
// opens it.
export function makeMap(data, { told, chosen, label }) {
  const drawn = projected(data);
  const hatch = freshId("hatch"),
    blank = freshId("blank");
  const shapeOf = new Map(),
    markOf = new Map();
  const land = svg("g", { class: "land" });
  const partners = svg("g", { class: "partners" });
  const marks = svg("g", { class: "marks" });

  for (const place of drawn.countries) {
    if (place.country < 0) {
      if (place.d)
        land.append(
          svg(
            "path",
            { d: place.d, class: "other" },
            svg("title", {}, `${place.name}: not in this report`),
          ),
        );
      continue;
    }
    const shape = svg("path", { d: place.d || null, class: "partner" });
    shapeOf.set(place.country, shape);
    partners.append(shape);
    if (place.area < markBelow) {
      const mark = svg("circle", {
        cx: place.point[0].toFixed(1),
        cy: place.point[1].toFixed(1),
        class: "partner mark",
      });
      markOf.set(place.country, mark);
      marks.append(mark);
    }
  }
  const inOrder = [...shapeOf.keys()];
  // One element a country takes the focus: the circle where there is one, for it is seen.
  const targetOf = new Map(
    inOrder.map((country) => [country, markOf.get(country) ?? shapeOf.get(country)]),
  );
  for (const [country, target] of targetOf) {
    target.setAttribute("role", "button");
    target.setAttribute("tabindex", "-1");
    target.dataset.country = country;
  }
  for (const [country, shape] of shapeOf) shape.dataset.country = country;

  const disputes = svg(
    "g",
    { class: "disputes", "aria-hidden": "true" },
    drawn.disputed.map(({ d }) => svg("path", { d, fill: `url(#${hatch})` })),
    drawn.lines.map((d) => svg("path", { d, class: "line" })),
  );
  const content = svg("g", {}, land, partners, disputes, marks);
  const patterns = [hatchPattern(hatch, "disputed"), hatchPattern(blank, "blank")];
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "map", role: "group", "aria-label": label },
    svg("defs", {}, patterns),
    content,
  );
  const tip = el("div", { class: "tip", "aria-hidden": "true" });
  tip.hidden = true;
  // On a phone the map is wider than the screen and is moved sideways.
  const window = el("div", { class: "map-window" }, picture);
  const frame = el("div", { class: "map-frame" }, window, tip);

  // Zoom: buttons, Ctrl and the wheel, two fingers; dragging pans. A bare wheel scrolls the page.
  let scale = 1;
  const zooming = zoom()
    .scaleExtent([1, largestZoom])
    .translateExtent([
      [0, 0],
      [width, height],
    ])
    .filter(() =>
      event.type === "wheel"
        ? event.ctrlKey || event.metaKey
        : event.type.startsWith("touch")
          ? event.touches.length > 1 || scale > 1
          : !event.button,
    )
    .on("zoom", () => {
      content.setAttribute("transform", event.transform);
      picture.classList.toggle("zoomed", event.transform.k > 1);
      if (event.transform.k !== scale) {
        scale = event.transform.k;
        for (const pattern of patterns)
          pattern.setAttribute("patternTransform", `rotate(45) scale(${(1 / scale).toFixed(3)})`);
        sizeMarks();
      }
      tip.hidden = true;
    });
  const selection = select(picture).call(zooming).on("dblclick.zoom", null);
  const by = (factor) => () => zooming.scaleBy(selection, factor);
  const home = () => zooming.transform(selection, opening);
  const buttons = el(
    "div",
    { class: "map-buttons" },
    el("button", { type: "button", "aria-label": "Zoom in", onclick: by(1.6) }, "+"),
    el("button", { type: "button", "aria-label": "Zoom out", onclick: by(1 / 1.6) }, "−"),
    el("button", { type: "button", onclick: () => home() }, "Reset"),
  );
  frame.append(buttons);

  function sizeMarks() {
    const shown = picture.clientWidth || width;
    const unit = width / shown / scale;
    for (const mark of markOf.values())
      mark.setAttribute("r", (Math.max(3.2, Math.min(6, shown / 220)) * unit).toFixed(2));
  }
  const fit = () => {
    sizeMarks();
    if (window.scrollLeft === 0)
      window.scrollLeft = 0.62 * (picture.clientWidth - window.clientWidth);
  };
  if (typeof ResizeObserver === "function") new ResizeObserver(fit).observe(picture);
  sizeMarks();

  // A report on a few countries opens with them large.
  const opening = openingOf(drawn.countries.filter((place) => place.country >= 0));
  zooming.transform(selection, opening);

  function showTip(country) {
    const { name, text } = told(country);
    refill(tip, el("strong", {}, name), el("span", {}, text));
    tip.hidden = false;
    const box = targetOf.get(country).getBoundingClientRect(),
      around = frame.getBoundingClientRect();
    const x = Math.min(Math.max((box.left + box.right) / 2 - around.left, 0), around.width);
    const y = Math.min(Math.max(box.top - around.top, 0), around.height);
    tip.classList.toggle("right", x > around.width / 2);
    tip.style.setProperty("--x", `${x.toFixed(0)}px`);
    tip.style.setProperty("--y", `${y.toFixed(0)}px`);
  }
  const countryOf = (target) =>
    target.dataset?.country === undefined ? -1 : Number(target.dataset.country);
  picture.addEventListener(
    "pointerover",
    (e) => countryOf(e.target) >= 0 && showTip(countryOf(e.target)),
  );
  picture.addEventListener("pointerout", () => {
    tip.hidden = true;
  });
  picture.addEventListener(
    "focusin",
    (e) => countryOf(e.target) >= 0 && showTip(countryOf(e.target)),
  );
  picture.addEventListener("focusout", () => {
    tip.hidden = true;
  });
  picture.addEventListener("click", (e) => countryOf(e.target) >= 0 && chosen(countryOf(e.target)));
  const centre = (country) => {
    const box = targetOf.get(country).getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  };
  const roving = rove(picture, {
    items: () => inOrder.map((country) => targetOf.get(country)),
    next: (target, key) => {
      const found = nearestInDirection(inOrder, centre, countryOf(target), key);
      return found === undefined ? null : targetOf.get(found);
    },
    act: (target) => chosen(countryOf(target)),
  });

  const last = new Map();
  function update(quick = false) {
    for (const country of inOrder) {
      const { band, rated, doubtful, name, text } = told(country);
      const before = last.get(country);
      // While a slider moves colours keep up; the words follow at rest.
      const label = quick ? before?.label : `${name}: ${text}`,
        kind = doubtful
          ? `partner sparse band-${band}`
          : rated
            ? `partner band-${band}`
            : "partner unrated";
      if (before?.kind !== kind) {
        for (const [shape, extra] of [
          [shapeOf.get(country), ""],
          [markOf.get(country), " mark"],
        ]) {
          shape?.setAttribute("class", kind + extra);
          if (rated) shape?.removeAttribute("fill");
          else shape?.setAttribute("fill", `url(#${blank})`);
        }
      }
      if (label !== undefined && before?.label !== label)
        targetOf.get(country).setAttribute("aria-label", label);
      last.set(country, { kind, label });
    }
  }
  roving.reset();
  return { frame, update, home };
}

function hatchPattern(id, kind) {
  return svg(
    "pattern",
    {
      id,
      class: `hatch ${kind}`,
      width: 4,
      height: 4,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    },
    kind === "blank"
      ? [svg("rect", { width: 4, height: 4 }), svg("circle", { cx: 2, cy: 2, r: 0.6 })]
      : svg("line", { x1: 0, y1: 0, x2: 0, y2: 4 }),
  );
}

// The whole world, or the box of these places with air around, no closer than countries next to
// them need.
function openingOf(places) {
  if (places.length === 0 || places.length > 40) return zoomIdentity;
  const boxes = places.map(({ bounds, point }) => bounds ?? [point, point]);
  const x0 = Math.min(...boxes.map((b) => b[0][0])),
    x1 = Math.max(...boxes.map((b) => b[1][0]));
  const y0 = Math.min(...boxes.map((b) => b[0][1])),
    y1 = Math.max(...boxes.map((b) => b[1][1]));
  const k = Math.max(
    1,
    Math.min(8, 0.7 * Math.min(width / (x1 - x0 || 1), height / (y1 - y0 || 1))),
  );
  const clamp = (at, size) => Math.min(0, Math.max(size - size * k, at));
  return zoomIdentity
    .translate(
      clamp(width / 2 - (k * (x0 + x1)) / 2, width),
      clamp(height / 2 - (k * (y0 + y1)) / 2, height),
    )
    .scale(k);
}
