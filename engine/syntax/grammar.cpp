// A file is read declaration by declaration, so that one that can't be read costs only itself. The
// declarations' own grammar is in the files read_….cpp.
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

#include "diagnose/file_kinds.hpp"
#include "syntax/foreign.hpp"
#include "syntax/habits.hpp"
#include "syntax/readers.hpp"

namespace waystone::syntax {
namespace {

// ---- where declarations begin

bool is_declaration_keyword(std::string_view word) {
  const auto& words = declaration_keywords();
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A misspelt keyword opens a declaration too, unless it is a word that opens a line inside one.
bool may_be_declaration_keyword(std::string_view word) {
  static const std::set<std::string_view> line_words{
      "always", "bands",  "because",  "best",  "cites",     "combine",   "curve",
      "digits", "expect", "expected", "for",   "from",      "half",      "horizon",
      "in",     "judged", "label",    "lag",   "level",     "levels",    "licence",
      "main",   "member", "missing",  "owner", "plausible", "published", "publisher",
      "range",  "review", "reweight", "scale", "stale",     "strength",  "then",
      "tied",   "unit",   "until",    "url",   "version",   "when"};
  return is_declaration_keyword(word) ||
         (!line_words.contains(word) && nearest(word, declaration_keywords()));
}

// The next line after `at` that begins, in its first column, with a declaration's keyword, a blank
// and a name or text.
Iterator next_declaration(Iterator at, Iterator last) {
  while (at != last) {
    at = std::find(at, last, '\n');
    if (at == last) return last;
    ++at;
    const Iterator end = end_of_word(at, last);
    if (end == at || end == last || (*end != ' ' && *end != '\t') ||
        !may_be_declaration_keyword({at, std::size_t(end - at)}))
      continue;
    const Iterator next = std::find_if_not(end, last, [](char c) { return c == ' ' || c == '\t'; });
    if (next != last && (*next == '"' || starts_word(*next))) return at;
  }
  return last;
}

// ---- nesting

// Guards the stack: the grammar reads brackets, prefixes and choices by recursion, and a chain of
// operators becomes a tree as deep as it is long. Gives the first place of [first, last) beyond
// what is allowed in one declaration.
class NestingGuard {
 public:
  std::optional<Iterator> first_beyond(Iterator first, Iterator last) {
    for (Iterator at = first; at < last;) {
      const Iterator here = at;
      at = step(at, last);
      if (brackets_ > deepest_nesting || recursive_ > most_recursive || operators_ > most_operators)
        return here;
    }
    return std::nullopt;
  }

 private:
  static constexpr int most_recursive = 4 * deepest_nesting, most_operators = 5000;

  Iterator step(Iterator at, Iterator last) {
    const char c = *at;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return at + 1;
    if (c == '#') return std::find(at, last, '\n');
    if (c == '"') return end_of_text(at, last);
    if (continues_word(c)) return word(at, last);
    const bool ends_operand = c == ')' || c == '}' || c == '%';
    if (c == '(' || c == '{') ++brackets_;
    if (c == ')' || c == '}') --brackets_;
    if (c == '^' || (c == '-' && last_was_operator_)) ++recursive_;
    if (std::string_view("+-*/^<>=").find(c) != std::string_view::npos) ++operators_;
    last_was_operator_ = !ends_operand;
    return at + 1;
  }

  Iterator word(Iterator at, Iterator last) {
    const Iterator end = end_of_word(at, last);
    const std::string_view text(at, std::size_t(end - at));
    const bool opens = text == "when" || text == "expect" || is_declaration_keyword(text);
    if (opens) recursive_ = operators_ = 0;
    if (text == "not" || text == "if") ++recursive_;
    if (text == "and" || text == "or") ++operators_;
    last_was_operator_ = opens || text == "not" || text == "if" || text == "then" ||
                         text == "else" || text == "and" || text == "or";
    return end;
  }

  static Iterator end_of_text(Iterator at, Iterator last) {
    for (++at; at != last && *at != '"' && *at != '\n'; ++at)
      if (*at == '\\' && at + 1 != last) ++at;
    return at == last ? at : at + 1;
  }

  int brackets_ = 0, recursive_ = 0, operators_ = 0;
  bool last_was_operator_ = true;
};

// ---- failures

// The token at `at`, as shown in "found …".
std::pair<Iterator, std::string> token_at(Iterator at, Iterator last) {
  if (at == last) return {at, "the end"};
  Iterator end = at + 1;
  if (continues_word(*at))
    end = end_of_word(at, last);
  else if (*at == '"') {
    end = std::find_if(at + 1, last, [](char c) { return c == '"' || c == '\n'; });
    if (end != last && *end == '"') ++end;
  } else {
    end = end_of_character(at, last);
  }
  constexpr std::ptrdiff_t longest = 40;
  Iterator cut = at;
  while (cut != end && end_of_character(cut, end) - at <= longest) cut = end_of_character(cut, end);
  return {end, fmt::format("'{}'", std::string_view(at, std::size_t(cut - at)))};
}

// Where the text begins that was closed by the opening quote of the next one, if that is why the
// reader stumbled at `at`: the line has an odd number of quotes, and a word follows right behind
// the text's end, before `at`.
std::optional<Iterator> text_left_open(Iterator at, const State& state) {
  constexpr std::ptrdiff_t longest =
      2000;  // a line that no hand wrote; each fault of it would be looked for from its start
  Iterator c = at;
  while (c != state.start && c[-1] != '\n' && at - c < longest) --c;
  if (at - c == longest) return std::nullopt;
  std::optional<Iterator> open,
      before_word;  // the text that is open; the first that a word follows
  for (; c != state.end && *c != '\n'; ++c) {
    if (c - at == longest) return std::nullopt;
    if (open && *c == '\\' && c + 1 != state.end && (c[1] == '"' || c[1] == '\\'))
      ++c;
    else if (*c == '#' && !open)
      break;
    else if (*c == '"' && !open)
      open = c;
    else if (*c == '"') {
      if (c < at && !before_word && c + 1 != state.end && continues_word(c[1])) before_word = open;
      open.reset();
    }
  }
  if (!open) return std::nullopt;
  return before_word;
}

// Whether an expression may go on where the reader stumbled, or be what was wanted there.
bool may_be_in_expression(const Failure& failure) {
  if (failure.code == Code::E0105 || failure.code == Code::E0106) return true;
  static constexpr std::string_view after[] = {
      "expected 'then'",   "expected 'else'",      "expected ')'",          "expected '('",
      "expected a number", "expected a condition", "expected an expression"};
  return failure.code == Code::E0101 &&
         (failure.message.find("does not belong here") != std::string::npos ||
          std::any_of(std::begin(after), std::end(after),
                      [&](std::string_view words) { return failure.message.starts_with(words); }));
}

// What is an operator elsewhere is refused as that, at its place.
std::optional<Failure> foreign(const Failure& failure, const State& state) {
  if (!may_be_in_expression(failure)) return std::nullopt;
  const std::string_view text(state.begin, std::size_t(state.end - state.begin));
  auto found = foreign_operator(text, std::size_t(failure.from - state.begin));
  if (!found) return std::nullopt;
  return Failure{Code::E0101,
                 state.begin + found->begin,
                 state.begin + found->end,
                 std::move(found->message),
                 {std::move(found->note)}};
}

void report(Failure failure, State& state) {
  const bool stumbled = failure.code == Code::E0101 || failure.code == Code::E0102 ||
                        failure.code == Code::E0105 || failure.code == Code::E0106;
  if (const auto open = stumbled ? text_left_open(failure.from, state) : std::nullopt)
    failure = unclosed_text(*open);
  if (auto operation = foreign(failure, state)) {
    state.diagnostics->add(operation->code, state.span(operation->from, operation->to),
                           std::move(operation->message), {}, std::move(operation->notes));
    return;
  }
  if (failure.code == Code::E0101 || failure.code == Code::E0105 || failure.code == Code::E0106)
    for (std::string& note : habits(failure, state))
      failure.notes.insert(failure.notes.begin(), std::move(note));
  state.diagnostics->add(failure.code, state.span(failure.from, failure.to),
                         std::move(failure.message), {}, std::move(failure.notes));
}

// The words that may stand where "a missing policy (refuse, unknown, carry forward)" is expected:
// each as it begins.
std::vector<std::string> first_words(std::string_view expected) {
  std::vector<std::string> words;
  const std::size_t open = expected.find('('), close = expected.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return words;
  for (std::size_t at = open + 1; at < close;) {
    const std::size_t stop = std::min(expected.find(", ", at), close);
    const std::string_view word =
        expected.substr(at, std::min(expected.find_first_of(" (", at), stop) - at);
    if (word.size() > 1 && is_lower(word[0])) words.emplace_back(word);
    at = stop + 2;
  }
  return words;
}

std::vector<std::string> meant(std::string_view expected, std::string_view found) {
  if (expected.starts_with("what the effect does"))
    if (std::string deed = instead_of_effect(found); !deed.empty()) return {std::move(deed)};
  if (std::string money = instead_of_currency(found); !money.empty()) return {std::move(money)};
  if (found.size() == 3 && std::all_of(found.begin(), found.end(), is_upper) && !is_function(found))
    return {"rules can't name countries; expectations put them in parentheses: risk(UKR)"};
  if (expected == "nothing more" && (found == "and" || found == "or"))
    return {found == "and" ? "write an expectation for each"
                           : "an expectation says one thing: assert one of them"};
  return suggestion(found, first_words(expected));
}

Failure unexpected(Iterator at, Iterator last, const std::string& expected) {
  const Iterator from = skip_blanks_and_comments(at, last);
  // what is missing at the end of a line is shown there, not at the head of the next one
  const bool line_break = std::find(at, from, '\n') != from;
  const auto [end, found] = token_at(from, last);
  if (line_break || from == last)
    return {Code::E0101, at, at, fmt::format("expected {} here", expected), {}};
  return {Code::E0101, from, end, fmt::format("expected {}, found {}", expected, found),
          meant(expected, {from, std::size_t(end - from)})};
}

// ---- one declaration

/// Reads with `read` from `at`; on failure reports and gives nothing.
template <class Value>
bool read_with(Reader<Value> read, std::string_view expected, Iterator& at, Iterator last,
               State& state, Value& value) {
  const Iterator start = at;
  try {
    if (read(at, last, state, value)) return true;
    report(unexpected(start, last, std::string(expected)), state);
  } catch (const Unexpected& found) {
    report(unexpected(found.at, last, found.expected), state);
  } catch (const Failure& failure) {
    report(failure, state);
  }
  return false;
}

using DeclarationReader = bool (*)(Iterator&, Iterator, State&, std::vector<Declaration>&);

template <class Value, Reader<Value> read>
bool read_declaration(Iterator& at, Iterator last, State& state, std::vector<Declaration>& out) {
  Value value{};
  if (!read_with<Value>(read, "a declaration", at, last, state, value)) return false;
  out.emplace_back(std::move(value));
  return true;
}

// sample: kept by name, its block passed over.
bool read_reserved(Iterator& at, Iterator last, State& state, std::vector<Declaration>& out) {
  const Iterator start = at, end = end_of_word(at, last);
  const Iterator named = skip_blanks_and_comments(end, last), named_end = end_of_word(named, last);
  Reserved reserved{state.span(start, named_end),
                    {std::string(start, end), state.span(start, end)},
                    {std::string(named, named_end), state.span(named, named_end)}};
  out.emplace_back(std::move(reserved));
  at = last;
  return true;
}

const std::map<std::string_view, DeclarationReader>& readers() {
  static const std::map<std::string_view, DeclarationReader> table{
      {"include", read_declaration<Include, read_include>},
      {"model", read_declaration<ModelDefaults, read_model>},
      {"source", read_declaration<Source, read_source>},
      {"output", read_declaration<Factor, read_output>},
      {"viewpoint", read_declaration<Viewpoint, read_viewpoint>},
      {"indicator", read_declaration<Indicator, read_indicator>},
      {"group", read_declaration<Group, read_group>},
      {"parameter", read_declaration<Parameter, read_parameter>},
      {"derived", read_declaration<Derived, read_derived>},
      {"factor", read_declaration<Factor, read_factor>},
      {"rule", read_declaration<Rule, read_rule>},
      {"tripwire", read_declaration<Tripwire, read_tripwire>},
      {"example", read_declaration<Example, read_example>},
      {"relation", read_declaration<Relation, read_relation>},
      {"sample", read_reserved}};
  return table;
}

// A declaration without its name may be that of any name; what is written in capitals by mistake is
// read in small letters elsewhere.
void remember_broken(Iterator start, Iterator last, const State& state, File& file) {
  const Iterator after = end_of_word(start, last), named = skip_blanks_and_comments(after, last),
                 end = end_of_word(named, last);
  const std::string_view keyword(start, std::size_t(after - start));
  std::string name(named, end);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return is_upper(c) ? char(c - 'A' + 'a') : c; });
  if (!name.empty())
    file.broken.push_back({std::move(name), state.span(named, end)});
  else if (!keyword.empty() && keyword != "model" && keyword != "example")
    file.broken.push_back({"", state.span(start, after)});
}

void report_unknown_word(Iterator at, Iterator last, State& state) {
  const auto [end, found] = token_at(at, last);
  const std::string word(at, end);
  std::vector<std::string> keywords = declaration_keywords();
  std::erase(keywords, "sample");  // reserved: it can't be written yet
  auto notes = starts_word(*at) ? suggestion(word, keywords) : std::vector<std::string>{};
  if (std::string instead = instead_of_declaration(word); !instead.empty())
    notes = {std::move(instead)};
  notes.push_back(fmt::format("declarations open with {}", fmt::join(keywords, ", ")));
  report({Code::E0105, at, end, fmt::format("{} opens no declaration", found), std::move(notes)},
         state);
}

// Whether what stands at `at` belongs to the declaration read from `start`: on one line with its
// end, or no word at all. Then half of it was read, and means nothing.
bool goes_on(Iterator start, Iterator at) {
  Iterator last = at;
  while (last != start &&
         (last[-1] == ' ' || last[-1] == '\t' || last[-1] == '\r' || last[-1] == '\n'))
    --last;
  const bool closed = last != start && last[-1] == '}';
  return !closed && (!starts_word(*at) || std::find(last, at, '\n') == at);
}

// Everything up to `end`, which is where the next declaration certainly begins.
void read_region(Iterator at, Iterator end, State& state, File& file) {
  if (const auto deep = NestingGuard().first_beyond(at, end)) {
    report({Code::E0005,
            *deep,
            *deep + 1,
            fmt::format("this is nested more than {} deep, or chained too long, to be read",
                        deepest_nesting),
            {}},
           state);
    remember_broken(at, end, state, file);
    return;
  }
  std::optional<Iterator> before;  // where the declaration before began
  for (at = skip_blanks_and_comments(at, end); at != end; at = skip_blanks_and_comments(at, end)) {
    const Iterator start = at;
    const auto reader = readers().find({at, std::size_t(end_of_word(at, end) - at)});
    if (reader == readers().end()) {
      report_unknown_word(at, end, state);
      if (before && goes_on(*before, at)) {
        file.declarations.pop_back();
        remember_broken(*before, end, state, file);
      }
      return remember_broken(start, end, state, file);
    }
    before = start;
    if (!reader->second(at, end, state, file.declarations))
      return remember_broken(start, end, state, file);
  }
}

bool usable(const SourceMap& sources, FileId file, Diagnostics& diagnostics) {
  const std::string_view text = sources[file].text();
  if (text.size() > largest_file) {
    diagnostics.add(Code::E0002, {file, 0, 0},
                    fmt::format("the file has {} MB; at most {} are read", text.size() >> 20,
                                largest_file >> 20));
    return false;
  }
  if (const auto bad = first_invalid_utf8(text)) {
    diagnostics.add(
        no_text(sources, file, std::uint32_t(*bad), static_cast<unsigned char>(text[*bad])));
    return false;
  }
  const std::size_t bare = text.find('\r');
  if (bare != std::string_view::npos && bare + 1 < text.size() &&
      text.find('\n') == std::string_view::npos) {  // a comment would swallow the rest
    const auto at = std::uint32_t(bare);
    diagnostics.add(
        Code::E0101, {file, at, at + 1},
        "the lines of this file end with carriage returns alone, so that it is one line", {},
        {"save the file with line feeds (Unix) or carriage returns and line feeds (Windows)"});
    return false;
  }
  return true;
}

}  // namespace

