// The map's table (script/cut-map) to GeoJSON. It is TopoJSON, but for arcs as base 64 VLQ:
// differences of whole numbers, shared by neighbours.

const digits = new Map(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((c, i) => [c, i]),
);

// "gBA" is [16, 0]: five bits a character, the lowest first; the lowest of all says the sign.
export function numbersOf(text) {
  const numbers = [];
  let value = 0,
    shift = 0;
  for (const c of text) {
    const digit = digits.get(c);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  return numbers;
}

export function openTopology(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0,
      y = 0;
    const points = [],
      steps = numbersOf(arc);
    for (let i = 0; i < steps.length; i += 2)
      points.push([
        (x += steps[i]) * scale[0] + translate[0],
        (y += steps[i + 1]) * scale[1] + translate[1],
      ]);
    return points;
  });

  const arcOf = (index) => (index < 0 ? arcs[~index].slice().reverse() : arcs[index]);
  // Arcs in a row share their end points.
  const lineOf = (indices) =>
    indices.flatMap((index, i) => (i === 0 ? arcOf(index) : arcOf(index).slice(1)));
  const coordinates = {
    LineString: lineOf,
    MultiLineString: (lines) => lines.map(lineOf),
    Polygon: (rings) => rings.map(lineOf),
    MultiPolygon: (polygons) => polygons.map((rings) => rings.map(lineOf)),
  };

  return (name) =>
    topology.objects[name].geometries.map((geometry) => ({
      type: "Feature",
      properties: geometry.properties ?? {},
      geometry: geometry.type
        ? { type: geometry.type, coordinates: coordinates[geometry.type](geometry.arcs) }
        : null,
    }));
}
