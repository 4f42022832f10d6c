#include "scenario/csv.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace waystone::scenario {
namespace {

// Files called so have tabs between their cells; where the header has none, they are as any other.
// The IMF calls such text .xls; a real workbook never comes this far.
bool is_called_tabbed(std::string_view path) {
  std::string ending(path.substr(path.size() - std::min<std::size_t>(path.size(), 4)));
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return ending == ".tsv" || ending == ".tab" || ending == ".xls";
}

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Whether two names differ by nothing but white space, none of it against some.
bool same_name(std::string_view a, std::string_view b) {
  if (a == b) return true;
  std::size_t i = 0, j = 0;
  const auto skip = [](std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    while (at < text.size() && is_white(text[at])) ++at;
    return at > begin;
  };
  skip(a, i);
  skip(b, j);
  while (i < a.size() && j < b.size()) {
    if (a[i] != b[j]) return false;
    ++i;
    ++j;
    const bool blank = skip(a, i);
    if (blank != skip(b, j) && i < a.size() && j < b.size()) return false;
  }
  return i == a.size() && j == b.size();
}

}  // namespace

CsvReader::CsvReader(const SourceMap& sources, FileId file, Diagnostics& diagnostics,
                     std::size_t skip, bool semicolons)
    : bytes_(sources[file].bytes()), text_(bytes_), file_(file), diagnostics_(diagnostics) {
  for (; skip > 0 && at_ < text_.size(); --skip) skip_line();
  skip_comments();
  const std::string_view header = text_.substr(at_, text_.find('\n', at_) - at_);
  if (is_called_tabbed(sources[file].path()) && header.find('\t') != std::string_view::npos)
    separator_ = '\t';
  else if (semicolons && std::count(header.begin(), header.end(), ';') >
                             std::count(header.begin(), header.end(), ','))
    separator_ = ';';
  read_header();
}

void CsvReader::error(Code code, std::size_t begin, std::size_t end, std::string message,
                      std::vector<std::string> notes) {
  const Span where{file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  if (good_)  // of a row
    bad_rows_.add({code, where, std::move(message), {}, {}, std::move(notes)});
  else
    diagnostics_.add(code, where, std::move(message), {}, std::move(notes));
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
  const auto found = std::find_if(header_.begin(), header_.end(),
                                  [&](const CsvCell& cell) { return same_name(cell.text, name); });
  if (found == header_.end()) return std::nullopt;
  for (auto other = found + 1; other != header_.end(); ++other)
    if (same_name(other->text, name)) say_twice(*found, *other);
  return std::size_t(found - header_.begin());
}

// A column that nobody asks for may stand as often as it likes: publishers' tables have such.
void CsvReader::say_twice(const CsvCell& first, const CsvCell& other) const {
  if (!said_twice_.insert(first.text).second) return;
  diagnostics_.add({Code::E0324,
                    span(other),
                    fmt::format("the column '{}' stands twice", first.text),
                    {},
                    {{span(first), "here first"}},
                    {}});
}

namespace {

// Of a table with another mark between its cells.
std::vector<std::string> ways_on(std::string_view mark) {
  std::vector<std::string> ways{
      "save the file with commas between cells and points as decimal marks"};
  if (mark == "semicolons")
    ways.push_back(
        "or, where its decimal marks are commas, say so where the scenario names the file: { file "
        "= \"…\", decimal = \",\" }");
  return ways;
}

}  // namespace

void CsvReader::read_header() {
  // a line feed first: it stands near, and a whole table may lie behind it
  const bool one_line = text_.find('\n') == std::string_view::npos;
  const std::size_t bare = one_line ? text_.find('\r') : std::string_view::npos;
  if (bare != std::string_view::npos && bare + 1 < text_.size() && text_.find('"') > bare)
    return error(
        Code::E0322, 0, bare,
        "the lines of this file end with carriage returns alone, so that it is one line",
        {"save the file with line feeds (Unix) or carriage returns and line feeds (Windows)"});
  const bool blank = text_.find_first_not_of(" \t\r\n,;", at_) == std::string_view::npos;
  if (blank || !read_row()) {
    if (!row_is_bad_)
      error(Code::E0322, 0, 0, "the file has no header row", {"the first row names the columns"});
    return;
  }
  if (row_is_bad_) return;
  header_ = row_;
  if (header_.size() > most_columns)
    return error(Code::E0322, header_[0].begin, header_[0].end,
                 fmt::format("a table has at most {} columns, this one has {}", most_columns,
                             header_.size()));
  if (const std::string_view mark = other_separator(); !mark.empty())
    return error(Code::E0322, header_[0].begin, header_.back().end,
                 fmt::format("the columns are separated by {}, not by commas", mark),
                 ways_on(mark));
  if (header_[0].text.starts_with("sep="))
    return error(Code::E0322, header_[0].begin, header_.back().end,
                 "line 1 is a note to a spreadsheet, not the header", {"leave this line out"});
  good_ = true;
}

namespace {

// How often a mark stands between cells: not within quotes, and no bar with blanks around it, which
// parts the words of a name ("Q1 | Stateness").
std::size_t count_marks(std::string_view line, char mark) {
  std::size_t count = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    const bool in_words = mark == '|' && i > 0 && line[i - 1] == ' ';
    if (line[i] == mark && !quoted && !in_words) ++count;
  }
  return count;
}

}  // namespace

// "semicolons" where the header has more of them than of commas.
std::string_view CsvReader::other_separator() const {
  const std::string_view line =
      text_.substr(header_[0].begin, header_.back().end - header_[0].begin);
  for (const auto& [mark, name] : {std::pair{';', "semicolons"}, {'\t', "tabs"}, {'|', "bars"}}) {
    const std::size_t count = mark == separator_ ? 0 : count_marks(line, mark);
    if (count > 0 && count >= header_.size() && header_[0].text.find('"') == std::string_view::npos)
      return name;
  }
  return {};
}

