// The title of the page, the line below it and the stamp at its end, of the date that is chosen.
import { longDate } from "./format.js";

export function titleWords(payload, date) {
  const one = payload.dates[date],
    last = payload.dates[payload.dates.length - 1];
  // A scenario that is scored on several dates has one title, written for its own.
  const own = one.title || payload.title || payload.model.title;
  const title =
    one !== last && own === (last.title || payload.title || payload.model.title)
      ? `${own}: on ${longDate(one.as_of)}`
      : own;
  const subtitle = [
    payload.only,
    `as of ${longDate(one.as_of)}`,
    one.known_by && one.known_by !== one.as_of ? `known by ${longDate(one.known_by)}` : "",
    payload.dates.length > 1 ? `one of ${payload.dates.length} dates` : "",
  ]
    .filter(Boolean)
    .join("; ");
  const stamp = `${payload.tool}; as of ${one.as_of}; rules ${payload.model.hash.slice(0, 12)}; facts ${one.hash.slice(0, 12)}`;
  return { title, subtitle, stamp };
}
