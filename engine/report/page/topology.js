// TopoJSON (map/world.json) to GeoJSON: arcs are differences of whole numbers, shared by neighbours.

export function openTopology(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });

  const arcOf = (index) => (index < 0 ? arcs[~index].slice().reverse() : arcs[index]);
  // Arcs in a row share their end points.
  const lineOf = (indices) => indices.flatMap((index, i) => (i === 0 ? arcOf(index) : arcOf(index).slice(1)));
  const coordinates = {
    LineString: lineOf,
    MultiLineString: (lines) => lines.map(lineOf),
    Polygon: (rings) => rings.map(lineOf),
    MultiPolygon: (polygons) => polygons.map((rings) => rings.map(lineOf)),
  };

  return (name) => topology.objects[name].geometries.map((geometry) => ({
    type: "Feature",
    properties: geometry.properties ?? {},
    geometry: geometry.type ? { type: geometry.type, coordinates: coordinates[geometry.type](geometry.arcs) } : null,
  }));
}
