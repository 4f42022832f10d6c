// Tables as files: CSV by RFC 4180, made in the page and saved by the reader.
import { el } from "./dom.js";

export function csvOf(header, rows) {
  return [header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

// A text that a spreadsheet would run as a formula gets an apostrophe before it.
function cell(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// `table()` gives [header, rows] when the button is pressed.
export function saveButton(name, table, text = "Save as CSV") {
  return el(
    "button",
    { type: "button", class: "quiet", onclick: () => save(`${name}.csv`, csvOf(...table())) },
    text,
    el("span", { class: "unseen" }, `: ${name}`),
  );
}

function save(name, text) {
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export async function copyText(text, area) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    area.focus();
    area.select();
    return document.execCommand("copy");
  }
}
