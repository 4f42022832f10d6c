// What the parts of the page share: state, words for it, links, choices, and when each part is
// drawn anew.
import { makeFileWindow } from "./behind.js";
import { el, setText } from "./dom.js";
import { longDate, percent, points } from "./format.js";
import { labelText, shortened } from "./labels.js";
import { makeMap } from "./map.js";
import { writeChange } from "./sharing.js";
import { initialState, writeFragment } from "./state.js";
import { isDoubtful } from "./standing.js";
import { plainWords } from "./words.js";

export function makePage(data, scores) {
  const { payload } = data;
  const places = []; // {part, update, near, stale}
  const page = {
    data,
    scores,
    state: initialState(data),
    dragging: false,
    version: 0,
    digitsOf: (state) => payload.dates[state.date].digits?.[state.output] ?? 0,
    dateText: (state) => longDate(payload.dates[state.date].as_of),
    viewpointName: (v, language) => shortName(payload.viewpoints[v], language),
    viewpointText: (state) =>
      payload.viewpoints[state.viewpoint].name
        ? `seen by ${shortName(payload.viewpoints[state.viewpoint], state.language)}`
        : "without viewpoints",
    linkTo: (part, change) => writeFragment({ ...page.state, ...change }, data, part),
    openRecord: () => {
      show("behind-it"); // makes the part, which puts the way there in this place
      page.openRecord();
    },
    go,
    open,
    plain: plainWords(data),
    changed,
    register,
    countryChoice,
    textOf,
    selfCheck,
    makeMap: (label) =>
      makeMap(data, { label, told, chosen: (country) => go({ country }, "country") }),
  };
  const files = makeFileWindow(page);
  document.body.append(files.element);

  // What a map says of a country.
  let toldOf = null,
    toldKey = "";
  function told(country) {
    const key = `${page.version} ${page.state.date} ${page.state.viewpoint} ${page.state.output} ${page.dragging}`;
    if (key !== toldKey) [toldOf, toldKey] = [scores.current(page.state, page.dragging), key];
    const columns = toldOf,
      name = payload.countries[country].name;
    if (!columns || Number.isNaN(columns.value[country]))
      return { band: -1, rated: false, doubtful: false, name, text: "not rated" };
    const node = payload.nodes[payload.outputs[page.state.output]],
      band = columns.band[country];
    const bandName = node.bands?.names[band];
    const known = (columns.file ?? columns).coverage[country],
      doubtful = isDoubtful(node, known);
    return {
      band,
      rated: true,
      doubtful,
      name,
      text: `${points(columns.value[country], page.digitsOf(page.state))}${bandName ? `, ${bandName}` : ""}, rank ${columns.rank[country]}${doubtful ? `; little known (${percent(known)} of the weight)` : ""}`,
    };
  }

  // A change of what is looked at; `part`: where to go with it. Each is a step that Back undoes.
  function go(change, part) {
    history.replaceState({ top: scrollY }, "", addressOf());
    Object.assign(page.state, change);
    if (part) page.state.part = part;
    const fragment = addressOf();
    if (location.hash !== fragment) history.pushState(null, "", fragment);
    draw();
    if (part) show(part);
  }
  function scrollBack(top) {
    for (const one of places) if (one.stale) drawPart(one);
    scrollTo(0, top);
  }
  function remember() {
    const fragment = addressOf();
    if (location.hash !== fragment) history.replaceState(history.state, "", fragment);
  }
  // What is looked at with the reader's change, so that a link opens the page with it.
  function addressOf() {
    const asked = writeChange(data, scores.change),
      fragment = writeFragment(page.state, data);
    const given = Object.entries(asked).filter(([, text]) => text);
    if (given.length === 0) return fragment;
    const more = given.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join("&");
    return `${fragment}${fragment.includes("?") ? "&" : "?"}${more}`;
  }
  function show(part) {
    const section = document.getElementById(part);
    // What stands above takes its room first, or it would push the part away once it is drawn.
    for (const one of places) {
      if (one.stale) drawPart(one);
      if (one.section === section) break;
    }
    if (part === "verdict")
      scrollTo(0, 0); // its title stands above it
    else section?.scrollIntoView();
    section?.querySelector("h2")?.focus({ preventScroll: true });
  }

  // What links in the engine's texts lead to.
  function open(kind, target) {
    if (kind === "line") files.open(target);
    else if (kind === "country") go({ country: target }, "country");
    else if (kind === "rule") payload.rules[target]?.at && files.open(payload.rules[target].at);
    else if (kind === "node") {
      const row = document.getElementById(`fact-${target}`);
      if (!row) return payload.nodes[target]?.at && files.open(payload.nodes[target].at);
      const details = row.closest("details");
      if (details) details.open = true;
      row.scrollIntoView({ block: "center" });
    }
    return undefined;
  }

  // Parts far from the window are drawn once they come near it, so a slider costs what is seen.
  const observer =
    typeof IntersectionObserver === "function"
      ? new IntersectionObserver(
          (entries) => {
            for (const entry of entries) {
              const one = places.find((candidate) => candidate.section === entry.target);
              one.near = entry.isIntersecting;
              if (one.near && one.stale) drawPart(one);
            }
          },
          { rootMargin: "400px" },
        )
      : null;
  function register(part, section, update, { near = false } = {}) {
    const one = { part, section, update, near: near || !observer, stale: true };
    places.push(one);
    section.classList.add("waiting"); // takes a window's height, so what is above it can be reached
    return one;
  }
  function drawPart(one) {
    one.stale = false;
    one.section.classList.remove("waiting");
    one.update(page.state);
  }
  // While a slider moves only what can be seen is drawn, and what the change doesn't touch is left.
  function draw(all = false) {
    const seen = places.map((one) => one.near && (!page.dragging || inWindow(one.section)));
    places.forEach((one, i) => {
      one.stale = true;
      if (all || (seen[i] && !(page.dragging && one.part === "country"))) drawPart(one);
    });
    for (const listener of page.listeners) listener(page.state);
  }
  // Where the reader is goes into the address, so a copied link and a page loaded anew open there.
  let resting = 0;
  page.follow = () =>
    addEventListener(
      "scroll",
      () => {
        clearTimeout(resting);
        resting = setTimeout(() => {
          const above = places.filter((one) => one.section.getBoundingClientRect().top < 160);
          const part = above.length > 0 ? above[above.length - 1].part : "";
          if (part === page.state.part) return;
          page.state.part = part;
          remember();
          for (const listener of page.listeners) listener(page.state);
        }, 150);
      },
      { passive: true },
    );
  function inWindow(section) {
    const { top, bottom } = section.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }
  page.listeners = [];
  page.draw = draw;
  page.show = show;
  page.scrollBack = scrollBack;
  // What is near the window beside the first parts comes after the first picture.
  page.watch = () =>
    requestAnimationFrame(() =>
      setTimeout(() => places.forEach((one) => observer?.observe(one.section))),
    );
  page.remember = remember;
  page.addressOf = addressOf;
  // Another change is in force, as from a link: sliders are drawn anew.
  page.taken = () => {
    ++page.version;
    scores.touch();
    page.redrawSliders?.();
  };

  // The reader changed weights or facts: once a frame, however many events a slider gives.
  let asked = false;
  function changed() {
    ++page.version;
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
      if (!page.dragging) remember();
    });
  }

  function countryChoice(id, chosen) {
    const order = payload.countries
      .map((country, i) => [country, i])
      .sort((a, b) => a[0].name.localeCompare(b[0].name));
    const element = el(
      "select",
      { id, onchange: () => chosen(Number(element.value)) },
      el("option", { value: "-1", disabled: true }, "Choose a country"),
      order.map(([country, i]) => el("option", { value: String(i) }, country.name)),
    );
    return {
      element,
      set: (country) => {
        element.value = String(country);
      },
    };
  }

  // The engine's sentences on a country: of this date and viewpoint, else the nearest there are.
  function textOf({ country, date, viewpoint }) {
    const texts = (payload.texts ?? []).filter((text) => text.country === country);
    const fits = (text) => (text.date === date ? 2 : 0) + (text.viewpoint === viewpoint ? 1 : 0);
    return texts.sort((a, b) => fits(b) - fits(a) || b.date - a.date)[0] ?? null;
  }

  // Every score of every date and viewpoint, worked out in the browser and held against the files':
  // to the last bit where the payload has every digit, else to the six after the point that it has.
  function selfCheck() {
    let exact = 0,
      rounded = 0,
      different = 0;
    payload.dates.forEach(({ whole }, date) =>
      payload.viewpoints.forEach((__, viewpoint) =>
        payload.outputs.forEach((___, output) => {
          const file = data.output(viewpoint, date, output);
          if (!file) return;
          const value = scores.recomputed(date, viewpoint, output);
          file.value.forEach((x, country) => {
            if (Number.isNaN(x)) return;
            const same = whole ? x === value[country] : Math.abs(x - value[country]) < 5.1e-7;
            if (!same) ++different;
            else if (whole) ++exact;
            else ++rounded;
          });
        }),
      ),
    );
    if (different > 0)
      return `${different} of ${exact + rounded + different} scores come out otherwise.`;
    if (rounded === 0) return `All ${exact} scores come out the same, to the last bit.`;
    return `All ${exact + rounded} scores come out the same: ${exact} to the last bit, ${rounded} of earlier dates to the six digits after the point that this page has of them.`;
  }

  const shortName = (viewpoint, language) =>
    labelText(viewpoint, language).split(":")[0].toLowerCase() === viewpoint.name
      ? viewpoint.name
      : language && viewpoint.labels?.[language]
        ? labelText(viewpoint, language)
        : viewpoint.name || "all";
  page.setTitle = (title, subtitle, stamp) => {
    setText(document.getElementById("page-title"), shortened(title));
    setText(document.getElementById("page-subtitle"), subtitle);
    setText(document.getElementById("page-stamp"), stamp);
  };
  return page;
}
