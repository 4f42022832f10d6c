// A rule file, a scenario and a data file in one input, parted by lines of four bars; evaluated and
// compared.
#include "pipeline.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waystone;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::map<std::string, std::string> files;
  for (const char* name : {"m.risk", "s.toml", "f.csv"}) {
    const std::size_t bar = std::min(rest.find("\n||||\n"), rest.size());
    files[name] = std::string(rest.substr(0, bar));
    rest.remove_prefix(std::min(rest.size(), bar + 6));
  }
  fuzz::run(files);
  return 0;
}
