// Assertions from their trees: what expectations of scenarios, examples of rule files and those of
// judgement files have in common.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "diagnose/diagnostic.hpp"
#include "model/model.hpp"
#include "syntax/tree.hpp"

namespace waystone::model {

/// Where an assertion stands: what its names mean there. What a name doesn't mean each file says in
/// its own words and codes; an invalid id is then given.
class AssertionNames {
 public:
  virtual ~AssertionNames() = default;
  virtual NodeId node(const syntax::Name& name) = 0;
  virtual NodeId target(const syntax::Name& name) = 0;  // a factor or output
  virtual NodeId part(const syntax::Name& name) = 0;    // what part of a target can be
  virtual RuleId rule(const syntax::Name& name) = 0;
  virtual std::optional<std::size_t> tripwire(const syntax::Name& name) = 0;
  /// `elsewhere`: of another scenario.
  virtual void country(const syntax::Name& code, bool elsewhere) = 0;
  virtual void other_scenario(const std::string& path, Span where) = 0;
  /// "did you mean …", or nothing.
  virtual std::vector<std::string> suggest(const std::string& name,
                                           const std::vector<std::string>& candidates) = 0;

  /// The model as far as it is built.
  virtual const Model& model() const = 0;
  /// The file that holds the assertion: the files that it names lie beside it.
  virtual std::string file() const = 0;
  virtual std::string sample_country() const { return "UKR"; }

  struct Codes {
    Code unknown_word, no_bands, no_country;
  };
  virtual Codes codes() const = 0;
};

/// The assertion of a tree. E0230 to E0233 and E0235 for units and functions, as in rules; E0208,
/// E0285; what `names` says. Where something was wrong, the result must not be used.
Assertion resolve(const syntax::Expectation& tree, AssertionNames& names, Diagnostics& diagnostics);

}  // namespace waystone::model
