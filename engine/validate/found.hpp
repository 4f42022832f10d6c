// What an assertion rests on, as it was found: "risk(BLR) 47.1, risk(UKR) 66.8". Private to this
// room.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace waystone::validate {

class Found {
 public:
  explicit Found(const model::Model& model) : model_(model) {}
  /// Each text is noted once.
  void note(const std::string& what, std::optional<double> score = std::nullopt);
  /// `node` decides the least digits, `beside_band` whether its bands do, too.
  void note_score(const std::string& what, double score, NodeId node, bool beside_band = false);
  void note_value(const std::string& what, double value);
  /// A number that scores are held against.
  void hold_against(double number) { held_against_.push_back(number); }
  void hold_against(const model::Expression& numbers);
  /// Scores with so many digits that they differ, where they do, from each other and from the
  /// numbers that they were held against.
  std::string words() const;

 private:
  struct Entry {
    std::string what;
    std::optional<double> score;  // to be printed after it
  };
  const model::Model& model_;
  std::vector<Entry> entries_;
  std::set<std::string> noted_;
  std::vector<double> held_against_;
  int digits_ = 1;
};

}  // namespace waystone::validate
