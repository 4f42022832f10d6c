// What the reader looks at, as the fragment of the address says it, so that a link opens the same:
// #country/BLR?date=2019&viewpoint=state&score=risk&language=ru

export const parts = ["verdict", "map", "ranking", "country", "comparison", "what-if", "behind-it"];

export function initialState(data) {
  const { payload } = data;
  const opens = payload.opens ?? {};
  const asked = opens.countries ?? [];
  const state = {
    part: "",
    date: opens.date ?? data.lastDate,
    viewpoint: opens.viewpoint ?? 0,
    output: data.mainOutput,
    language: "",
    country: asked[0] ?? -1,
    pair: [asked[0] ?? -1, asked[1] ?? -1],
    pairDates: [-1, -1],
  };
  return state;
}

// The state that a fragment asks for, on top of `state`; what it names and isn't there is left as
// it is.
export function readFragment(fragment, state, data) {
  const { payload } = data;
  const next = { ...state, pair: [...state.pair], pairDates: [...state.pairDates] };
  const [path, query = ""] = decoded(fragment.replace(/^#/, ""));
  const steps = path.split("/").map(safely);
  if (parts.includes(steps[0])) next.part = steps[0];
  const asked = new URLSearchParams(query);
  const date = payload.dates.findIndex((d) => d.label === asked.get("date"));
  if (date >= 0) next.date = date;
  const viewpoint = payload.viewpoints.findIndex((v) => v.name === asked.get("viewpoint"));
  if (asked.has("viewpoint") && viewpoint >= 0) next.viewpoint = viewpoint;
  const output = payload.outputs.findIndex(
    (node) => payload.nodes[node].name === asked.get("score"),
  );
  if (output >= 0) next.output = output;
  const language = asked.get("language");
  if (language !== null && ["", ...(payload.languages ?? [])].includes(language))
    next.language = language;
  if (steps[0] === "country" && data.places.has(steps[1])) next.country = data.places.get(steps[1]);
  if (steps[0] === "comparison")
    for (const side of [0, 1]) readSide(steps[side + 1], side, next, data);
  return next;
}

// "BLR" or "BLR@2015"
function readSide(text, side, next, data) {
  if (!text) return;
  const [code, label] = text.split("@");
  if (!data.places.has(code)) return;
  next.pair[side] = data.places.get(code);
  next.pairDates[side] =
    label === undefined ? -1 : data.payload.dates.findIndex((d) => d.label === label);
}

export function writeFragment(state, data, part = state.part) {
  const { payload } = data;
  const steps = [part || "verdict"];
  if (part === "country" && state.country >= 0) steps.push(payload.countries[state.country].code);
  if (part === "comparison" && state.pair[0] >= 0 && state.pair[1] >= 0)
    for (const side of [0, 1]) {
      const date = payload.dates[state.pairDates[side]];
      steps.push(payload.countries[state.pair[side]].code + (date ? `@${date.label}` : ""));
    }
  const asked = new URLSearchParams();
  if (state.date !== data.lastDate) asked.set("date", payload.dates[state.date].label);
  if (state.viewpoint !== 0) asked.set("viewpoint", payload.viewpoints[state.viewpoint].name);
  if (state.output !== data.mainOutput)
    asked.set("score", payload.nodes[payload.outputs[state.output]].name);
  if (state.language) asked.set("language", state.language);
  const query = String(asked);
  return `#${steps.map(encodeURIComponent).join("/").replaceAll("%40", "@")}${query ? `?${query}` : ""}`;
}

const decoded = (fragment) => {
  const at = fragment.indexOf("?");
  return at < 0 ? [fragment] : [fragment.slice(0, at), fragment.slice(at + 1)];
};
function safely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not a text of ours
  }
}
