#include "syntax/foreign.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace waystone::syntax {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;  // written, what to do instead

constexpr std::string_view remainder =
    "the remainder of a / b is written a - b * round(a / b - 0.5, 0)";
constexpr std::string_view whole_part = "a / b rounded down is written round(a / b - 0.5, 0)";
constexpr std::string_view choice = "write 'if CONDITION then A else B'";

// The longest first: "===" is not "==".
constexpr Entry foreign_signs[] = {
    {"===", "write '='"},   {"!==", "write '!='"},
    {"==", "write '='"},    {"**", "write '^'"},
    {"//", whole_part},     {"<>", "write '!='"},
    {"=<", "write '<='"},   {"=>", "write '>='"},
    {"&&", "write 'and'"},  {"||", "write 'or'"},
    {":=", "write '='"},    {"??", "write 'if known(x) then x else y'"},
    {"≤", "write '<='"},    {"≥", "write '>='"},
    {"≠", "write '!='"},    {"×", "write '*'"},
    {"·", "write '*'"},     {"÷", "write '/'"},
    {"²", "write '^ 2'"},   {"³", "write '^ 3'"},
    {"√", "write sqrt(x)"}, {"¬", "write 'not'"},
    {"∧", "write 'and'"},   {"∨", "write 'or'"},
    {"?", choice},          {"%", remainder},
    {"!", "write 'not'"},   {"~", "write 'not'"},
    {"&", "write 'and'"},   {"|", "write 'or'; the size of a number is abs(x)"}};

constexpr Entry foreign_words[] = {
    {"mod", remainder},
    {"rem", remainder},
    {"div", whole_part},
    {"unless", "write 'and not (…)' in the condition"},
    {"xor", "write '(a or b) and not (a and b)'"},
    {"is", "write '='"},
    {"equals", "write '='"},
    {"in", "'in' is for units, as in 'horizon in months'; write 'x = A or x = B'"},
    {"above", "write '>'"},
    {"over", "write '>'"},
    {"exceeds", "write '>'"},
    {"below", "write '<'"},
    {"under", "write '<'"},
    {"than", "write '<' or '>'"},
    {"more", "write '>'"},
    {"greater", "write '>'"},
    {"higher", "write '>'"},
    {"larger", "write '>'"},
    {"less", "write '<'"},
    {"lower", "write '<'"},
    {"smaller", "write '<'"},
    {"fewer", "write '<'"},
    {"minus", "write '-'"},
    {"plus", "write '+'"},
    {"times", "write '*'"},
    {"divided", "write '/'"},
    {"per", "write '/'; a percentage is written 5%"},
    {"of", "a part of a value is written 10% * debt, a weight before its member 40% debt"},
    {"last", "the figure of a year before is lag(x, 1 year)"},
    {"previous", "the figure of a year before is lag(x, 1 year)"},
    {"und", "write 'and'"},
    {"oder", "write 'or'"},
    {"AND", "write 'and'"},
    {"OR", "write 'or'"},
    {"NOT", "write 'not'"},
    {"IF", choice},
    {"THEN", choice},
    {"ELSE", choice},
    {"BETWEEN", "write 'between A and B'"}};

// These continue what stands on the line before, so they may open one.
constexpr Entry continuing_words[] = {
    {"elif", "write 'else if'"}, {"elseif", "write 'else if'"}, {"elsif", "write 'else if'"}};

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && in_word(text[end])) ++end;
  return text.substr(at, end - at);
}

std::size_t before_blanks(std::string_view text, std::size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at;
}

bool opens_line(std::string_view text, std::size_t at) {
  const std::size_t before = before_blanks(text, at);
  return before == 0 || text[before - 1] == '\n';
}

template <std::size_t count>
std::string_view find_in(const Entry (&table)[count], std::string_view word) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const Entry& entry) { return entry.first == word; });
  return found == std::end(table) ? std::string_view{} : found->second;
}

