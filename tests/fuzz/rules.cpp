// A rule file from arbitrary bytes: parsed, checked, its diagnostics rendered, compiled.
#include "pipeline.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waystone;
  const std::map<std::string, std::string> files{
      {"m.risk", std::string(reinterpret_cast<const char*>(data), size)}};
  SourceMap sources;
  const auto model = model::read_model("m.risk", fuzz::reader(files), sources);
  render_text(model.diagnostics, sources, {});
  if (model) program::compile(*model.value);
  return 0;
}
