// A data file from arbitrary bytes, read once as a long and once as a wide table.
#include "pipeline.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waystone;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string head = "title = \"t\"\nas_of = 2020-06-30\nmodel = \"m.risk\"\n";
  const std::string tail = "[defaults]\nvalid = 2020-01-01\nsource = \"s\"\ngrade = \"observed\"\n";
  fuzz::run({{"m.risk", fuzz::small_model()}, {"s.toml", head + "data = [\"f.csv\"]\n" + tail}, {"f.csv", text}});
  fuzz::run({{"m.risk", fuzz::small_model()}, {"s.toml", head + tail + "[[wide]]\nfile = \"f.csv\"\n"}, {"f.csv", text}});
  return 0;
}
