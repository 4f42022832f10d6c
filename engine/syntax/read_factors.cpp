// Grammar of factors, outputs and viewpoints.
#include "syntax/grammar.hpp"

namespace waystone::syntax {
namespace {

// ---- factor, output

struct combine_id {};
struct limits_id {};
struct member_id {};
struct tie_id {};
struct strength_id {};
struct bands_id {};
struct scale_id {};
struct worse_id {};
struct factor_id {};
struct output_id {};
const x3::rule<combine_id, Combine> combine{
    "a way to combine (arithmetic, geometric, harmonic, power mean of order N, sum, product, "
    "worst, best, median, = EXPRESSION)"};
const x3::rule<limits_id, WeightLimits> limits{"'between' or 'locked'"};
const x3::rule<member_id, Member> member{"a weight"};
const x3::rule<tie_id, Tie> tie{"names of members, separated by commas"};
const x3::rule<strength_id, Strength> strength{"a strength"};
const x3::rule<bands_id, Bands> bands{"bands"};
const x3::rule<scale_id, Scale> scale{"LOW to HIGH, higher is worse"};
const x3::rule<worse_id, Worse> worse_words{"\"riskier\", \"riskiest\", less \"risky\""};
const x3::rule<factor_id, Factor> factor_declaration{"factor"};
const x3::rule<output_id, Factor> output_declaration{"output"};

template <Combination kind>
inline constexpr auto combination = mark<&Combine::kind, kind>;
const auto combine_def = located
    [((kw("=")[combination<Combination::expression>] > expression[assign<&Combine::expression>]) |
      kw("arithmetic")[combination<Combination::arithmetic>] |
      kw("geometric")[combination<Combination::geometric>] |
      kw("harmonic")[combination<Combination::harmonic>] |
      (kw("power")[combination<Combination::power_mean>] > kw("mean") > kw("of") > kw("order") >
       signed_number[assign<&Combine::order>]) |
      kw("sum")[combination<Combination::sum>] | kw("product")[combination<Combination::product>] |
      kw("worst")[combination<Combination::worst>] | kw("best")[combination<Combination::best>] |
      kw("median")[combination<Combination::median>]) >>
     *(kw(",") > ((kw("no") > kw("part") > kw("below") > number[put<&Combine::floor>]) |
                  (kw("weights") > kw("from") >
                   kw("viewpoint")[mark<&Combine::weights_from_viewpoint, true>])))];

const auto weigh = [](auto& context) {
  Member& line = x3::_val(context);
  line.weight = std::move(x3::_attr(context));
  line.kind = line.weight.unit == Unit::percent ? WeightKind::percent : WeightKind::none;
};
const auto in_parts = [](auto& context) {
  Member& line = x3::_val(context);
  if (line.weight.unit == Unit::none) line.kind = WeightKind::parts;
};
// A weight without "%" or "parts" is a slip that deserves its own words.
const auto need_kind = [](auto& context) {
  const Member& line = x3::_val(context);
  if (line.kind != WeightKind::none) return;
  const Iterator from = state_of(context).begin + line.weight.where.begin;
  throw Failure{Code::E0101,
                from,
                state_of(context).begin + line.weight.where.end,
                "a weight is written '22%' or '2 parts'",
                {}};
};
// No other line opens with `between` or `locked`, so members may bear the second name themselves.
const auto limit_low = [](auto& context) {
  auto& low = x3::_val(context).low;
  if (low)
    state_of(context).diagnostics->add(Code::E0107, x3::_attr(context).where,
                                       "'between' is said twice for one weight");
  low = std::move(x3::_attr(context));
};
const auto lock = [](auto& context) {
  const Iterator end = x3::_where(context).begin();  // after the word
  auto& locked = x3::_val(context).locked;
  if (locked)
    state_of(context).diagnostics->add(Code::E0107, state_of(context).span(end - 6, end),
                                       "'locked' is said twice for one weight");
  locked = true;
};
const auto limits_def = located[+(
    (kw("between") > number[limit_low] > kw("and") > number[assign<&WeightLimits::high>]) |
    kw("locked")[lock])];
const auto member_def = located[((kw("member") > name[assign<&Member::name>]) |
                                 ((number[weigh] >> -(kw("parts") | kw("part"))[in_parts] >>
                                   x3::eps[need_kind]) > name[assign<&Member::name>])) >>
                                -limits[assign<&Member::limits>]];
const auto tie_def = located[name[append<&Tie::members>] > kw(",") > name[append<&Tie::members>] >
                             *(kw(",") > name[append<&Tie::members>])];
const auto strength_def = located[name[assign<&Strength::name>] > kw("lowers") > kw("by") >
                                  kw("at") > kw("most") > number[assign<&Strength::points>] >
                                  -(-kw(",") >> kw("unless") > name[append<&Strength::unless>] >
                                    *(kw("or") > name[append<&Strength::unless>]) > kw("holds"))];

const auto band_name = [](auto& context) {
  x3::_val(context).edges.push_back({std::move(x3::_attr(context)), {}});
};
const auto band_from = [](auto& context) {
  x3::_val(context).edges.back().from = std::move(x3::_attr(context));
};
const auto bands_def =
    located[name[assign<&Bands::lowest>] >
            *(kw(",") > ((kw("margin") >> number[put<&Bands::margin>]) |
                         (name[band_name] > kw("from") > signed_number[band_from])))];
const auto scale_def =
    located[signed_number[assign<&Scale::low>] > kw("to") > signed_number[assign<&Scale::high>] >
            kw(",") > kw("higher") > kw("is") >
            (kw("better")[mark<&Scale::higher_is_better, true>] | kw("worse"))];

const auto worse_words_def =
    located[text[assign<&Worse::more>] >> -(kw(",") >> text[assign<&Worse::most>]) >>
            -(kw(",") > kw("less") > text[assign<&Worse::plain>])];

const auto reweight_at = [](auto& context) {
  x3::_val(context).reweight_where = x3::_attr(context).where;
  if (x3::_val(context).reweight)
    return said_twice(context, x3::_attr(context).where, "'reweight'");
  x3::_val(context).reweight = std::move(x3::_attr(context));
};
const auto factor_lines =
    (kw("scale") > scale[put<&Factor::scale>]) | (kw("worse") > worse_words[put<&Factor::worse>]) |
    (kw("combine") > combine[put<&Factor::combine>]) |
    (kw("reweight") > kw("if") > kw("at") > kw("least") > number[reweight_at] > kw("known")) |
    (kw("strength") > strength[append<&Factor::strengths>]) |
    (kw("tied") > tie[append<&Factor::ties>]) |
    (kw("digits") > number[put_digits<&Factor::digits>]) | provenance_line |
    member[append<&Factor::members>];
const auto factor_declaration_def =
    located[kw("factor") > declared_name[assign<&Factor::name>] > -text[put<&Factor::label>] >
            kw("{") > *factor_lines >
            Close("a factor",
                  "scale worse combine digits reweight strength member tied cites judged label")];

const auto output_name = [](auto& context) {
  x3::_val(context).name = std::move(x3::_attr(context));
  x3::_val(context).is_output = true;
};
const auto output_expression = [](auto& context) {
  Combine written;
  written.kind = Combination::expression;
  written.where = x3::_attr(context).where;
  written.expression = std::move(x3::_attr(context));
  x3::_val(context).combine = std::move(written);
};
const auto output_block =
    kw("{") > *(factor_lines | (kw("bands") > bands[put<&Factor::bands>])) >
    Close("an output",
          "scale worse combine bands digits reweight strength member tied cites judged label");
const auto output_declaration_def =
    located[kw("output") > declared_name[output_name] > -text[put<&Factor::label>] >
            ((kw("=") > expression[output_expression] > -output_block) | output_block)];

BOOST_SPIRIT_DEFINE(combine, limits, member, tie, strength, bands, scale, worse_words,
                    factor_declaration, output_declaration)

// ---- viewpoint

struct profile_id {};
struct viewpoint_id {};
const x3::rule<profile_id, Viewpoint::Profile> profile{"a profile"};
const x3::rule<viewpoint_id, Viewpoint> viewpoint_declaration{"viewpoint"};
const auto profile_def =
    located[name[put<&Viewpoint::Profile::node>] > kw("{") >
            *((kw("tied") > tie[append<&Viewpoint::Profile::ties>]) |
              member[append<&Viewpoint::Profile::members>]) > Close("a profile", "member tied")];
// Lines outside `for` blocks gather in one profile without a node.
Viewpoint::Profile& plain_profile(std::vector<Viewpoint::Profile>& profiles, const Span& where) {
  auto plain =
      std::find_if(profiles.begin(), profiles.end(), [](const auto& p) { return !p.node; });
  if (plain == profiles.end()) {
    plain = profiles.insert(profiles.begin(), Viewpoint::Profile{});
    plain->where = where;
  }
  return *plain;
}
template <auto lines>
inline constexpr auto append_plain = [](auto& context) {
  auto& gathered = plain_profile(x3::_val(context).profiles, x3::_attr(context).where);
  (gathered.*lines).push_back(std::move(x3::_attr(context)));
};
const auto viewpoint_declaration_def =
    located[kw("viewpoint") > declared_name[assign<&Viewpoint::name>] >
            -text[put<&Viewpoint::label>] > kw("{") >
            *((kw("for") > profile[append<&Viewpoint::profiles>]) |
              (kw("tied") > tie[append_plain<&Viewpoint::Profile::ties>]) | provenance_line |
              member[append_plain<&Viewpoint::Profile::members>]) >
            Close("a viewpoint", "for tied cites judged label")];
BOOST_SPIRIT_DEFINE(profile, viewpoint_declaration)

}  // namespace

bool read_factor(Iterator& at, Iterator last, State& state, Factor& value) {
  return read_by(factor_declaration, at, last, state, value);
}

bool read_output(Iterator& at, Iterator last, State& state, Factor& value) {
  return read_by(output_declaration, at, last, state, value);
}

bool read_viewpoint(Iterator& at, Iterator last, State& state, Viewpoint& value) {
  return read_by(viewpoint_declaration, at, last, state, value);
}

}  // namespace waystone::syntax
