// `sources`: each figure that scores rest on, with whose it is and on what terms.
#pragma once
#include "explain/figures.hpp"
#include "report/data.hpp"

namespace waystone::report {

struct Sourced {
  Held held;  // `told`: countries whose figures are listed for people, in order of code
  std::vector<explain::Figure> figures;
};

/// docs/schema/sources.md
Json sources_json(const Sourced& sourced);
Document sources_text(const Sourced& sourced);
/// A row a figure, every digit, with the header line.
void put_sources_csv(const Sourced& sourced, const Put& put);
/// How every table begins that `put_sources_csv` gives.
inline constexpr std::string_view sources_csv_begin =
    "scenario,as_of,known_by,output,viewpoint,country,country_name,indicator,about,";

}  // namespace waystone::report
