// Elements, made without any HTML text: whatever a rule file or a table says comes in as text.

const svgSpace = "http://www.w3.org/2000/svg";

// el("p", {class: "note", onclick: f}, "text", child, …). Properties: `class`, `data-…`, `aria-…`
// and other attributes; `on…` a listener. false, null and undefined leave an attribute or a child
// out.
export function el(tag, properties, ...children) {
  return filled(document.createElement(tag), properties, children);
}

export function svg(tag, properties, ...children) {
  return filled(document.createElementNS(svgSpace, tag), properties, children);
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

export function add(element, children) {
  for (const child of children.flat(Infinity))
    if (child !== false && child !== null && child !== undefined && child !== "")
      element.append(child);
  return element;
}

// New children in place of the old ones.
export function refill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

// Writes only what differs, so that nothing is laid out again for a text that stays.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Custom properties by the object model: a content security policy without inline styles allows
// that.
export function setStyle(element, properties) {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  return element;
}

let made = 0;
// An id that no other element has.
export const freshId = (stem) => `${stem}-${++made}`;

export const hidden = (text) => el("span", { class: "unseen" }, text);

// A link within the page that wraps with the text around it.
export function jump(kind, text, follow) {
  return el(
    "a",
    {
      class: kind,
      href: "#behind-it",
      onclick: (event) => {
        event.preventDefault();
        follow();
      },
    },
    text,
  );
}