ForeignOperator operator_at(std::size_t begin, std::string_view written, std::string_view instead) {
  return {begin, begin + written.size(), fmt::format("there is no operator '{}'", written),
          std::string(instead)};
}

// A sign that covers `at`, or begins there.
std::optional<ForeignOperator> sign_around(std::string_view text, std::size_t at) {
  for (const auto& [sign, instead] : foreign_signs)
    for (std::size_t back = 0; back < std::min(sign.size(), at + 1); ++back) {
      const bool comparison = sign == "!" && text.substr(at - back).starts_with("!=");
      if (!comparison && text.substr(at - back).starts_with(sign))
        return operator_at(at - back, sign, instead);
    }
  return std::nullopt;
}

// "5 % b": the sign was read as the number's unit, and what follows can't stand there.
std::optional<ForeignOperator> percent_before(std::string_view text, std::size_t at) {
  const std::size_t end = before_blanks(text, at);
  const bool apart =
      end > 1 && text[end - 1] == '%' && is_blank(text[end - 2]);  // a percentage is written 5%
  if (!apart || at == text.size() || !(in_word(text[at]) || text[at] == '(')) return std::nullopt;
  ForeignOperator found = operator_at(end - 1, "%", remainder);
  found.note = "after a number '%' is its unit; " + found.note;
  return found;
}

// "if(c, a, b)": the comma stands in parentheses that follow `if`.
std::optional<ForeignOperator> call_of_if(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != ',') return std::nullopt;
  std::size_t open = at;
  for (int depth = 1; depth > 0; --open) {
    if (open == 0 || text[open - 1] == '\n') return std::nullopt;
    if (text[open - 1] == ')') ++depth;
    if (text[open - 1] == '(') --depth;
  }
  const std::size_t end = before_blanks(text, open);
  if (end < 2 || text.substr(end - 2, 2) != "if" || (end > 2 && in_word(text[end - 3])))
    return std::nullopt;
  return ForeignOperator{end - 2, end, "there is no function 'if'", std::string(choice)};
}

// "x is above y", "x is at least y", "x is not y": what to write for `is` and the word behind it.
std::string comparison_of_is(std::string_view text, std::size_t at) {
  std::size_t next = at + std::string_view("is").size();
  while (next < text.size() && is_blank(text[next])) ++next;
  const std::string_view word = word_at(text, next);
  if (word == "not") return "write '!='";
  if (word == "between") return "write 'between A and B'";
  if (word == "at") return "write '>=' for at least, '<=' for at most";
  return std::string(find_in(foreign_words, word));
}

// "x is unknown", "x is not null": what to write for it; "" for other uses of `is`.
std::string question_of_knowledge(std::string_view text, std::size_t at) {
  std::size_t begin = before_blanks(text, at);
  const std::size_t name_end = begin;
  while (begin > 0 && in_word(text[begin - 1])) --begin;
  const std::string_view name = text.substr(begin, name_end - begin);
  std::size_t next = at;
  const auto take = [&] {
    while (next < text.size() && is_blank(text[next])) ++next;
    const std::string_view word = word_at(text, next);
    next += word.size();
    return word;
  };
  take();  // is
  std::string_view word = take();
  bool unknown = word == "not";
  if (unknown) word = take();
  constexpr std::string_view unknowns[] = {"unknown", "missing", "null", "none", "na",
                                           "NA",      "NULL",    "nan",  "NaN",  "undefined"};
  const bool denied =
      std::find(std::begin(unknowns), std::end(unknowns), word) != std::end(unknowns);
  if (name.empty() || (!denied && word != "known")) return "";
  if (denied) unknown = !unknown;
  return fmt::format("write '{}known({})'", unknown ? "not " : "", name);
}

