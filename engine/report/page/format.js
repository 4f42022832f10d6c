// Numbers, dates and values as `waystone` prints them (engine/report/words.cpp): digits and all.

const powers = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

// The decimal number that x stands for (engine/base/ties.hpp): nine decimals below 100,000,
// fourteen significant digits from there on.
export function decimal(x) {
  const size = Math.abs(x);
  if (!(size < powers[22])) return x;
  let whole = 5;
  while (size >= powers[whole]) ++whole;
  const unit = powers[Math.abs(14 - whole)];
  const fraction = whole <= 14;
  const count = Math.floor((fraction ? size * unit : size / unit) + 0.5);
  const value = fraction ? count / unit : count * unit;
  return x < 0 ? -value : value;
}

export const tie = (a, b) => a === b || decimal(a) === decimal(b);

// In units of the last digit, halves away from zero.
export function inUnits(value, digits) {
  const scaled = decimal(value * 10 ** digits);
  return scaled < 0 ? -Math.round(-scaled) : Math.round(scaled);
}

export function fixed(value, digits) {
  const units = inUnits(value, digits);
  return (units === 0 ? 0 : units / 10 ** digits).toFixed(digits);
}

export const points = (score, digits) => (Number.isNaN(score) ? "not rated" : fixed(score, digits));

export function signedPoints(value, digits) {
  if (Number.isNaN(value)) return "";
  const units = inUnits(value, digits);
  return units === 0 ? "0" : (units > 0 ? "+" : "−") + fixed(Math.abs(value), digits);
}

// The same, but "+<1" for what is not nothing and yet rounds to it.
export function smallPoints(value, digits) {
  if (Number.isNaN(value)) return "";
  if (tie(value, 0) || inUnits(value, digits) !== 0)
    return tie(value, 0) ? "0" : signedPoints(value, digits);
  return `${value > 0 ? "+" : "−"}<${fixed(10 ** -digits, digits)}`;
}

// A change, from the scores as they are: rounded once, not the difference of rounded numbers, so that
// it reads the same wherever it stands.
export function printedMove(from, to, digits) {
  if (Number.isNaN(from) || Number.isNaN(to)) return "";
  return tie(from, to) ? "0" : smallPoints(to - from, digits);
}

export function interval(low, high, digits) {
  if (Number.isNaN(low) || Number.isNaN(high)) return "";
  const from = fixed(low, digits),
    to = fixed(high, digits);
  if (from === to) return to;
  return isWhole(low) && isWhole(high)
    ? `${fixed(low, 0)} to ${fixed(high, 0)}`
    : `${from} to ${to}`;
}
const isWhole = (x) => Math.abs(x - Math.round(x)) <= 1e-10;

export const percent = (share) => (Number.isNaN(share) ? "" : `${fixed(100 * share, 0)}%`);

// A share as a weight is written: "12%", "12.5%".
export const weightText = (share) => `${Number(fixed(100 * share, 2))}%`;

function withSeparators(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

export function amount(value, digits) {
  if (Number.isNaN(value)) return "unknown";
  if (!Number.isFinite(value)) return value < 0 ? "minus infinity" : "infinity";
  const size = Math.abs(value);
  let text;
  if (digits !== undefined) {
    text = fixed(size, digits);
  } else {
    if (size !== 0 && (size >= 1e15 || size < 1e-6)) return String(Number(value.toPrecision(3)));
    text = fixed(size, size === Math.floor(size) ? 0 : digitsOf(size));
    if (text.includes(".")) text = text.replace(/\.?0+$/, "");
  }
  const [whole, fraction] = text.split(".");
  const shown = withSeparators(whole) + (fraction === undefined ? "" : `.${fraction}`);
  return value < 0 && /[1-9]/.test(shown) ? `−${shown}` : shown;
}
function digitsOf(size) {
  if (size >= 100) return 0;
  if (size >= 10) return 1;
  if (size >= 1) return 2;
  if (size >= 0.1) return 3;
  return size >= 0.01 ? 4 : 7;
}

function dollars(value) {
  const size = Math.abs(value);
  if (size >= 1e9) return `USD ${amount(value / 1e9)} billion`;
  if (size >= 1e6) return `USD ${amount(value / 1e6)} million`;
  return `USD ${amount(value)}`;
}

const counted = (number, one, many) => `${number} ${number === "1" ? one : many}`;

// A value in its node's unit: "12.4%", "3 of 4", "yes". `node` as in the payload.
export function valueInShort(node, value) {
  if (Number.isNaN(value)) return "unknown";
  switch (node.unit) {
    case "percent":
      return `${amount(value)}%`;
    case "usd":
      return dollars(value);
    case "years":
      return counted(amount(value), "year", "years");
    case "months":
      return counted(amount(value), "month", "months");
    case "days":
      return counted(amount(value), "day", "days");
    case "points":
      return counted(amount(value), "point", "points");
    case "yes/no":
      return value !== 0 ? "yes" : "no";
    case "date":
      return dayText(value);
    case "code":
      return node.levels?.find((level) => level.value === value)?.code ?? amount(value);
    case "level":
      return node.high === null
        ? `level ${amount(value)}`
        : `${amount(value)} of ${amount(node.high)}`;
    default:
      return amount(value);
  }
}

// The text that the rule file writes beside a level, or "" where there is none for this value.
export function anchorOf(node, value) {
  if (node.unit !== "level" || Number.isNaN(value)) return "";
  const at = (wanted) => node.levels?.find((level) => level.value === wanted)?.anchor;
  if (at(value)) return at(value);
  const below = at(Math.floor(value)),
    above = at(Math.ceil(value));
  return below && above ? `between “${below}” and “${above}”` : "";
}

export function rangeInWords(node, low, high) {
  if (Number.isNaN(low) || Number.isNaN(high) || low === high) return "";
  if (node.unit === "date" && !Number.isFinite(low) && !Number.isFinite(high))
    return "any day or never";
  if (node.unit === "yes/no") return "yes or no";
  if (node.unit === "code") return "any of its codes";
  if (!Number.isFinite(low) && !Number.isFinite(high)) return "anything";
  const end = (value) => {
    if (node.unit === "level") return amount(value);
    return node.unit === "percent" ? `${amount(value)}%` : valueInShort(node, value);
  };
  const from = end(low),
    to = end(high);
  return from === to ? "" : `${from} to ${to}`;
}

// Days since 1970-01-01 as "2014-06-27".
export function dayText(days) {
  if (!Number.isFinite(days)) return days < 0 ? "never" : "any later day";
  return new Date(days * 86400000).toISOString().slice(0, 10);
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
// "2019-06-30" as "30 June 2019".
export function longDate(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${day} ${months[month - 1]} ${year}`;
}

export const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);
export const spoken = (name) => (name.includes(" ") ? name : name.replaceAll("_", " "));

// "1 country", "3 countries".
export const countedText = (number, one, many) => counted(amount(number), one, many);

export function joined(items, last = " and ") {
  if (items.length < 2) return items.join("");
  return items.slice(0, -1).join(", ") + last + items[items.length - 1];
}
