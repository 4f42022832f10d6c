// Derivatives of random models: every factor and output, by every numeral and every fact, for every
// country and viewpoint, against differences.
//   duals FOLDER …     each FOLDER holds model.risk and scenario.toml, as random_models.py writes
//   them
// Prints what was compared; ends with 1 where something differs, or where too much was unclear for
// the comparison to mean anything.

#include "differences.hpp"
#include "evaluate/assess.hpp"
#include "files_read.hpp"
#include "model/check.hpp"

namespace {

using namespace waystone;

// False where the folder can't be read: every one that the generator writes can.
bool compare_model(const std::string& folder, tests::Tally& tally) {
  SourceMap sources;
  auto model = model::read_model(folder + "/model.risk", tests::read_file, sources);
  if (!model) {
    fmt::print("{}", render_text(model.diagnostics, sources, {}));
    return false;
  }
  const program::Program program = program::compile(*model.value);
  auto scenario =
      scenario::read_scenario(folder + "/scenario.toml", *model.value, tests::read_file, sources);
  if (!scenario) {
    fmt::print("{}", render_text(scenario.diagnostics, sources, {}));
    return false;
  }
  const auto bound = evaluate::bind(*model.value, program, std::move(*scenario.value));
  if (!bound) {
    fmt::print("{}", render_text(bound.diagnostics, sources, {}));
    return false;
  }
  std::vector<RegisterId> wanted;
  for (std::size_t n = 0; n < model.value->nodes.size(); ++n)
    if (model.value->nodes[n].is_factor()) wanted.push_back(program.nodes[n].value);
  const evaluate::Plan plan(program, wanted);
  for (std::size_t viewpoint = 0;
       viewpoint < std::max<std::size_t>(1, model.value->viewpoints.size()); ++viewpoint) {
    const evaluate::Frame frame = evaluate::frame_of(*bound.value, ViewpointId{viewpoint});
    for (arma::uword lane = 0; lane < frame.lanes(); ++lane) {
      const evaluate::Frame country = evaluate::select_lanes(frame, {lane});
      tests::compare_with_differences(plan, country,
                                      tests::every_direction(plan, country, &*model.value), tally);
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  tests::Tally all;
  bool failed = argc < 2;
  for (int a = 1; a < argc; ++a) {
    tests::Tally tally;
    if (!compare_model(argv[a], tally)) failed = true;
    if (tally.differed > 0)
      fmt::print("{}: {} of {} differ; {}\n", argv[a], tally.differed,
                 tally.agreed + tally.differed, tally.first);
    all.agreed += tally.agreed;
    all.one_by_one += tally.one_by_one;
    all.differed += tally.differed;
    all.unclear += tally.unclear;
    all.by_range += tally.by_range;
  }
  fmt::print(
      "{} models: {} derivatives agree, {} operation by operation (kinks that meet), {} differ, {} "
      "are too near a kink to tell, {} left out since ranges of unknown facts decide\n",
      argc - 1, all.agreed, all.one_by_one, all.differed, all.unclear, all.by_range);
  return failed || all.differed > 0 || all.unclear_share() > 0.005 ? 1 : 0;
}
