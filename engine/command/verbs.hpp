// One function a verb; each in a file of its own. They return an exit code or throw Stop.
#pragma once
#include "command/session.hpp"

namespace waystone::command {

struct ScoreOptions : Options {
  std::vector<std::string> only, columns;  // comma-separated lists
  std::string by, by_group;
  std::size_t top = 0;
  bool factors = false, long_rows = false;
};
int score(const ScoreOptions& options, const Console& console);

struct ExplainOptions : Options {
  std::string scenario, country, record;
  int depth = 2;
  bool deepest_first = false, ledger = false;
};
int explain(const ExplainOptions& options, const Console& console);

struct CompareOptions : Options {
  std::string scenario, first, second, against;
  std::vector<std::string> only;
  std::size_t top = 0;
};
int compare(const CompareOptions& options, const Console& console);

struct TrackOptions : Options {
  std::string scenario, country, from, to, every, since;
  std::vector<std::string> only;
  std::size_t top = 0;
};
int track(const TrackOptions& options, const Console& console);

struct BackTestOptions : Options {
  std::string scenario, from, to, register_to, registered, dated;
  std::vector<std::string> outcomes;  // comma-separated lists
  std::vector<int> horizons;
  std::size_t draws = 1000;
  std::uint64_t seed = 1;
};
int backtest(const BackTestOptions& options, const Console& console);

struct RobustOptions : Options {
  std::string scenario, first, second, node, from;
  std::size_t samples = 10000;
  std::uint64_t seed = 1;
};
int robust(const RobustOptions& options, const Console& console);

struct CheckOptions : Options {
  bool warnings_as_errors = false;
};
int check(const CheckOptions& options, const Console& console);

int test(const Options& options, const Console& console);
int coverage(const Options& options, const Console& console);

struct TuneOptions : Options {  // `rules`: the file to tune
  std::string from, node, reason;
  std::vector<std::string> on;
  int decimals = 1;
  bool write = false;
};
int tune(const TuneOptions& options, const Console& console);

struct DataOptions : Options {  // `all`: tell every country fact by fact
  std::string scenario;
  std::vector<std::string> countries;
  bool missing = false, sources = false;
};
int data(const DataOptions& options, const Console& console);

struct CountriesOptions : Options {  // `all`: list every country's figures
  std::string scenario;
  std::vector<std::string> only;
};
int sources(const CountriesOptions& options, const Console& console);
int assumptions(const CountriesOptions& options, const Console& console);

struct MemoOptions : Options {
  std::string scenario, first, second, record;
  bool text = false;
};
int memo(const MemoOptions& options, const Console& console);

struct ReportOptions : Options {
  std::vector<std::string> only, countries, compared;  // comma-separated lists; two codes
  std::string record;
};
int report(const ReportOptions& options, const Console& console);
int watch(const ReportOptions& options, const Console& console);

struct PortfolioOptions : Options {
  std::string scenario, exposure, against, since;
};
int portfolio(const PortfolioOptions& options, const Console& console);

struct PackOptions : Options {  // `out`: the folder
  std::string scenario, record;
  std::size_t samples = 2000;
};
int validation_pack(const PackOptions& options, const Console& console);

struct ListOptions : Options {
  bool program = false;
};
int list(const ListOptions& options, const Console& console);

struct EmitOptions : Options {  // `rules`: the file to emit
  bool js = false, script = false;
};
int emit(const EmitOptions& options, const Console& console);

struct ExplainCodeOptions : Options {
  std::string code;
};
int explain_code(const ExplainCodeOptions& options, const Console& console);

}  // namespace waystone::command
