#include "model/assertions.hpp"

#include <cmath>

#include <fmt/format.h>

namespace waystone::model {
namespace {

using syntax::Operator;

void check_call(const syntax::Expression& call, Diagnostics& diagnostics) {
  const std::string& name = call.name.text;
  const std::size_t count = call.arguments.size();
  if (name == "abs") {
    if (count != 1) diagnostics.add(Code::E0232, call.where, fmt::format("'abs' takes 1 argument, not {}", count));
  } else if (name == "min" || name == "max") {
    if (count < 2) diagnostics.add(Code::E0232, call.where, fmt::format("'{}' takes 2 or more arguments, not {}", name, count));
  } else {
    diagnostics.add(Code::E0233, call.name.where, fmt::format("an expectation has no function '{}'", name), {}, {"it knows abs, max and min"});
  }
}

void check_calls(const syntax::Expression& root, Diagnostics& diagnostics) {
  std::vector<const syntax::Expression*> left{&root};
  while (!left.empty()) {
    const syntax::Expression* e = left.back();
    left.pop_back();
    if (e->op == Operator::call) check_call(*e, diagnostics);
    for (const syntax::Expression& argument : e->arguments) left.push_back(&argument);
  }
}

// The value of an expression of numerals alone; NaN where it reads anything.
double constant(const syntax::Expression& e) {
  const auto arg = [&](std::size_t k) { return constant(e.arguments[k]); };
  switch (e.op) {
    case Operator::number: return e.number.value;
    case Operator::negate: return -arg(0);
    case Operator::add: return arg(0) + arg(1);
    case Operator::subtract: return arg(0) - arg(1);
    case Operator::multiply: return arg(0) * arg(1);
    case Operator::divide: return arg(0) / arg(1);
    case Operator::power: return std::pow(arg(0), arg(1));
    default: return std::nan("");
  }
}

}  // namespace

void check_assertion(const syntax::Expectation& assertion, Diagnostics& diagnostics) {
  for (const auto* part : {&assertion.condition, &assertion.other, &assertion.by})
    if (*part) check_calls(**part, diagnostics);
  if (!assertion.by || !(constant(*assertion.by) < 0)) return;
  const bool within = assertion.kind == syntax::Expectation::Kind::within;
  diagnostics.add(Code::E0285, assertion.by->where,
                  fmt::format("the distance after '{}' is negative, {}", within ? "within" : "by",
                              within ? "and no distance is smaller" : "and every gap is larger"),
                  {}, {within ? "write the largest distance allowed, 0 or more" : "write the least gap, 0 or more; which is higher the comparison says"});
}

}  // namespace waystone::model
