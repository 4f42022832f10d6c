// Groups of countries: [group.NAME] lists one, [[groups]] takes them from a column of a table.
#pragma once
#include "scenario/reading.hpp"

namespace waystone::scenario {

/// The file whose groups are read.
struct GroupFile {
  const std::string& path;  // of the scenario
  const CountryRule& countries;
  std::vector<FileId>& files;  // that it read
  std::vector<LeftOut>& left_out;
  std::vector<FileId>& tables;  // of [[groups]]
};

/// Adds a file's groups to those it inherits; one of its own takes the place of an inherited one of
/// that name. E0303, E0307, E0325, E0326, E0365 (no countries), E0366 (a name twice), E0367 (no
/// name).
void read_groups(Keys& keys, const GroupFile& file, const Reading& reading,
                 std::vector<Group>& groups);

/// W0320 for members that the scenario's own lists name and that it does not score; W0306 for a
/// table whose groups have none that it scores.
void warn_of_groups(const Scenario& scenario, const std::vector<FileId>& tables,
                    const Reading& reading);

}  // namespace waystone::scenario