// "debt[2020]", "debt@2019", "debt.lag(1)": how other languages read an earlier figure.
std::optional<ForeignOperator> earlier_figure(std::string_view text, std::size_t at) {
  constexpr std::string_view functions[] = {"lag", "shift", "prev", "previous"};
  if (at == 0 || at >= text.size() || !in_word(text[at - 1])) return std::nullopt;
  const std::string_view behind = word_at(text, at + 1);
  const bool method = text[at] == '.' && std::find(std::begin(functions), std::end(functions),
                                                   behind) != std::end(functions);
  if (text[at] != '[' && text[at] != '@' && !method) return std::nullopt;
  std::size_t begin = at;
  while (begin > 0 && in_word(text[begin - 1])) --begin;
  return operator_at(at, text.substr(at, 1),
                     fmt::format("the figure of a year before is lag({}, 1 year)",
                                 text.substr(begin, at - begin)));
}

}  // namespace

std::optional<ForeignOperator> foreign_operator(std::string_view text, std::size_t at) {
  if (at > text.size()) return std::nullopt;
  if (auto earlier = earlier_figure(text, at)) return earlier;
  if (const auto call = call_of_if(text, at)) return call;
  const std::string_view word = word_at(text, at);
  if (const auto instead = find_in(continuing_words, word); !instead.empty())
    return ForeignOperator{at, at + word.size(), fmt::format("there is no '{}'", word),
                           std::string(instead)};
  const bool first = opens_line(text, at);
  if (const std::string question = word == "is" && !first ? question_of_knowledge(text, at) : "";
      !question.empty())
    return operator_at(at, word, question);
  if (const std::string instead = word == "is" && !first ? comparison_of_is(text, at) : "";
      !instead.empty())
    return operator_at(at, word, instead);
  if (const auto instead = find_in(foreign_words, word); !instead.empty() && !first)
    return operator_at(at, word, instead);
  if (const auto percent = first ? std::nullopt : percent_before(text, at)) return percent;
  return word.empty() ? sign_around(text, at) : std::nullopt;
}

std::string instead_of_declaration(std::string_view word) {
  static const std::map<std::string_view, std::string_view> table{
      {"import", "another file is read by 'include'"},
      {"use", "another file is read by 'include'"},
      {"const", "a number of law or policy is a 'parameter'"},
      {"constant", "a number of law or policy is a 'parameter'"},
      {"let", "a value worked out from others is 'derived'"},
      {"var", "a value worked out from others is 'derived'"},
      {"define", "a value worked out from others is 'derived'"},
      {"formula", "a value worked out from others is 'derived'"},
      {"calculate", "a value worked out from others is 'derived'"},
      {"function",
       "there are no functions of one's own; a value worked out from others is 'derived'"},
      {"input", "a figure from outside is an 'indicator'"},
      {"variable", "a figure from outside is an 'indicator'"},
      {"metric", "a figure from outside is an 'indicator'"},
      {"measure", "a figure from outside is an 'indicator'"},
      {"index", "a weighted mean is a 'factor'"},
      {"pillar", "a weighted mean is a 'factor'"},
      {"dimension", "a weighted mean is a 'factor'"},
      {"component", "a weighted mean is a 'factor'"},
      {"score", "what is to be scored is an 'output'"},
      {"result", "what is to be scored is an 'output'"},
      {"profile", "a set of weights is a 'viewpoint'"},
      {"perspective", "a set of weights is a 'viewpoint'"},
      {"alert", "what is to be watched is a 'tripwire'"},
      {"trigger", "what is to be watched is a 'tripwire'"},
      {"test", "what must come out is an 'example'"},
      {"case", "what must come out is an 'example'"},
      {"if", "a condition with its effects is a 'rule'"},
      {"condition", "a condition with its effects is a 'rule'"}};
  const auto found = table.find(word);
  return found == table.end() ? "" : std::string(found->second);
}

