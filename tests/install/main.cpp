// Scores a scenario, says what each rule did to Ukraine, and why it is where it is.
#include <cstdio>
#include <string>

#include <waystone/waystone.hpp>

int main(int, char** argv) {
  const std::string data = argv[1];  // share/waystone
  const auto rules = waystone::Rules::read(data + "/rules/belt-and-road.risk");
  if (!rules) return std::fputs(rules.text().c_str(), stderr), 1;

  waystone::Asking asking;
  asking.viewpoint = "state";
  asking.settings = {"UKR.eu_access=6"};
  const auto situation =
      waystone::Situation::read(*rules, data + "/scenarios/article/2015-06.toml", asking);
  if (!situation) return std::fputs(situation.text().c_str(), stderr), 1;

  for (const waystone::Score& score : situation->scores())
    if (score.node == "risk")
      std::printf("%s %.1f (%.1f to %.1f) %s\n", score.country.c_str(), score.value, score.low,
                  score.high, score.band.c_str());

  const auto why = situation->explain("UKR");
  if (!why) return std::fputs(why.text().c_str(), stderr), 1;
  for (const waystone::RuleState& rule : why->views().front().rules)
    for (const waystone::Part& moved : rule.moved)
      std::printf("%s moves %s by %+.1f\n", rule.name.c_str(), moved.name.c_str(), moved.points);
  std::puts(why->text().c_str());
}