const std::vector<std::string>& declaration_keywords() {
  static const std::vector<std::string> words{
      "include", "model",  "source", "output",   "viewpoint", "indicator", "group", "parameter",
      "derived", "factor", "rule",   "tripwire", "example",   "relation",  "sample"};
  return words;
}

std::string_view name_of(Unit unit) {
  static constexpr std::string_view words[] = {"no unit", "percent", "share", "years",  "months",
                                               "days",    "count",   "USD",   "points", "plain",
                                               "yes/no",  "date",    "code",  "level"};
  return words[std::size_t(unit)];
}

File parse_file(const SourceMap& sources, FileId id, Diagnostics& diagnostics) {
  File file{id, {}, {}};
  std::string_view content = sources[id].text();
  if (!usable(sources, id, diagnostics)) return file;
  const Iterator begin = content.data(), last = begin + content.size();
  State state{id, begin, begin, last, &diagnostics};
  Iterator at = begin;
  if (content.starts_with("\xEF\xBB\xBF")) at += 3;  // byte order mark
  while (at != last) {
    const Iterator end = next_declaration(at, last);
    if (file.declarations.size() >= most_declarations) {
      const std::string message = fmt::format(
          "the file has more than {} declarations; the rest is not read", most_declarations);
      report({Code::E0002, at, end_of_word(at, last), message, {}}, state);
      file.broken.push_back({"", state.span(at, end_of_word(at, last))});
      return file;
    }
    read_region(at, end, state, file);
    at = end;
  }
  return file;
}

