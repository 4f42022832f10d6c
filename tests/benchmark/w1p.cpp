// The panel benchmark: 3,750 country-years of 60 indicators through w1p.risk (an ordinary rule
// file), timed in the engine with data loaded and laid out beforehand and results left in memory.
//   w1p FOLDER [--reps N] [--dump FILE]     FOLDER holds w1p.risk and values.csv, as
//   tests/benchmark/w1p_model.py writes them
// Prints RESULT W1p <rows> waystone <threads> <seconds> <rows/s> <peak KiB>, and checksums.
#include <sys/resource.h>
#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "evaluate/assess.hpp"
#include "model/check.hpp"

namespace {

using namespace waystone;

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The median time of one call, each sample repeating it for at least 20 ms.
template <class Call>
double median_seconds(int samples, Call call) {
  std::vector<double> times;
  call();
  for (int s = 0; s < samples; ++s) {
    const double start = now();
    int calls = 0;
    do {
      call();
      ++calls;
    } while (now() - start < 0.02);
    times.push_back((now() - start) / calls);
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

// values.csv: year,country,i00,… one row a lane
evaluate::Frame panel(const program::Program& program, const model::Model& model,
                      const std::string& csv) {
  std::vector<std::vector<double>> rows;
  for (std::size_t at = csv.find('\n') + 1; at < csv.size();) {
    const std::size_t end = csv.find('\n', at);
    std::vector<double> row;
    const char* cell = csv.data() + csv.find(',', csv.find(',', at) + 1) + 1;
    while (cell < csv.data() + end) {
      char* after = nullptr;
      row.push_back(std::strtod(cell, &after));
      cell = after + 1;
    }
    rows.push_back(std::move(row));
    at = end + 1;
  }
  evaluate::Frame frame = evaluate::empty_frame(program, rows.size());
  for (std::size_t i = 0; i < 60; ++i) {
    const auto input = program.fact(*model.find(fmt::format("i{:02}", i)));
    for (std::size_t row = 0; row < rows.size(); ++row)
      frame.value(row, input.index) = rows[row][i];
  }
  frame.low = frame.high = frame.value;
  frame.all_known = true;
  return frame;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: w1p FOLDER [--reps N] [--dump FILE]\n");
    return 2;
  }
  const std::string folder = argv[1];
  int reps = 5;
  std::string dump;
  for (int a = 2; a + 1 < argc; a += 2) {
    if (!std::strcmp(argv[a], "--reps")) reps = std::atoi(argv[a + 1]);
    if (!std::strcmp(argv[a], "--dump")) dump = argv[a + 1];
  }
  SourceMap sources;
  const auto read = [](const std::string& path) {
    Outcome<std::string> text;
    text.value = slurp(path);
    return text;
  };
  auto model = model::read_model(folder + "/w1p.risk", read, sources);
  if (!model) {
    fmt::print(stderr, "{}", render_text(model.diagnostics, sources, {}));
    return 3;
  }
  const program::Program program = program::compile(*model.value);
  const evaluate::Frame frame = panel(program, *model.value, slurp(folder + "/values.csv"));
  std::vector<RegisterId> wanted;
  const auto want = [&](const std::string& name) {
    wanted.push_back(program[*model.value->find(name)].value);
  };
  want("index");
  want("rule_part");
  for (int i = 0; i < 60; ++i) want(fmt::format("c_{:02}", i));
  const evaluate::Plan plan(program, wanted);
  const model::Bands& bands = *(*model.value)[*model.value->find("index")].bands;

  arma::mat result;
  std::vector<int> band(frame.lanes());
  const double seconds = median_seconds(reps, [&] {
    result.reset();  // so that the results of all calls stand in the same memory, as the limit's do
    result = evaluate::evaluate(plan, frame);
    for (std::size_t row = 0; row < frame.lanes(); ++row) {
      int at = 0;
      for (const double edge : bands.edges) at += edge <= result(row, 0);
      band[row] = at;
    }
  });
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("RESULT W1p {} waystone 1 {:.6g} {:.6g} {}\n", frame.lanes(), seconds,
             double(frame.lanes()) / seconds, usage.ru_maxrss);

  double checksum = 0;
  for (std::size_t k = 0; k < frame.lanes() * 60; ++k)
    checksum += result(k / 60, 2 + k % 60) * double(k % 97 + 1);
  const auto count = [&](int b) { return std::count(band.begin(), band.end(), b); };
  fmt::print(
      "CHECK sum_index {:.12g}\nCHECK sum_index_sq {:.12g}\nCHECK sum_rule_part {:.12g}\nCHECK "
      "wsum_contributions {:.12g}\nCHECK bands {} {} {} {} {}\nCHECK operations {}\n",
      arma::accu(result.col(0)), arma::accu(arma::square(result.col(0))), arma::accu(result.col(1)),
      checksum, count(0), count(1), count(2), count(3), count(4), plan.operations().size());
  if (!dump.empty()) {
    std::ofstream out(dump, std::ios::binary);
    for (std::size_t row = 0; row < frame.lanes(); ++row) {
      const double head[3] = {result(row, 0), double(band[row]), result(row, 1)};
      out.write(reinterpret_cast<const char*>(head), sizeof head);
      for (int i = 0; i < 60; ++i)
        out.write(reinterpret_cast<const char*>(&result(row, 2 + std::size_t(i))), sizeof(double));
    }
  }
}
