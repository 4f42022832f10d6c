// A data file from arbitrary bytes, read as a long and as a wide table, each also with all that can
// be said of its form.
#include "pipeline.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace waystone;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string head = "title = \"t\"\nas_of = 2020-06-30\nmodel = \"m.risk\"\n";
  const std::string tail = "[defaults]\nvalid = 2020-01-01\nsource = \"s\"\ngrade = \"observed\"\n";
  fuzz::run({{"m.risk", fuzz::small_model()},
             {"s.toml", head + "data = [\"f.csv\"]\n" + tail},
             {"f.csv", text}});
  fuzz::run({{"m.risk", fuzz::small_model()},
             {"s.toml", head + tail + "[[wide]]\nfile = \"f.csv\"\n"},
             {"f.csv", text}});
  const std::string form =
      "skip = 1, missing = [\"..\"], others = \"skip\", where = { year = [\">=2018\", "
      "\"2013..2015\", 3] }";
  fuzz::run({{"m.risk", fuzz::small_model()},
             {"s.toml", head + "data = [{ file = \"f.csv\", " + form + " }]\n" + tail},
             {"f.csv", text}});
  const std::string wide =
      "[[wide]]\nfile = \"f.csv\"\nvalid = \"year\"\nskip = 1\nmissing = [\"..\"]\nothers = "
      "\"skip\"\n"
      "where = { year = [\">=2018\", \"2013..2015\", 3] }\n";
  fuzz::run({{"m.risk", fuzz::small_model()}, {"s.toml", head + tail + wide}, {"f.csv", text}});
  return 0;
}