std::string instead_of_line(std::string_view word) {
  static const std::map<std::string_view, std::string_view> table{
      {"if", "a condition opens with 'when'"},
      {"unless", "write 'when not (…)'"},
      {"else", "a rule has no 'else': write a second one whose condition is 'not (…)'"},
      {"do", "an effect opens with 'then'"},
      {"reason", "a reason opens with 'because'"},
      {"why", "a reason opens with 'because'"},
      {"min", "the least and the greatest value are written 'range A to B'"},
      {"max", "the least and the greatest value are written 'range A to B'"},
      {"default", "what counts where there is no figure is written 'missing …'"},
      {"weight", "a weight stands before its member: '20% security' or '1 part security'"},
      {"weights",
       "a weight stands before its member: '20% security' or '1 part security'; those of "
       "viewpoints "
       "are asked for in the line of the combination: 'combine arithmetic, weights from "
       "viewpoint'"},
      {"description", "a description stands in quotes behind the name"},
      {"title", "a title stands in quotes behind the name"},
      {"comment", "a comment begins with '#'"},
      {"note", "a comment begins with '#'"},
      {"source", "a source is cited by its key: 'cites KEY'"},
      {"author", "who signs stands in 'judged by \"…\" on DATE because \"…\"'"},
      {"to", "the last day of a value is written 'until DATE'"},
      {"ends", "the last day of a value is written 'until DATE'"},
      {"value",
       "a parameter's value is written 'always N' or 'from DATE: N', a derived value's '= …' "
       "behind its name"}};
  const auto found = table.find(word);
  return found == table.end() ? "" : std::string(found->second);
}

std::string instead_of_effect(std::string_view word) {
  static const std::map<std::string_view, std::string_view> table{
      {"subtract", "what lowers it is written add -N, or lower T by N"},
      {"minus", "what lowers it is written add -N, or lower T by N"},
      {"-", "what lowers it is written add -N, or lower T by N"},
      {"reduce", "what lowers it is written add -N, or lower T by N"},
      {"plus", "write add N"},
      {"+", "write add N"},
      {"increase", "write add N"},
      {"multiply", "write scale by F"},
      {"times", "write scale by F"},
      {"*", "write scale by F"},
      {"minimum", "write at least N"},
      {"min", "write at least N"},
      {"maximum", "write at most N"},
      {"max", "write at most N"},
      {"is", "a rule moves a value: at least N and at most N together set it"},
      {"=", "a rule moves a value: at least N and at most N together set it"}};
  const auto found = table.find(word);
  return found == table.end() ? "" : std::string(found->second);
}

std::string instead_of_name(std::string_view name) {
  static const std::map<std::string_view, std::string_view> table{
      {"true", "write yes"},
      {"false", "write no"},
      {"null", "'known(x)' asks whether x is known"},
      {"none", "'known(x)' asks whether x is known"},
      {"na", "'known(x)' asks whether x is known"},
      {"nan", "'known(x)' asks whether x is known"},
      {"unknown", "'known(x)' asks whether x is known, 'not known(x)' whether it is not"},
      {"today", "the scenario's date is as_of"},
      {"now", "the scenario's date is as_of"},
      {"date", "the scenario's date is as_of"},
      {"year", "the scenario's date is as_of; 'years since DATE' counts from another"}};
  const auto found = table.find(name);
  return found == table.end() ? "" : std::string(found->second);
}

namespace {

// "3 years"
bool is_time(std::string_view argument) {
  constexpr std::string_view units[] = {" year", " years", " month", " months", " day", " days"};
  return std::any_of(std::begin(units), std::end(units),
                     [&](std::string_view unit) { return argument.ends_with(unit); });
}

}  // namespace

