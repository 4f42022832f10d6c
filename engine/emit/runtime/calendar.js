// Months between two days (engine/base/date.cpp). Days count from 1970-01-01; the calendar is the
// Gregorian one, from the year 1 to 9999.

const FIRST_DAY = -719162, LAST_DAY = 2932896;
const DAYS_PER_MONTH = 365.2425 / 12;

/** Days to the first of a month; months count from January of the year 0. */
function firstOf(month) {
  const year = Math.floor(month / 12) - (month % 12 < 2 ? 1 : 0); // years that begin in March
  const sinceMarch = (month + 10) % 12;
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) +
    Math.floor((153 * sinceMarch + 2) / 5) - 719468;
}

/** A day as [month, day of that month]. */
function dayOfMonth(day) {
  let month = Math.floor((day + 719528) / 30.436875);
  while (firstOf(month) > day) --month;
  while (firstOf(month + 1) <= day) ++month;
  return [month, day - firstOf(month) + 1];
}

/** The same day of the month so many months later, or the last one of that month. */
function addMonths(day, months) {
  const [from, at] = dayOfMonth(day), month = from + months;
  if (month < 12) return FIRST_DAY;
  if (month >= 12 * 10000) return LAST_DAY;
  const first = firstOf(month);
  return first + Math.min(at, firstOf(month + 1) - first) - 1;
}

const withinCalendar = (days) => Math.trunc(clamped(days, FIRST_DAY, LAST_DAY));

/** `from` laid so many months on; between two days in a straight line. */
function laid(from, months) {
  const day = withinCalendar(Math.floor(from)), part = from - day, at = addMonths(day, months);
  return part === 0 ? at : at + part * (addMonths(day + 1, months) - at);
}

function monthsForward(from, to) {
  let months = dayOfMonth(withinCalendar(Math.floor(to)))[0] - dayOfMonth(withinCalendar(Math.floor(from)))[0];
  if (laid(from, months) > to) --months;
  return months + lesser((to - laid(from, months)) / DAYS_PER_MONTH, 1);
}

/** Whole months on the calendar, and what is left over as a part of a mean month. */
function monthsBetween(from, to) {
  if (!isFinite(from) || !isFinite(to)) return to - from;
  const start = clamped(from, FIRST_DAY, LAST_DAY), end = clamped(to, FIRST_DAY, LAST_DAY);
  return end < start ? -monthsForward(end, start) : monthsForward(start, end);
}

/** "2024-12-31" as days; NaN where it is no day of the calendar. */
function daysOf(date) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!found) return NaN;
  const [year, month, day] = found.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1) return NaN;
  const first = firstOf(12 * year + month - 1);
  return day <= firstOf(12 * year + month) - first ? first + day - 1 : NaN;
}
