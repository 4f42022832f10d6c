// Keys: one stop of the tabulator for a group of many, arrows within it.

// `items()`: elements in order; `next(item, key)`: where an arrow leads, or null; `act(item)`:
// Enter and space.
export function rove(container, { items, next, act }) {
  const stop = (item) => {
    for (const other of items()) other.setAttribute("tabindex", other === item ? "0" : "-1");
  };
  container.addEventListener("keydown", (event) => {
    const list = items(),
      item = event.target;
    if (!list.includes(item) || event.altKey || event.ctrlKey || event.metaKey) return;
    let to = null;
    if (event.key === "Home") to = list[0];
    else if (event.key === "End") to = list[list.length - 1];
    else if (event.key.startsWith("Arrow"))
      to = next ? next(item, event.key) : inARow(list, item, event.key);
    else if (act && (event.key === "Enter" || event.key === " ")) act(item);
    else return;
    event.preventDefault();
    if (!to) return;
    stop(to);
    to.focus();
  });
  container.addEventListener("focusin", (event) => {
    if (items().includes(event.target)) stop(event.target);
  });
  return { reset: () => stop(items()[0]) };
}

function inARow(list, item, key) {
  const step = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  return list[(list.indexOf(item) + step + list.length) % list.length];
}

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
// The nearest of `list` in the direction of an arrow key; what lies aside counts as farther.
// Undefined: none.
export function nearestInDirection(list, centre, from, key) {
  const [dx, dy] = ways[key];
  const [x, y] = centre(from);
  let best,
    least = Infinity;
  for (const other of list) {
    if (other === from) continue;
    const [ox, oy] = centre(other);
    const ahead = (ox - x) * dx + (oy - y) * dy,
      aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (ahead <= 0) continue;
    const distance = ahead + 2.5 * aside;
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}
