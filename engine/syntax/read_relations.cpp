// Grammar of relations between countries.
#include "syntax/grammar.hpp"

namespace waystone::syntax {
namespace {

struct relation_id {};
const x3::rule<relation_id, Relation> relation_declaration{"relation"};

const auto set_weight = [](auto& context) {
  auto& weight = x3::_val(context).weight;
  if (weight) return said_twice(context, x3::_val(context).name.where, "'weight'");
  weight = x3::_attr(context);
};
const auto relation_declaration_def =
    located[kw("relation") > declared_name[assign<&Relation::name>] > -text[put<&Relation::label>] >
            -(kw("{") > *(kw("symmetric")[mark<&Relation::symmetric, true>] |
                          (kw("weight") > unit_word[set_weight]) | provenance_line) >
              Close("a relation", "symmetric weight cites judged label"))];
BOOST_SPIRIT_DEFINE(relation_declaration)

}  // namespace

bool read_relation(Iterator& at, Iterator last, State& state, Relation& value) {
  return read_by(relation_declaration, at, last, state, value);
}

}  // namespace waystone::syntax
