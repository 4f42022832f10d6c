// From a path to parsed files: includes are followed, each file is read once.
#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "diagnose/file_kinds.hpp"
#include "model/check.hpp"
#include "source/paths.hpp"
#include "syntax/parse.hpp"

namespace waystone::model {
namespace {

constexpr std::size_t most_files = 10'000;

// One `include` line, resolved.
struct Edge {
  std::size_t to;
  Span where;
};

class Loader {
 public:
  Loader(const ReadFile& read, SourceMap& sources, Diagnostics& diagnostics)
      : read_(read), sources_(sources), diagnostics_(diagnostics) {}

  std::vector<syntax::File> run(const std::string& path) {
    open(tidy_path(path), {});
    for (std::size_t i = 0; i < files_.size(); ++i) follow(i);  // files_ grows meanwhile
    report_circles();
    return std::move(files_);
  }

 private:
  // Index of the file, or nothing where it can't be read (which has then been said at `where`).
  std::optional<std::size_t> open(const std::string& path, Span where) {
    if (const auto known = by_path_.find(path); known != by_path_.end()) return known->second;
    Outcome<std::string> text = read_(path);
    if (!text) {
      say_unreadable(path, where, text.diagnostics);
      by_path_[path] = std::nullopt;  // said once, however often it is included
      return std::nullopt;
    }
    auto foreign = wrong_ending(path, "a rule file", where);
    if (!foreign) foreign = refused_kind(*text.value, path, "a rule file", where);
    if (foreign) {
      diagnostics_.add(std::move(*foreign));
      by_path_[path] = std::nullopt;
      return std::nullopt;
    }
    const FileId id = sources_.add(path, std::move(*text.value));
    const std::size_t errors = diagnostics_.errors();
    const bool root = files_.empty();  // a part of the rules may be empty
    if (auto empty = root ? empty_text(sources_, id, "a rule file") : std::nullopt)
      diagnostics_.add(std::move(*empty));
    files_.push_back(syntax::parse_file(sources_, id, diagnostics_));
    edges_.emplace_back();
    syntax::File& file = files_.back();
    if (diagnostics_.errors() > errors && file.declarations.empty() && file.broken.empty())
      file.broken.push_back({"", {id, 0, 0}});
    return by_path_[path] = files_.size() - 1;
  }

  void say_unreadable(const std::string& path, Span where, const Diagnostics& why) {
    const std::string reason = why.list().empty() ? "it can't be read" : why.list().front().message;
    const Code code = why.list().empty() ? Code::E0001 : why.list().front().code;
    diagnostics_.add(code, where, fmt::format("can't read '{}': {}", path, reason));
  }

  void follow(std::size_t from) {
    const std::string path = sources_[files_[from].file].path();
    // copied: opening a file may move files_
    std::vector<syntax::Include> includes;
    for (const syntax::Declaration& declaration : files_[from].declarations)
      if (const auto* include = std::get_if<syntax::Include>(&declaration))
        includes.push_back(*include);
    for (const syntax::Include& include : includes) {
      if (files_.size() >= most_files) {
        diagnostics_.add(Code::E0002, include.where,
                         fmt::format("more than {} files are included", most_files));
        files_[from].broken.push_back({"", include.where});
        return;
      }
      const auto to = open(path_from(path, include.path.text), include.path.where);
      if (to)
        edges_[from].push_back({*to, include.path.where});
      else
        files_[from].broken.push_back(
            {"", include.where});  // names it would have declared are not reported as unknown
    }
  }

  // Depth-first with a stack of its own: a chain of includes may be long.
  void report_circles() {
    enum class Mark { fresh, open, done };
    std::vector<Mark> marks(files_.size(), Mark::fresh);
    std::vector<std::pair<std::size_t, std::size_t>> stack;  // file, next edge
    if (files_.empty()) return;
    stack.emplace_back(0, 0);
    marks[0] = Mark::open;
    while (!stack.empty()) {
      const auto [file, next] = stack.back();
      if (next == edges_[file].size()) {
        marks[file] = Mark::done;
        stack.pop_back();
        continue;
      }
      ++stack.back().second;
      const Edge edge = edges_[file][next];
      if (marks[edge.to] == Mark::open) say_circle(stack, edge);
      if (marks[edge.to] != Mark::fresh) continue;
      marks[edge.to] = Mark::open;
      stack.emplace_back(edge.to, 0);
    }
  }

  void say_circle(const std::vector<std::pair<std::size_t, std::size_t>>& stack, const Edge& edge) {
    std::string circle;
    bool inside = false;
    for (const auto& [file, next] : stack) {
      inside = inside || file == edge.to;
      if (inside) circle += sources_[files_[file].file].path() + " -> ";
    }
    circle += sources_[files_[edge.to].file].path();
    diagnostics_.add(Code::E0007, edge.where,
                     fmt::format("files include each other in a circle: {}", circle), {},
                     {"put what both need into a third file"});
  }

  const ReadFile& read_;
  SourceMap& sources_;
  Diagnostics& diagnostics_;
  std::vector<syntax::File> files_;
  std::vector<std::vector<Edge>> edges_;  // by file
  std::unordered_map<std::string, std::optional<std::size_t>> by_path_;
};

}  // namespace

std::vector<syntax::File> load(const std::string& path, const ReadFile& read, SourceMap& sources,
                               Diagnostics& diagnostics) {
  return Loader(read, sources, diagnostics).run(path);
}

Outcome<Model> read_model(const std::string& path, const ReadFile& read, SourceMap& sources) {
  Diagnostics said;
  const std::vector<syntax::File> files = load(path, read, sources, said);
  Outcome<Model> model;
  if (!files.empty()) model = check(files, sources);  // nothing could be read: nothing more to say
  said.append(model.diagnostics);
  said.sort();
  model.diagnostics = std::move(said);
  if (model.diagnostics.has_errors()) model.value.reset();
  return model;
}

}  // namespace waystone::model