std::string instead_of_function(std::string_view name, const std::vector<std::string>& arguments) {
  static constexpr std::array over_others = {
      std::string_view("rank"),        std::string_view("percentile"),
      std::string_view("percentrank"), std::string_view("quantile"),
      std::string_view("zscore"),      std::string_view("normalise"),
      std::string_view("normalize"),   std::string_view("minmax"),
      std::string_view("scale"),       std::string_view("stdev"),
      std::string_view("std"),         std::string_view("variance")};
  const std::string first = arguments.empty() ? "x" : arguments[0],
                    second = arguments.size() < 2 ? "y" : arguments[1];
  const bool is_mean = name == "mean" || name == "average" || name == "avg";
  const bool is_spread = name == "stdev" || name == "std" || name == "stddev";
  if ((is_mean || name == "median" || is_spread) && is_time(second))
    return fmt::format("write {}({}, {}, at least 3)", is_spread ? "sd" : "mean", first, second);
  if (name == "previous" || name == "prev" || name == "lagged" || name == "shift")
    return fmt::format("write lag({}, 1 year)", first);
  if (name == "diff" || name == "delta" || name == "difference")
    return fmt::format("write change({}, 1 year)", first);
  if (is_mean && arguments.size() > 1)
    return fmt::format("write ({}) / {}", fmt::join(arguments, " + "), arguments.size());
  if (is_mean) return fmt::format("the mean of one value is {} itself", first);
  if (name == "sum" || name == "add" || name == "total")
    return fmt::format("write {}", fmt::join(arguments, " + "));
  if (name == "product") return fmt::format("write {}", fmt::join(arguments, " * "));
  if (name == "score") return fmt::format("write score of {}", first);
  if (name == "neighbours" || name == "neighbors" || name == "partners")
    return "partners are read over a relation: max over RELATION of x";
  if (name == "median") return "a factor can combine its members by median";
  if (name == "geomean")
    return "write (a * b) ^ (1 / 2), or let a factor combine its members geometric";
  if (name == "count") return "write if known(a) then 1 else 0, added up";
  if (name == "pow" || name == "power") return fmt::format("write {} ^ {}", first, second);
  if (name == "mod" || name == "rem" || name == "remainder")
    return fmt::format("write {0} - {1} * round({0} / {1} - 0.5, 0)", first, second);
  if (name == "floor" || name == "int" || name == "trunc")
    return fmt::format("write round({} - 0.5, 0)", first);
  if (name == "ceil" || name == "ceiling") return fmt::format("write -round(-{} - 0.5, 0)", first);
  if (name == "log10") return fmt::format("write log({})", first);
  if (name == "log2") return fmt::format("write ln({}) / ln(2)", first);
  if (name == "cbrt") return fmt::format("write {} ^ (1 / 3)", first);
  if (name == "sign")
    return fmt::format("write if {0} > 0 then 1 else if {0} < 0 then -1 else 0", first);
  if (name == "ifelse" || name == "iif" || name == "case" || name == "where")
    return fmt::format("write if {} then {} else {}", first, second,
                       arguments.size() < 3 ? "z" : arguments[2]);
  const bool plain = std::all_of(first.begin(), first.end(), in_word);
  if (name == "coalesce" || name == "ifnull" || name == "nvl" || name == "iferror")
    return plain ? fmt::format("write if known({0}) then {0} else {1}", first, second)
                 : fmt::format(
                       "make it a value with a name, derived d = {}, and write if known(d) "
                       "then d else {}",
                       first, second);
  if (name == "isnull" || name == "isna" || name == "is_null" || name == "missing" ||
      name == "unknown" || name == "isunknown" || name == "is_unknown" || name == "undefined")
    return fmt::format("write not known({})", first);
  if (name == "today" || name == "now" || name == "date") return "the scenario's date is as_of";
  if (name == "bound" || name == "limit" || name == "clip")
    return fmt::format("write clamp({}, lowest, highest)", first);
  if (std::find(over_others.begin(), over_others.end(), name) != over_others.end())
    return "no function compares with other countries: 'best', 'worst' or 'curve' put a value on a "
           "scale that stays";
  return "";
}

}  // namespace waystone::syntax
