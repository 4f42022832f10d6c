#include "scenario/table_yield.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace waystone::scenario {

bool report_yield(const TableYield& yield, const RowFilter& filter, const TableForm& form,
                  FileId file, Span asked, const FigureTarget& target, const Reading& reading) {
  const std::string& path = reading.sources[file].path();
  const auto say = [&](std::string message, std::vector<std::string> notes = {}) {
    reading.error(Code::W0306, asked, std::move(message), std::move(notes));
  };
  if (yield.rows == 0)
    say(fmt::format("{} has no rows", path));
  else
    filter.report(file, form, yield.selected, reading);
  if (yield.selected == 0) return true;
  const auto& nodes = reading.model.nodes;  // a table of partners is about nobody else
  const bool read_of_partners = std::any_of(nodes.begin(), nodes.end(), [](const auto& node) {
    return node.kind == model::NodeKind::indicator && node.indicator().over;
  });
  if (yield.scored == 0 && read_of_partners) return yield.figures == 0;
  if (yield.scored == 0)
    say(fmt::format("no row of {} is about a country that this scenario scores", path),
        yield.codes.empty()
            ? std::vector<std::string>{}
            : std::vector<std::string>{"its rows are about " + listed(yield.codes)});
  else if (yield.figures == 0)
    say(fmt::format("{} has no figure: every cell that is asked for is empty", path));
  if (yield.figures == 0)  // said once, of the table
    std::erase_if(target.named, [&](const auto& entry) { return entry.second.file == file; });
  return yield.figures == 0;
}

}  // namespace waystone::scenario
