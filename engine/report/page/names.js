// Names as readers type them: without accents, and the other and former names of countries.

// Lower case without accents, spaces and signs: "Côte d’Ivoire" and "cote divoire" are one.
export const plainName = (text) =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replace(/ı/g, "i")
    .replace(/[^\p{L}\p{N}]/gu, "");

// Names that the payload doesn't have, by code.
const others = {
  BOL: "Plurinational State of Bolivia",
  BRN: "Brunei Darussalam",
  CIV: "Ivory Coast",
  COD: "Democratic Republic of the Congo, DR Congo, DRC, Zaire, Congo-Kinshasa",
  COG: "Republic of the Congo, Congo-Brazzaville",
  CPV: "Cape Verde, Cabo Verde",
  CZE: "Czech Republic, Czechia",
  EGY: "Arab Republic of Egypt",
  FSM: "Federated States of Micronesia",
  IRN: "Islamic Republic of Iran, Persia",
  KGZ: "Kyrgyz Republic, Kirghizia",
  KHM: "Kampuchea",
  KOR: "Republic of Korea, South Korea",
  LAO: "Lao PDR, Laos",
  LKA: "Ceylon",
  MDA: "Republic of Moldova",
  MKD: "North Macedonia, Macedonia",
  MMR: "Myanmar, Burma",
  PRK: "North Korea, DPRK",
  RUS: "Russian Federation",
  SVK: "Slovak Republic, Slovakia",
  SWZ: "Eswatini, Swaziland",
  SYR: "Syrian Arab Republic",
  TLS: "Timor-Leste, East Timor",
  TUR: "Turkey, Türkiye",
  TZA: "United Republic of Tanzania",
  VEN: "Bolivarian Republic of Venezuela",
  VNM: "Viet Nam, Vietnam",
};

const known = new WeakMap(); // a country: its names, plain
// `query` as plainName gives it; a code has to be whole.
export function isNamed(country, query) {
  if (!known.has(country))
    known.set(country, [country.name, ...(others[country.code]?.split(", ") ?? [])].map(plainName));
  return (
    country.code.toLowerCase() === query || known.get(country).some((name) => name.includes(query))
  );
}
