// A scenario file from arbitrary bytes, against a small model.
#include "pipeline.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waystone;
  const std::string text(reinterpret_cast<const char*>(data), size);
  fuzz::run({{"m.risk", fuzz::small_model()},
             {"s.toml", text},
             {"t.toml", "as_of = 2020-01-01\n"},
             {"f.csv", "country,indicator,value\n"}});
  return 0;
}