namespace {

template <class Value>
std::optional<Value> read_all(const SourceMap& sources, Span where, Reader<Value> read,
                              std::string_view expected, Diagnostics& diagnostics) {
  const std::string_view content = sources[where.file].text();
  const Iterator begin = content.data(), last = begin + where.end;
  State state{where.file, begin, begin + where.begin, last, &diagnostics};
  Iterator at = begin + where.begin;
  if (const auto deep = NestingGuard().first_beyond(at, last)) {
    report({Code::E0005,
            *deep,
            *deep + 1,
            fmt::format("this is nested more than {} deep, or chained too long, to be read",
                        deepest_nesting),
            {}},
           state);
    return std::nullopt;
  }
  Value value{};
  if (!read_with<Value>(read, expected, at, last, state, value)) return std::nullopt;
  at = skip_blanks_and_comments(at, last);
  if (at != last) {
    Failure failure = unexpected(at, last, "nothing more");
    if (failure.notes.empty() && std::string_view(begin + where.begin, last).starts_with("not "))
      failure.notes.emplace_back(
          "'not' denies conditions, no band, rank or verdict: expect the one that it has");
    report(std::move(failure), state);
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<Expectation> parse_expectation(const SourceMap& sources, Span where,
                                             Diagnostics& diagnostics) {
  return read_all<Expectation>(sources, where, read_expectation, "an expectation", diagnostics);
}

std::optional<Number> parse_quantity(const SourceMap& sources, Span where,
                                     Diagnostics& diagnostics) {
  return read_all<Number>(sources, where, read_quantity, "a number with its unit", diagnostics);
}

}  // namespace waystone::syntax