bool CsvReader::next() {
  while (good_ && read_row()) {
    if (row_is_bad_) continue;
    if (std::all_of(row_.begin(), row_.end(),
                    [](const CsvCell& cell) { return cell.text.empty(); })) {
      after_row_ = false;
      continue;
    }
    note_end();
    if (row_.size() == header_.size()) return true;
    if (pass_over_ && pass_over_()) continue;
    refuse_row();
  }
  bad_rows_.finish(diagnostics_);
  bad_rows_ = {};
  return false;
}

// Rows that are mended in one way are told together, however many cells they have.
void CsvReader::refuse_row() {
  const std::string advice = advice_on_row();
  const Span where{file_, row_.front().begin, row_.back().end};
  bad_rows_.add({Code::E0323,
                 where,
                 fmt::format("this row has {} cell{}, the header has {}", row_.size(),
                             row_.size() == 1 ? "" : "s", header_.size()),
                 {},
                 {},
                 {advice}},
                advice);
}

// How to mend a row that has more or fewer cells than the header.
std::string CsvReader::advice_on_row() const {
  const std::string_view mark = separator_ == ','   ? "comma"
                                : separator_ == ';' ? "semicolon"
                                                    : "tab";
  if (row_.size() == header_.size() + 1 && row_.back().text.empty())
    return fmt::format("a {} ends the row: take it away", mark);
  if (row_.size() > header_.size())
    return fmt::format("a {} within a cell needs quotes around the cell", mark);
  if (row_.size() == 1 && header_.size() > 1) {
    const std::string_view cell = row_.front().text;
    if (std::size_t(std::count(cell.begin(), cell.end(), separator_)) + 1 == header_.size())
      return "the whole row stands between quotes: take them away";
    for (const char other : {';', '\t', '|', ','})
      if (other != separator_ &&
          std::size_t(std::count(cell.begin(), cell.end(), other)) + 1 == header_.size())
        return fmt::format("part the cells of this row by {}s, as the others are", mark);
    return "others = \"skip\" leaves out lines after the table";
  }
  return fmt::format("write an empty cell for what is missing, between {}s", mark);
}

// A line of one cell behind other such lines is a footer; behind a row it is the head of another.
void CsvReader::note_end() {
  const bool of_table = row_.size() > 1 || after_row_;
  if (at_ >= text_.size() && !text_.ends_with('\n') && of_table) open_end_ = span(row_.back());
  after_row_ = row_.size() == header_.size();
}

void CsvReader::skip_line() {
  at_ = std::min(text_.find('\n', at_), text_.size());
  if (at_ < text_.size()) ++at_;
}

// Up to the row before: `row_text` may still be asked for that.
void CsvReader::note_passed() {
  told_ = at_;
  bytes_.passed(at_, Passage::reading);
}

void CsvReader::skip_comments() {
  while (at_ < text_.size() && text_[at_] == '#') skip_line();
}

bool CsvReader::read_row() {
  row_.clear();
  row_is_bad_ = false;
  if (at_ - told_ >= Bytes::stretch) note_passed();
  skip_comments();
  if (at_ >= text_.size()) return false;
  After after = After::cell;
  while (after == After::cell) {
    CsvCell& cell = row_.emplace_back();
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    after = at_ < text_.size() && text_[at_] == '"' ? read_quoted(cell) : read_plain(cell);
  }
  return true;
}

CsvReader::After CsvReader::end_of_cell() {
  if (at_ >= text_.size()) return After::row;
  if (text_[at_++] == separator_) return After::cell;
  return After::row;  // a line feed
}

CsvReader::After CsvReader::read_plain(CsvCell& cell) {
  const std::size_t begin = at_;
  std::size_t quote = std::string_view::npos;
  for (; at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n'; ++at_)
    if (text_[at_] == '"') quote = std::min(quote, at_);
  std::size_t end = at_;
  while (end > begin && (is_blank(text_[end - 1]) || text_[end - 1] == '\r')) --end;
  cell = {text_.substr(begin, end - begin), static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(end)};
  if (quote == std::string_view::npos) return end_of_cell();
  row_is_bad_ = true;
  error(Code::E0322, quote, quote + 1, "a quote in the middle of a cell",
        {"put the whole cell between quotes and double those within"});
  skip_line();
  return After::row;
}

CsvReader::After CsvReader::read_quoted(CsvCell& cell) {
  const std::size_t begin = at_++;
  const std::size_t content = at_;
  bool doubled = false;
  while (true) {
    at_ = text_.find('"', at_);
    if (at_ == std::string_view::npos) {
      at_ = text_.size();
      row_is_bad_ = true;
      error(Code::E0322, begin, begin + 1, "this quote is never closed",
            {"what follows in this file was not read"});
      return After::row;
    }
    if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    at_ += 2;
  }
  cell = {text_.substr(content, at_ - content), static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(at_ + 1)};
  if (doubled) {
    std::string& plain = unescaped_.emplace_back();
    for (std::size_t i = 0; i < cell.text.size(); ++i) {
      plain += cell.text[i];
      if (cell.text[i] == '"') ++i;
    }
    cell.text = plain;
  }
  ++at_;
  while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '\r')) ++at_;
  if (at_ >= text_.size() || text_[at_] == separator_ || text_[at_] == '\n') return end_of_cell();
  row_is_bad_ = true;
  error(Code::E0322, at_, at_ + 1, "text after the closing quote of a cell",
        {"double a quote that belongs to the text: \"\""});
  skip_line();
  return After::row;
}

}  // namespace waystone::scenario
