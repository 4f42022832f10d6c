// A judgement file from arbitrary bytes, about a small model and one scenario; weights found must
// be weights.
#include <deque>

#include "fit/tune.hpp"
#include "memory_files.hpp"

namespace {

using namespace waystone;

constexpr const char* model_text = R"(model "m" { horizon 5 years }
source s "a source" { }
output risk "r" { combine geometric, no part below 5, weights from viewpoint bands low, high from 50 }
viewpoint v { judged by "d" on 2020-01-01 because "b" 50% f between 10% and 70% 30% g 20% h }
indicator a "a" { unit percent range 0% to 100% best 0%, worst 100% missing unknown cites s }
indicator b "b" { unit percent range 0% to 100% best 0%, worst 100% missing unknown cites s }
indicator c "c" { unit percent range 0% to 100% best 0%, worst 100% missing unknown cites s }
factor f "f" { combine arithmetic 1 part a cites s }
factor g "g" { combine arithmetic 1 part b cites s }
factor h "h" { combine arithmetic 1 part c cites s }
rule r "r" { when a > 60% then risk at least 55 because "x" cites s }
)";

constexpr const char* scenario_text = R"toml(title = "s"
as_of = 2020-06-30
model = "m.risk"
codes = "own"
[defaults]
valid = 2020-01-01
grade = "observed"
source = "s"
[country.A1.facts]
a = 10
b = 80
c = 30
[country.B2.facts]
a = 70
b = 20
c = 40
[country.C3.facts]
a = 40
b = 50
c = 90
[country.D4.facts]
a = 25
c = 5
[country.E5.facts]
a = 55
b = 5
c = 60
[country.F6.facts]
a = 90
b = 95
c = 1
[[expect]]
assert = "risk(A1) < risk(B2)"
because = "x"
)toml";

void require(bool condition) {
  if (!condition) std::abort();
}

struct World {
  SourceMap sources;
  model::Model model;
  program::Program program;
  weights::Group group;

  World() {
    const auto files = std::map<std::string, std::string>{{"m.risk", model_text}};
    auto outcome = model::read_model("m.risk", fuzz::reader(files), sources);
    require(bool(outcome));
    model = std::move(*outcome.value);
    program = program::compile(model);
    group = *weights::group_of(model, program, model.main, ViewpointId{0});
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  const std::map<std::string, std::string> files{
      {"j.toml", std::string(reinterpret_cast<const char*>(data), size)},
      {"s.toml", scenario_text}};
  SourceMap sources = world.sources;
  const auto judgements =
      fit::read_judgements("j.toml", world.model, world.group, fuzz::reader(files), sources);
  render_text(judgements.diagnostics, sources, {});
  if (!judgements) return 0;
  if (judgements.value->example_list.size() > 6)
    return 0;  // the rest is about correctness, not size
  std::deque<evaluate::Case> cases;
  fit::TuningQuestion question;
  for (const auto& [path, scenario] : judgements.value->scenarios) {
    auto bound = evaluate::bind(world.model, world.program, scenario);
    if (!bound) return 0;
    question.cases[path] = &cases.emplace_back(std::move(*bound.value));
  }
  question.model = &world.model;
  question.group = &world.group;
  question.viewpoint = ViewpointId{0};
  question.viewpoint_name = "v";
  question.judgements = &*judgements.value;
  question.find_case = [](const std::string&) { return nullptr; };
  question.sources = &sources;
  question.output = world.model.main;
  for (const Span& numeral : world.group.numerals) question.now.emplace_back(sources.text(numeral));
  const fit::Tuned tuned = fit::tune(question);
  if (tuned.status != fit::Status::failed)
    require(weights::contains(tuned.domain, tuned.shares, 1e-6));
  if (tuned.written) require(weights::contains(tuned.domain, tuned.written->shares, 1e-6));
  const fit::Left left = fit::left_by(question);
  if (!left.compatible.inside.empty())
    require(weights::contains(left.compatible.domain, left.compatible.inside, 1e-6));
  return 0;
}
