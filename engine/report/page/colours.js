// One colour a band, light to dark (or dim to bright on dark pages), so that the order shows in
// grey print and to eyes that see no red or no green. The ends and three stops between them; bands
// in between are mixed in CIELAB.
import { interpolateLab } from "d3-interpolate";

const stops = {
  light: ["#f5e9cf", "#ecc58b", "#dc9150", "#b0553a", "#6b2230"],
  dark: ["#413c35", "#6d573c", "#a06d31", "#dc9440", "#ffe4ad"],
};

export function bandColours(count, theme) {
  const list = stops[theme];
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? (list.length - 1) / 2 : (i * (list.length - 1)) / (count - 1);
    const from = Math.min(Math.floor(at), list.length - 2);
    return interpolateLab(list[from], list[from + 1])(at - from);
  });
}

// Whether text on a colour should be dark: by relative luminance.
export const wantsDarkText = (colour) => luminance(colour) > 0.3;

export function luminance(colour) {
  const [r, g, b] = channels(colour).map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function channels(colour) {
  if (colour.startsWith("#"))
    return [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255);
  return colour
    .match(/[\d.]+/g)
    .slice(0, 3)
    .map((c) => Number(c) / 255);
}
