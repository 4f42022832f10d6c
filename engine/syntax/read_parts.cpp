// Grammar of the parts of many declarations, and of the short declarations: include, model, source.
#include "syntax/grammar.hpp"

namespace waystone::syntax {
namespace {

struct judgement_id {};
struct translation_id {};
struct names_id {};
const x3::rule<judgement_id, Judgement> judgement_rule{"by \"…\" on DATE because \"…\""};
const x3::rule<translation_id, Translation> translation_rule{"a language code and a text"};
const x3::rule<names_id, std::vector<Name>> names_rule{"names, separated by commas"};

const auto judgement_rule_def =
    located[kw("by") > text[assign<&Judgement::by>] > kw("on") > date[assign<&Judgement::on>] >
            kw("because") > text[assign<&Judgement::because>]];
const auto translation_rule_def =
    name[assign<&Translation::language>] > text[assign<&Translation::text>];
const auto names_rule_def = name % ',';

BOOST_SPIRIT_DEFINE(judgement_rule, translation_rule, names_rule)

// ---- include, model, source

struct include_id {};
struct model_id {};
struct source_id {};
const x3::rule<include_id, Include> include_declaration{"include"};
const x3::rule<model_id, ModelDefaults> model_declaration{"model"};
const x3::rule<source_id, Source> source_declaration{"source"};

const auto include_declaration_def = located[kw("include") > text[assign<&Include::path>]];
const auto model_declaration_def =
    located[kw("model") > text[assign<&ModelDefaults::title>] >
            -(kw("{") > *((kw("version") > text[put<&ModelDefaults::version>]) |
                          (kw("horizon") > number[put<&ModelDefaults::horizon>]) |
                          (kw("level") > kw("margin") > number[put<&ModelDefaults::level_margin>]) |
                          (kw("main") > name[put<&ModelDefaults::main>]) | provenance_line) >
              Close("a model", "version horizon level main cites judged label"))];
const auto source_declaration_def =
    located[kw("source") > declared_name[assign<&Source::name>] > text[assign<&Source::title>] >
            -(kw("{") >
              *((kw("publisher") > text[put<&Source::publisher>]) |
                (kw("published") > date[put<&Source::published>]) |
                (kw("licence") > text[put<&Source::licence>]) |
                (kw("url") > text[put<&Source::url>]) | (kw("lag") > number[put<&Source::lag>]) |
                (kw("label") > translation[add_label])) >
              Close("a source", "publisher published licence url lag label"))];

BOOST_SPIRIT_DEFINE(include_declaration, model_declaration, source_declaration)

}  // namespace

bool read_judgement(Iterator& at, Iterator last, State& state, Judgement& value) {
  return read_by(judgement_rule, at, last, state, value);
}

bool read_translation(Iterator& at, Iterator last, State& state, Translation& value) {
  return read_by(translation_rule, at, last, state, value);
}

bool read_names(Iterator& at, Iterator last, State& state, std::vector<Name>& value) {
  return read_by(names_rule, at, last, state, value);
}

bool read_include(Iterator& at, Iterator last, State& state, Include& value) {
  return read_by(include_declaration, at, last, state, value);
}

bool read_model(Iterator& at, Iterator last, State& state, ModelDefaults& value) {
  return read_by(model_declaration, at, last, state, value);
}

bool read_source(Iterator& at, Iterator last, State& state, Source& value) {
  return read_by(source_declaration, at, last, state, value);
}

}  // namespace waystone::syntax
