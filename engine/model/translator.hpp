// Expressions from their trees, as far as rules and assertions have them alike: operators,
// functions, units and what converts. Private to this room.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "diagnose/diagnostic.hpp"
#include "model/expression.hpp"
#include "syntax/tree.hpp"

namespace waystone::model {

struct Function {
  Op op;
  std::size_t least, most;
  enum class Units { keep, plain, round } units;
};
/// What compares; Op::equal for `is` and for what does not compare.
Op comparison_of(syntax::Operator op);
/// A function of the rule language; null where there is none.
const Function* find_function(std::string_view name);
/// Names of functions, for suggestions.
const std::vector<std::string>& function_names();

class Translator {
 public:
  virtual ~Translator() = default;

  /// If something is wrong, it says so once, and the result has Unit::none, which fits everything.
  Expression translate(const syntax::Expression& tree);

  void want_condition(Expression& e);
  /// False where it is no number (said) or nothing is known of it.
  bool want_number(Expression& e);
  void want_date(Expression& e);
  /// Brings both to one unit, which is given; Unit::none where that can't be (said).
  Unit agree(Expression& a, Expression& b, std::string_view doing);

 protected:
  /// Rules can convert quantities and choose; assertions can't, so advice names other ways.
  enum class Language { rules, assertions };
  Translator(Diagnostics& diagnostics, Language language)
      : diagnostics_(diagnostics), language_(language) {}

  /// What one of them has alone: names, countries, times, choices.
  virtual void translate_own(Expression& result, const syntax::Expression& tree) = 0;
  /// The arguments of a comparison, if a side of it is a code; false where none is.
  virtual bool add_codes(Expression& result, const syntax::Expression& tree);
  /// A call that is no function of numbers; false where it is one, or none.
  virtual bool call_own(Expression& result, const syntax::Expression& tree);
  /// The function that a call names; null where it has none, which is said.
  virtual const Function* function_of(const syntax::Expression& call) = 0;

  void say(Code code, Span where, std::string message, std::vector<std::string> notes = {}) {
    diagnostics_.add(code, where, std::move(message), {}, std::move(notes));
  }
  static void constant(Expression& result, double value, Unit unit);

  Diagnostics& diagnostics_;

 private:
  void fill(Expression& result, const syntax::Expression& tree);
  void number(Expression& result, const syntax::Expression& tree);
  void pair(Expression& result, const syntax::Expression& tree);
  void sum(Expression& result, const syntax::Expression& tree);
  void product(Expression& result, const syntax::Expression& tree);
  bool want_plain(Expression& e, std::string_view what);
  void power(Expression& result, const syntax::Expression& tree);
  void negate(Expression& result, const syntax::Expression& tree);
  void logic(Expression& result, const syntax::Expression& tree);
  void comparison(Expression& result, const syntax::Expression& tree);
  void between(Expression& result, const syntax::Expression& tree);
  void call(Expression& result, const syntax::Expression& tree);
  void check_ends(const Expression& clamp, const syntax::Expression& tree);
  void round(Expression& result, const syntax::Expression& tree);
  void say_unlike(const Expression& a, const Expression& b, std::string_view doing);
  /// A note where rules have a way out, else nothing.
  std::vector<std::string> in_rules(std::string note) const;

  Language language_;
  int depth_ = 0;
  bool too_deep_ = false;  // and said
};

}  // namespace waystone::model
