// The page of `waystone report`, put together from its parts.
import { makeBehind } from "./behind.js";
import { bandColours, wantsDarkText } from "./colours.js";
import { makeComparison } from "./comparison.js";
import { makeCountry } from "./country.js";
import { openData } from "./data.js";
import { el, setText } from "./dom.js";
import { makeLooks, partNames } from "./looks.js";
import { makeMapPart } from "./mappart.js";
import { makePage } from "./page.js";
import { makeRanking } from "./ranking.js";
import { makeScores } from "./scores.js";
import { readChange } from "./sharing.js";
import { initialState, readFragment } from "./state.js";
import { titleWords } from "./titles.js";
import { makeVerdict } from "./verdict.js";
import { makeWhatIf } from "./whatif.js";

/* global waystoneModel */
const model = typeof waystoneModel === "undefined" ? null : waystoneModel;
const makers = {
  verdict: makeVerdict,
  map: makeMapPart,
  ranking: makeRanking,
  country: makeCountry,
  comparison: makeComparison,
  "what-if": makeWhatIf,
  "behind-it": makeBehind,
};

function start() {
  const data = openData(JSON.parse(document.getElementById("waystone-data").textContent));
  const { payload } = data;
  const scores = makeScores(data, model);
  const page = makePage(data, scores);
  const main = document.getElementById("waystone");
  main.replaceChildren();
  page.state = readFragment(location.hash, page.state, data);
  takeChange(data, scores);
  colour(data);

  page.listeners.push((state) => {
    const { title, subtitle, stamp } = titleWords(payload, state.date);
    document.title = title;
    page.setTitle(title, subtitle, stamp);
  });

  // The verdict comes at once, each other part when it is near the window, after the first picture.
  for (const [part, make] of Object.entries(makers)) {
    const heading = el("h2", { id: `${part}-heading`, tabindex: "-1" }, partNames[part]);
    const link = el("a", { class: "self", "aria-label": `Link to ${partNames[part]}` }, "#");
    const body = el("div");
    const section = el(
      "section",
      { id: part, "aria-labelledby": heading.id, class: `part part-${part}` },
      el("div", { class: "part-head" }, heading, link),
      body,
    );
    main.append(section);
    let made = null;
    page.register(
      part,
      section,
      (state) => {
        made ??= make(page, body);
        made.update(state);
      },
      { near: part === "verdict" || part === page.state.part },
    );
    page.listeners.push(() => {
      link.href = page.linkTo(part, {});
    });
  }
  page.listeners.push(
    makeLooks(page, document.getElementById("parts"), document.getElementById("looks")),
  );
  page.draw();
  history.scrollRestoration = "manual"; // parts drawn late would mislead it; the address says where
  if (page.state.part) page.show(page.state.part);
  page.watch();
  page.follow();

  addEventListener("hashchange", () => {
    // What an address leaves out is as the page opens; countries that were chosen stay.
    const { country, pair, pairDates } = page.state;
    const opening = { ...initialState(data), country, pair, pairDates };
    page.state = readFragment(location.hash, opening, data);
    if (takeChange(data, scores)) page.taken();
    page.remember();
    page.draw();
    // Back and forth lead to where the reader was, not to the head of a part.
    const at = history.state?.top;
    if (typeof at === "number") page.scrollBack(at);
    else page.show(page.state.part || "verdict");
  });
  let opened = [];
  addEventListener("beforeprint", () => {
    page.draw(true);
    opened = [...document.querySelectorAll("details[data-print]:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => colour(data));
  addEventListener("keydown", (event) => shortcut(event, page));
  document.documentElement.dataset.ready = "yes";
}

// The change that the address asks for, in place of what is in force; whether it asks for one.
function takeChange(data, { engine, change }) {
  const asked = new URLSearchParams(location.hash.split("?")[1] ?? "");
  if (!engine || !(asked.has("weights") || asked.has("facts"))) return false;
  change.weights.clear();
  change.facts.clear();
  readChange(data, change, asked);
  return true;
}

// Colours of bands as custom properties of the page; print takes the light ones.
function colour(data) {
  const most = Math.max(1, ...data.payload.nodes.map((node) => node.bands?.names.length ?? 0));
  const main = data.payload.nodes[data.payload.model.main];
  const count = main?.bands?.names.length ?? most;
  const worstFirst = main?.higher_is_better === true;
  for (const theme of ["light", "dark"]) {
    const colours = bandColours(count, theme);
    if (worstFirst) colours.reverse();
    colours.forEach((one, i) => {
      document.documentElement.style.setProperty(`--${theme}-band-${i}`, one);
      document.documentElement.style.setProperty(
        `--${theme}-on-band-${i}`,
        wantsDarkText(one) ? "#111" : "#fff",
      );
    });
  }
}

// "/" goes to the search of the ranking.
function shortcut(event, page) {
  if (
    event.key !== "/" ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
  )
    return;
  event.preventDefault();
  page.go({}, "ranking");
  requestAnimationFrame(() => document.getElementById("search")?.focus());
}

try {
  start();
} catch (error) {
  const main = document.getElementById("waystone");
  main.replaceChildren();
  const words = el("p", { role: "alert" });
  setText(words, `This page can’t show its report: ${error.message}`);
  main.append(words);
  throw error;
}
