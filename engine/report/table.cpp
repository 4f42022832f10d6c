#include "report/table.hpp"

#include <algorithm>
#include <cmath>

#include "source/source.hpp"

namespace waystone::report {

void Table::add(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

void Table::add_blank() { rows_.emplace_back(columns_.size()); }

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> result;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t widest = display_width(columns_[c].header);
    for (const auto& row : rows_) widest = std::max(widest, display_width(row[c]));
    result.push_back(widest);
  }
  return result;
}

std::size_t Table::width() const {
  std::size_t total = 0;
  const auto columns = widths();
  for (std::size_t c = 0; c < columns.size(); ++c)
    total += columns[c] + (c > 0 ? columns_[c].gap : 0);
  return total;
}

std::string Table::text(std::size_t indent) const {
  const auto columns = widths();
  std::string out;
  const auto line = [&](auto cell) {
    std::string row(indent, ' ');
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c > 0) row.append(columns_[c].gap, ' ');
      row += padded(cell(c), columns[c], columns_[c].align);
    }
    row.erase(row.find_last_not_of(' ') + 1);
    out += row + '\n';
  };
  const bool headed = std::any_of(columns_.begin(), columns_.end(),
                                  [](const Column& c) { return !c.header.empty(); });
  if (headed) line([&](std::size_t c) -> const std::string& { return columns_[c].header; });
  for (const auto& row : rows_) line([&](std::size_t c) -> const std::string& { return row[c]; });
  return out;
}

Table without_drawing(const Table& table) {
  const std::vector<Column>& columns = table.columns();
  std::vector<Column> kept;
  std::vector<std::size_t> into;  // by column: the last one kept, which it joins
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].drawn && !kept.empty()) kept.back().header = columns[c].header;
    if (c == 0 || (columns[c].gap > 0 && !columns[c].drawn)) kept.push_back(columns[c]);
    into.push_back(kept.size() - 1);
  }
  Table plain(kept);
  for (const auto& row : table.rows()) {
    std::vector<std::string> cells(kept.size());
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (!columns[c].drawn) cells[into[c]] += row[c];
    plain.add(std::move(cells));
  }
  return plain;
}

std::string padded(std::string_view text, std::size_t width, Align align) {
  const std::size_t used = display_width(text);
  const std::string fill(width > used ? width - used : 0, ' ');
  return align == Align::left ? std::string(text) + fill : fill + std::string(text);
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t hanging,
                    std::size_t width) {
  std::string out(indent, ' ');
  std::size_t used = indent;
  bool first = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \n", at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(" \n", begin), text.size());
    const std::string_view word = text.substr(begin, at - begin);
    const std::size_t needed = display_width(word);
    if (!first && used + 1 + needed > width) {
      out += '\n' + std::string(hanging, ' ');
      used = hanging;
      first = true;
    }
    if (!first) out += ' ', ++used;
    out += word;
    used += needed;
    first = false;
  }
  return out + '\n';
}

std::string two_sided_bar(double value, double largest, std::size_t half) {
  const double share =
      largest > 0 && !std::isnan(value) ? std::min(1.0, std::abs(value) / largest) : 0;
  const auto length = std::size_t(std::lround(share * double(half)));
  std::string blocks;
  for (std::size_t i = 0; i < length; ++i) blocks += "█";
  const std::string empty(half, ' '), rest(half - length, ' ');
  return value < 0 ? rest + blocks + "│" + empty : empty + "│" + blocks + rest;
}

}  // namespace waystone::report
