// Grammar of expressions and expectations.
#include "syntax/grammar.hpp"

namespace waystone::syntax {
namespace {

Expression combine_pair(Operator op, Expression left, Expression right) {
  Expression node;
  node.op = op;
  node.where = {left.where.file, left.where.begin, right.where.end};
  node.arguments.push_back(std::move(left));
  node.arguments.push_back(std::move(right));
  return node;
}

template <Operator op>
inline constexpr auto fold = [](auto& context) {
  x3::_val(context) = combine_pair(op, std::move(x3::_val(context)), std::move(x3::_attr(context)));
};

bool is_comparison(Operator op) { return op >= Operator::less && op <= Operator::not_equal; }

// a < b < c means a < b and b < c
template <Operator op>
inline constexpr auto compare = [](auto& context) {
  Expression& left = x3::_val(context);
  const bool chained =
      !left.parenthesised && (is_comparison(left.op) || left.op == Operator::logical_and);
  if (!chained) {
    left = combine_pair(op, std::move(left), std::move(x3::_attr(context)));
    return;
  }
  const Expression& last = is_comparison(left.op) ? left : left.arguments.back();
  Expression next = combine_pair(op, last.arguments.back(), std::move(x3::_attr(context)));
  left = combine_pair(Operator::logical_and, std::move(left), std::move(next));
};

template <Operator op>
inline constexpr auto become = [](auto& context) { x3::_val(context).op = op; };

inline const auto add_argument = [](auto& context) {
  x3::_val(context).arguments.push_back(std::move(x3::_attr(context)));
};
inline const auto set_name = [](auto& context) {
  x3::_val(context).name = std::move(x3::_attr(context));
};

// ---- rules

struct whole_expression_id {};
struct conjunction_id {};
struct negation_id {};
struct comparison_id {};
struct sum_id {};
struct product_id {};
struct unary_id {};
struct power_id {};
struct postfix_id {};
struct primary_rule_id {};
struct parenthesised_id {};
struct if_then_else_id {};
struct elapsed_id {};
struct score_id {};
struct of_country_id {};
struct over_id {};
struct half_id {};
struct enough_id {};
struct known_for_id {};
struct without_id {};
struct call_id {};
struct leaf_id {};
struct unit_rule_id {};

const x3::rule<whole_expression_id, Expression> whole_expression{"an expression"};
const x3::rule<conjunction_id, Expression> conjunction{"a condition"};
const x3::rule<negation_id, Expression> negation{"a condition"};
const x3::rule<comparison_id, Expression> comparison{"a condition or number"};
const x3::rule<sum_id, Expression> sum{"a number or name"};
const x3::rule<product_id, Expression> product_expression{"a number or name"};
const x3::rule<unary_id, Expression> unary{"a number or name"};
const x3::rule<power_id, Expression> power_expression{"a number or name"};
const x3::rule<postfix_id, Expression> postfix{"a number or name"};
const x3::rule<primary_rule_id, Expression> primary_rule{"a number, a name or '('"};
const x3::rule<parenthesised_id, Expression> parenthesised{"'('"};
const x3::rule<if_then_else_id, Expression> if_then_else{"'if'"};
const x3::rule<elapsed_id, Expression> elapsed{"'months since'"};
const x3::rule<score_id, Expression> score_of{"'score of'"};
const x3::rule<of_country_id, Expression> of_country{"a name with a country"};
const x3::rule<over_id, Expression> over{"a relation"};
const x3::rule<half_id, Expression> half_word{"'half even' or 'half up'"};
const x3::rule<enough_id, Expression> enough{"'at least'"};
const x3::rule<known_for_id, Expression> known_for{"'known for'"};
const x3::rule<without_id, Expression> without{"'without partners'"};
const x3::rule<call_id, Expression> call{"a function"};
const x3::rule<leaf_id, Expression> leaf{"a number or name"};
const x3::rule<unit_rule_id, Unit> unit_rule{
    "a unit (percent, share, years, months, days, count, USD, points)"};

template <Unit unit>
inline constexpr auto is_unit = [](auto& context) { x3::_val(context) = unit; };

const auto unit_rule_def = kw("percent")[is_unit<Unit::percent>] |
                           kw("share")[is_unit<Unit::share>] | kw("years")[is_unit<Unit::years>] |
                           kw("months")[is_unit<Unit::months>] | kw("days")[is_unit<Unit::days>] |
                           kw("count")[is_unit<Unit::count>] | kw("USD")[is_unit<Unit::usd>] |
                           kw("points")[is_unit<Unit::points>] | kw("plain")[is_unit<Unit::plain>];

const auto whole_expression_def =
    located[conjunction[take] >> *(kw("or") > conjunction[fold<Operator::logical_or>])];
const auto conjunction_def =
    located[negation[take] >> *(kw("and") > negation[fold<Operator::logical_and>])];
const auto negation_def =
    located[(kw("not")[become<Operator::logical_not>] > negation[add_argument]) | comparison[take]];

const auto start_between = [](auto& context) {
  x3::_val(context) =
      combine_pair(Operator::between, std::move(x3::_val(context)), std::move(x3::_attr(context)));
};
const auto comparison_def =
    located[sum[take] >> *((kw("<=") > sum[compare<Operator::less_equal>]) |
                           (kw(">=") > sum[compare<Operator::greater_equal>]) |
                           (kw("!=") > sum[compare<Operator::not_equal>]) |
                           (kw("<") > sum[compare<Operator::less>]) |
                           (kw(">") > sum[compare<Operator::greater>]) |
                           (kw("=") > sum[compare<Operator::equal>]) |
                           ((kw("at") >> kw("least")) > sum[compare<Operator::greater_equal>]) |
                           ((kw("at") >> kw("most")) > sum[compare<Operator::less_equal>]) |
                           (kw("between") > sum[start_between] > kw("and") > sum[add_argument]))];
const auto sum_def = located[product_expression[take] >>
                             *((kw("+") > product_expression[fold<Operator::add>]) |
                               (kw("-") > product_expression[fold<Operator::subtract>]))];
const auto product_expression_def =
    located[unary[take] >> *((kw("*") > unary[fold<Operator::multiply>]) |
                             (kw("/") > unary[fold<Operator::divide>]))];
const auto unary_def =
    located[(kw("-")[become<Operator::negate>] > unary[add_argument]) | power_expression[take]];
const auto power_expression_def =
    located[postfix[take] >> -(kw("^") > unary[fold<Operator::power>])];

const auto convert = [](auto& context) {
  Expression node;
  node.op = Operator::in_unit;
  node.unit = x3::_attr(context);
  node.where = x3::_val(context).where;
  node.arguments.push_back(std::move(x3::_val(context)));
  x3::_val(context) = std::move(node);
};
const auto postfix_def = located[primary_rule[take] >> *(kw("in") >> unit_rule[convert])];

const auto in_parentheses = [](auto& context) {
  x3::_val(context) = std::move(x3::_attr(context));
  x3::_val(context).parenthesised = true;
};
const auto parenthesised_def = located[kw("(") > whole_expression[in_parentheses] > kw(")")];
const auto if_then_else_def =
    located[kw("if")[become<Operator::choose>] > whole_expression[add_argument] > kw("then") >
            whole_expression[add_argument] > kw("else") > whole_expression[add_argument]];
const auto elapsed_def = located[((kw("months") >> kw("since"))[become<Operator::months_since>] |
                                  (kw("years") >> kw("since"))[become<Operator::years_since>] |
                                  (kw("days") >> kw("since"))[become<Operator::days_since>]) >
                                 primary_rule[add_argument]];

const auto set_country = [](auto& context) {
  x3::_val(context).op = Operator::of_country;
  x3::_val(context).country = std::move(x3::_attr(context));
};
const auto set_file = [](auto& context) { x3::_val(context).file = std::move(x3::_attr(context)); };
const auto mark_score = [](auto& context) {
  x3::_val(context).op = Operator::score;
  x3::_val(context).score_of = true;
};
const auto score_of_def =
    located[(kw("score") >> kw("of"))[mark_score] > name[set_name] >
            -(kw("(") > country[set_country] > kw(")") > -(kw("in") >> text[set_file]))];
const auto of_country_def = located[name[set_name] >> kw("(") >> country[set_country] > kw(")") >
                                    -(kw("in") >> text[set_file])];

const auto name_call = [](auto& context) {
  x3::_val(context).op = Operator::call;
  x3::_val(context).name = std::move(x3::_attr(context));
};
// max over borders of x: kept as a call named "max over" for the checker to speak about
const auto finish_over = [](auto& context) { x3::_val(context).name.text += " over"; };
const auto name_leaf = [](auto& context) {
  Expression node;
  node.op = Operator::name;
  node.name = x3::_attr(context);
  node.where = node.name.where;
  x3::_val(context).arguments.push_back(std::move(node));
};
const auto over_def =
    located[name[name_call] >> kw("over")[finish_over] > name[name_leaf] > kw("of") >
            primary_rule[add_argument] > -known_for[add_argument] > -without[add_argument]];
const auto set_option = [](auto& context) {
  x3::_val(context).number = std::move(x3::_attr(context));
};
const auto known_for_def =
    located[kw("known")[become<Operator::known_for>] > kw("for") > number[set_option]];
const auto without_def = located[kw("without")[become<Operator::without_partners>] >
                                 kw("partners") > signed_number[set_option]];

template <char first>
inline constexpr auto half = [](auto& context) {
  x3::_val(context).op = Operator::name;
  x3::_val(context).name.text = first == 'e' ? "half even" : "half up";
};
const auto half_word_def = located[kw("half") >> (kw("even")[half<'e'>] | kw("up")[half<'u'>])];

// how few figures are enough for a window: at least 3, at least 3 of 5
const auto set_fewest = [](auto& context) {
  x3::_val(context).number = std::move(x3::_attr(context));
};
const auto add_number = [](auto& context) {
  Expression all;
  all.number = std::move(x3::_attr(context));
  all.where = all.number.where;
  x3::_val(context).arguments.push_back(std::move(all));
};
const auto enough_def = located[(kw("at") >> kw("least"))[become<Operator::at_least>] >
                                number[set_fewest] > -(kw("of") > number[add_number])];

// known(NAME) and holds(RULE) speak about a name, not a value
const auto finish_call = [](auto& context) {
  Expression& node = x3::_val(context);
  const bool about_name = node.name.text == "known" || node.name.text == "holds";
  if (!about_name || node.arguments.size() != 1 || node.arguments[0].op != Operator::name) return;
  node.op = node.name.text == "known" ? Operator::known : Operator::holds;
  node.name = node.arguments[0].name;
  node.arguments.clear();
};
const auto call_def =
    located[name[name_call] >> kw("(") >
            (half_word[add_argument] | enough[add_argument] | whole_expression[add_argument]) >
            *(kw(",") > (half_word[add_argument] | enough[add_argument] |
                         whole_expression[add_argument])) > kw(")")[finish_call]];

const auto set_number = [](auto& context) {
  x3::_val(context).op = Operator::number;
  x3::_val(context).number = std::move(x3::_attr(context));
};
const auto set_date = [](auto& context) {
  x3::_val(context).op = Operator::date;
  x3::_val(context).date = std::move(x3::_attr(context));
};
const auto name_only = [](auto& context) {
  x3::_val(context).op = Operator::name;
  x3::_val(context).name = std::move(x3::_attr(context));
};
const auto leaf_def =
    located[date[set_date] | number[set_number] | kw("yes")[become<Operator::yes>] |
            kw("no")[become<Operator::no>] | kw("as_of")[become<Operator::as_of>] |
            kw("horizon")[become<Operator::horizon>] | name[name_only]];

const auto primary_rule_def =
    located[parenthesised[take] | if_then_else[take] | elapsed[take] | score_of[take] |
            of_country[take] | over[take] | call[take] | leaf[take]];

BOOST_SPIRIT_DEFINE(whole_expression, conjunction, negation, comparison, sum, product_expression,
                    unary, power_expression, postfix, primary_rule, parenthesised, if_then_else,
                    elapsed, score_of, of_country, over, half_word, enough, known_for, without,
                    call, leaf, unit_rule)

// ---- expectations

struct expectation_rule_id {};
struct largest_part_id {};
struct verdict_id {};
struct band_or_rank_id {};
struct rule_expectation_id {};
struct tripwire_expectation_id {};
struct condition_id {};
struct how_id {};

const x3::rule<expectation_rule_id, Expectation> expectation_rule{"an expectation"};
const x3::rule<largest_part_id, Expectation> largest_part{"'largest part of'"};
const x3::rule<verdict_id, Expectation> verdict{"a verdict"};
const x3::rule<band_or_rank_id, Expectation> band_or_rank{"'band of' or 'rank of'"};
const x3::rule<rule_expectation_id, Expectation> rule_expectation{"'rule'"};
const x3::rule<tripwire_expectation_id, Expectation> tripwire_expectation{"'tripwire'"};
const x3::rule<condition_id, Expectation> condition_expectation{"a comparison"};
const x3::rule<how_id, Operator> how{"'is', 'at least', 'at most' or a comparison"};

template <Expectation::Kind kind>
inline constexpr auto of_kind = [](auto& context) { x3::_val(context).kind = kind; };
template <Operator op>
inline constexpr auto compares = [](auto& context) { x3::_val(context) = op; };

const auto expect_country = [](auto& context) {
  x3::_val(context).country = std::move(x3::_attr(context));
};
const auto expect_second = [](auto& context) {
  x3::_val(context).second = std::move(x3::_attr(context));
};
const auto expect_word = [](auto& context) {
  x3::_val(context).word = std::move(x3::_attr(context));
};
const auto expect_number = [](auto& context) {
  x3::_val(context).number = std::move(x3::_attr(context));
};
const auto expect_since = [](auto& context) {
  x3::_val(context).since = std::move(x3::_attr(context));
};
const auto expect_how = [](auto& context) { x3::_val(context).comparison = x3::_attr(context); };
const auto expect_not = [](auto& context) { x3::_val(context).negated = true; };
const auto expect_condition = [](auto& context) {
  x3::_val(context).condition = std::move(x3::_attr(context));
};
const auto expect_by = [](auto& context) { x3::_val(context).by = std::move(x3::_attr(context)); };
const auto expect_other = [](auto& context) {
  x3::_val(context).other = std::move(x3::_attr(context));
};

const auto how_def = kw("is")[compares<Operator::equal>] |
                     (kw("at") >> kw("least"))[compares<Operator::greater_equal>] |
                     (kw("at") >> kw("most"))[compares<Operator::less_equal>] |
                     kw("<=")[compares<Operator::less_equal>] |
                     kw(">=")[compares<Operator::greater_equal>] |
                     kw("<")[compares<Operator::less>] | kw(">")[compares<Operator::greater>] |
                     kw("=")[compares<Operator::equal>];

const auto largest_part_def =
    (kw("largest") >> kw("part"))[of_kind<Expectation::Kind::largest_part>] >
    kw("of") > name[set_name] > kw("(") > country[expect_country] > kw(")") >
    ((kw("since") > text[expect_since]) | (kw("against") > country[expect_second])) >
    kw("is") > name[expect_word] > -(-kw(",") >> kw("at") > kw("least") > number[expect_number]);
const auto band_or_rank_def =
    ((kw("band") >> kw("of"))[of_kind<Expectation::Kind::band>] > name[set_name] > kw("(") >
     country[expect_country] > kw(")") > how[expect_how] > name[expect_word]) |
    ((kw("rank") >> kw("of"))[of_kind<Expectation::Kind::rank>] > name[set_name] > kw("(") >
     country[expect_country] > kw(")") > how[expect_how] > number[expect_number]);

struct holds_or_binds_id {};
const x3::rule<holds_or_binds_id, Expectation> holds_or_binds{
    "'holds', 'binds', 'does not hold' or 'does not bind'"};
const auto holds_or_binds_def =
    kw("holds")[of_kind<Expectation::Kind::rule_holds>] |
    kw("binds")[of_kind<Expectation::Kind::rule_binds>] |
    ((kw("does") >> kw("not"))[expect_not] >> (kw("hold")[of_kind<Expectation::Kind::rule_holds>] |
                                               kw("bind")[of_kind<Expectation::Kind::rule_binds>]));
const auto take_verb = [](auto& context) {
  x3::_val(context).kind = x3::_attr(context).kind;
  x3::_val(context).negated = x3::_attr(context).negated;
};
struct fired_id {};
const x3::rule<fired_id, Expectation> fired{"'fired' or 'did not fire'"};
const auto fired_def = kw("fired")[of_kind<Expectation::Kind::tripwire>] |
                       (kw("did") >> kw("not") >> kw("fire"))[expect_not];
const auto rule_expectation_def = kw("rule") >> name[set_name] > holds_or_binds[take_verb] >
                                  kw("for") > country[expect_country];
const auto tripwire_expectation_def =
    kw("tripwire")[of_kind<Expectation::Kind::tripwire>] >> name[set_name] >
    fired[([](auto& context) { x3::_val(context).negated = x3::_attr(context).negated; })] >
    kw("for") > country[expect_country];
const auto verdict_def = name[set_name] >>
                         kw("of")[of_kind<Expectation::Kind::verdict>] > country[expect_country] >
                         kw("and") > country[expect_second] > kw("is") > name[expect_word];
const auto condition_expectation_def = whole_expression[expect_condition] >>
                                       -((kw("within")[of_kind<Expectation::Kind::within>] >
                                          sum[expect_by] > kw("of") > sum[expect_other]) |
                                         (kw("by") > sum[expect_by]));
const auto expectation_rule_def =
    located[largest_part[take] | band_or_rank[take] | rule_expectation[take] |
            tripwire_expectation[take] | verdict[take] | condition_expectation[take]];

BOOST_SPIRIT_DEFINE(expectation_rule, largest_part, verdict, band_or_rank, rule_expectation,
                    tripwire_expectation, condition_expectation, how, holds_or_binds, fired)

struct quantity_id {};
const x3::rule<quantity_id, Number> quantity{"a number with its unit"};
const auto quantity_def = signed_number[take];
BOOST_SPIRIT_DEFINE(quantity)

}  // namespace

bool read_expression(Iterator& at, Iterator last, State& state, Expression& value) {
  return read_by(whole_expression, at, last, state, value);
}

bool read_sum(Iterator& at, Iterator last, State& state, Expression& value) {
  return read_by(sum, at, last, state, value);
}

bool read_primary(Iterator& at, Iterator last, State& state, Expression& value) {
  return read_by(primary_rule, at, last, state, value);
}

bool read_expectation(Iterator& at, Iterator last, State& state, Expectation& value) {
  return read_by(expectation_rule, at, last, state, value);
}

bool read_quantity(Iterator& at, Iterator last, State& state, Number& value) {
  return read_by(quantity, at, last, state, value);
}

bool read_unit_word(Iterator& at, Iterator last, State& state, Unit& value) {
  return read_by(unit_rule, at, last, state, value);
}

}  // namespace waystone::syntax
