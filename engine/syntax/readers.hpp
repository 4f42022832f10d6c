// The readers of a rule file's parts, each in the file that holds its rules, so that a file of the
// grammar compiles without the others. Private to this room.
//
// Each reads from `at`, moves it past what it read and returns true. If the part doesn't begin
// there, it returns false. If the part begins but is faulty, it throws Unexpected or Failure.
#pragma once
#include "syntax/scanning.hpp"

namespace waystone::syntax {

template <class Value>
using Reader = bool (*)(Iterator& at, Iterator last, State& state, Value& value);

// read_expressions.cpp
bool read_expression(Iterator& at, Iterator last, State& state, Expression& value);
bool read_sum(Iterator& at, Iterator last, State& state, Expression& value);
bool read_primary(Iterator& at, Iterator last, State& state, Expression& value);
bool read_expectation(Iterator& at, Iterator last, State& state, Expectation& value);
bool read_quantity(Iterator& at, Iterator last, State& state, Number& value);
bool read_unit_word(Iterator& at, Iterator last, State& state, Unit& value);

// read_parts.cpp
bool read_judgement(Iterator& at, Iterator last, State& state, Judgement& value);
bool read_translation(Iterator& at, Iterator last, State& state, Translation& value);
bool read_names(Iterator& at, Iterator last, State& state, std::vector<Name>& value);
bool read_include(Iterator& at, Iterator last, State& state, Include& value);
bool read_model(Iterator& at, Iterator last, State& state, ModelDefaults& value);
bool read_source(Iterator& at, Iterator last, State& state, Source& value);

// read_values.cpp
bool read_indicator(Iterator& at, Iterator last, State& state, Indicator& value);
bool read_group(Iterator& at, Iterator last, State& state, Group& value);
bool read_parameter(Iterator& at, Iterator last, State& state, Parameter& value);
bool read_derived(Iterator& at, Iterator last, State& state, Derived& value);

// read_factors.cpp
bool read_factor(Iterator& at, Iterator last, State& state, Factor& value);
bool read_output(Iterator& at, Iterator last, State& state, Factor& value);
bool read_viewpoint(Iterator& at, Iterator last, State& state, Viewpoint& value);

// read_rules.cpp
bool read_rule(Iterator& at, Iterator last, State& state, Rule& value);
bool read_tripwire(Iterator& at, Iterator last, State& state, Tripwire& value);
bool read_example(Iterator& at, Iterator last, State& state, Example& value);

// read_relations.cpp
bool read_relation(Iterator& at, Iterator last, State& state, Relation& value);

}  // namespace waystone::syntax
