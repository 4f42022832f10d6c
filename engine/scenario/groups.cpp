#include "scenario/groups.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/alike.hpp"
#include "scenario/country_cells.hpp"
#include "scenario/row_filter.hpp"
#include "scenario/skipped_rows.hpp"
#include "source/paths.hpp"

namespace waystone::scenario {
namespace {

bool is_letter_of_name(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit_of_name(char c) { return c >= '0' && c <= '9'; }

bool is_group_name(std::string_view name) {
  return !name.empty() && is_letter_of_name(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return is_letter_of_name(c) || is_digit_of_name(c) || c == '_';
         });
}

// "South-eastern Asia": "south_eastern_asia"; "" where it has no letter of ASCII.
std::string group_name_from(std::string_view label) {
  std::string name;
  for (char c : label) {
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    if (is_letter_of_name(c) || is_digit_of_name(c))
      name += c;
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  return std::any_of(name.begin(), name.end(), is_letter_of_name) ? name : "";
}

std::string label_from(std::string_view name) {
  std::string label(name);
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

// Advice on a key that a group doesn't have.
std::string meant_of_group(const Entry& entry) {
  if (entry.key == "countries" || entry.key == "country" || entry.key == "codes" ||
      entry.key == "list")
    return "did you mean 'members'?";
  return entry.key == "title" || entry.key == "name" ? "did you mean 'label'?" : "";
}

// What [[groups]] doesn't have says [group.NAME].
std::string meant_of_groups(const Entry& entry) {
  if (entry.value.kind == Value::Kind::array || entry.key == "members")
    return "a list of codes stands under [group.NAME]: members = [\"POL\"]";
  return "";
}

class GroupReader {
 public:
  GroupReader(const GroupFile& file, const Reading& reading, std::vector<Group>& groups)
      : file_(file), reading_(reading), inherited_(groups) {}

  void read_own(const Entry& entry) {
    const std::string what = fmt::format("[group.{}]", entry.key);
    if (entry.value.kind != Value::Kind::table)
      return reading_.error(Code::E0304, entry.where,
                            fmt::format("'{}' is no table of a group", entry.key),
                            {fmt::format("write [group.{}], and under it members = [\"POL\"]",
                                         is_group_name(entry.key) ? entry.key : "NAME")});
    Keys keys(entry.value, what, reading_);
    Group group;
    group.where = entry.where;
    group.name = entry.key;
    const auto label = keys.line("label");
    group.label = label ? label->value : label_from(entry.key);
    if (const auto kind = keys.text("kind");
        kind && check_name(kind->value, kind->where, "a kind of groups"))
      group.kind = kind->value;
    if (const auto source = keys.line("source")) group.source = source->value;
    const Entry* list = keys.need("members");
    const bool good = list && read_members(keys, *list, group);
    keys.finish(meant_of_group);
    if (check_name(entry.key, entry.where, "a group") && good) add(std::move(group));
  }

  void read_table(const Value& table) {
    const std::size_t errors = reading_.diagnostics.errors();
    Keys keys(table, "[[groups]]", reading_);
    const auto path = keys.need("file") ? keys.text("file") : std::nullopt;
    const auto country = keys.text("country");
    const auto column = keys.need("column") ? keys.text("column") : std::nullopt;
    Group common;
    if (const auto source = keys.line("source")) common.source = source->value;
    if (const auto kind = keys.text("kind")) {
      if (check_name(kind->value, kind->where, "a kind of groups")) common.kind = kind->value;
    } else if (column) {
      common.kind = group_name_from(column->value);
    }
    const TableForm form = read_form(keys, file_.countries, reading_);
    keys.finish(meant_of_groups);
    if (!path || !column || form.broken) return;
    const auto id =
        open_table(path_from(file_.path, path->value), form, path->where, file_.files, reading_);
    if (!id) return;
    if (std::find(file_.tables.begin(), file_.tables.end(), *id) == file_.tables.end())
      file_.tables.push_back(*id);
    const std::string code = country ? country->value : "country";
    if (header_is_elsewhere(*id, form, {code, column->value}, path->where, reading_)) return;
    CsvReader csv(reading_.sources, *id, reading_.diagnostics, form.skip, form.semicolons());
    if (!csv.good()) return;
    const auto code_column =
                   find_column(csv, code, country ? country->where : path->where, reading_),
               label_column = find_column(csv, column->value, column->where, reading_);
    RowFilter filter(form.where, csv, reading_);
    if (!code_column || !label_column || !filter.good()) return;
    const Selected selected = rows(csv, form, filter, {*code_column, *label_column}, common);
    if (reading_.diagnostics.errors() > errors) return;
    filter.report(*id, form, selected.rows, reading_);
    const bool filtered = selected.rows == 0 && form.where;  // so the column is not at fault
    if (selected.groups.empty() && !filtered)
      reading_.error(Code::E0365, column->where,
                     fmt::format("the column '{}' of {} has no group", column->value,
                                 reading_.sources[*id].path()));
    for (const Group& group : selected.groups) add(group);
  }

  /// All of the file together with what it inherits.
  std::vector<Group> finished() && {
    for (Group& group : inherited_)
      if (!find(own_, group.name)) own_.push_back(std::move(group));
    std::sort(own_.begin(), own_.end(),
              [](const Group& a, const Group& b) { return a.name < b.name; });
    return std::move(own_);
  }

 private:
  struct Columns {
    std::size_t code, label;
  };
  struct Selected {
    std::vector<Group> groups;
    std::size_t rows = 0;  // that meet the filter
  };

  static Group* find(std::vector<Group>& groups, const std::string& name) {
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [&](const Group& group) { return group.name == name; });
    return found == groups.end() ? nullptr : &*found;
  }

  bool check_name(const std::string& name, Span where, std::string_view what) const {
    if (is_group_name(name)) return true;
    std::vector<std::string> notes = {"names are small letters, digits and '_', a letter first"};
    if (const std::string better = group_name_from(name); is_group_name(better))
      notes.push_back(fmt::format("write '{}'", better));
    reading_.error(Code::E0367, where, fmt::format("'{}' can't be the name of {}", name, what),
                   std::move(notes));
    return false;
  }

  bool read_members(Keys& keys, const Entry& list, Group& group) {
    const std::size_t errors = reading_.diagnostics.errors();
    for (const auto& code : keys.texts("members")) {
      if (!file_.countries.check(code.value, code.where, reading_)) continue;
      if (std::find(group.members.begin(), group.members.end(), code.value) != group.members.end())
        reading_.error(Code::E0326, code.where,
                       fmt::format("'{}' stands twice in the group '{}'", code.value, group.name));
      group.members.push_back(code.value);
    }
    if (list.value.kind == Value::Kind::array && list.value.items.empty())
      reading_.error(Code::E0365, list.value.where,
                     fmt::format("the group '{}' has no countries", group.name));
    std::sort(group.members.begin(), group.members.end());
    return reading_.diagnostics.errors() == errors;
  }

  // A table of many years says the same of a country again and again.
  Selected rows(CsvReader& csv, const TableForm& form, RowFilter& filter, const Columns& columns,
                const Group& common) {
    Selected selected;
    SkippedRows skipped;
    Diagnostics wrong;
    const Reading apart = reading_.into(wrong);
    Alike problems;
    while (csv.next()) {
      problems.add(wrong);
      wrong = {};
      if (!filter.selects(csv.row())) continue;
      ++selected.rows;
      const CsvCell &code = csv.row()[columns.code], &label = csv.row()[columns.label];
      if (!form.has_value(label.text)) continue;
      const std::string country(country_in(code.text, form, file_.countries));
      if (country.empty() && form.skip_others &&
          !may_name_country(code.text, form, file_.countries)) {
        skipped.add(code.text, csv.span(code));
        continue;
      }
      if (country.empty()) {
        refuse_stranger(code.text, csv.span(code), form, file_.countries, apart);
        continue;
      }
      Group* group = group_of_cell(csv, label, common, apart, selected.groups);
      if (!group) continue;
      const auto at = std::lower_bound(group->members.begin(), group->members.end(), country);
      if (at == group->members.end() || *at != country) group->members.insert(at, country);
    }
    problems.add(wrong);
    problems.finish(reading_.diagnostics);
    skipped.finish(file_.left_out);
    return selected;
  }

  Group* group_of_cell(const CsvReader& csv, const CsvCell& cell, const Group& common,
                       const Reading& reading, std::vector<Group>& found) const {
    std::string name = group_name_from(cell.text);
    if (!name.empty() && is_digit_of_name(name.front()))
      name = (common.kind.empty() ? "group" : common.kind) + "_" + name;
    if (name.empty()) {
      reading.error(
          Code::E0367, csv.span(cell), fmt::format("no name can be made of '{}'", cell.text),
          {"names are small letters, digits and '_': write [group.NAME] with this label"});
      return nullptr;
    }
    if (Group* group = find(found, name)) {
      if (group->label != cell.text) say_twice(*group, csv.span(cell), reading);
      return group;
    }
    Group group = common;
    group.name = std::move(name);
    group.label = cell.text;
    group.where = csv.span(cell);
    found.push_back(std::move(group));
    return &found.back();
  }

  static void say_twice(const Group& first, Span again, const Reading& reading) {
    reading.diagnostics.add({Code::E0366,
                             again,
                             fmt::format("two groups are called '{}'", first.name),
                             {},
                             {{first.where, "the other"}},
                             {}});
  }

  void add(Group group) {
    if (const Group* other = find(own_, group.name))
      return say_twice(*other, group.where, reading_);
    own_.push_back(std::move(group));
  }

  const GroupFile& file_;
  const Reading& reading_;
  std::vector<Group>& inherited_;
  std::vector<Group> own_;
};

}  // namespace

void read_groups(Keys& keys, const GroupFile& file, const Reading& reading,
                 std::vector<Group>& groups) {
  GroupReader reader(file, reading, groups);
  const std::vector<std::string> form{"a group is a table [group.NAME] with members = [\"POL\"]",
                                      "[[groups]] takes groups from a column of a file"};
  const auto refuse = [&](const Entry& entry, std::string_view what) {
    reading.error(Code::E0304, entry.where, std::string(what), form);
    keys.pass_over(entry.key);
  };
  const Entry *own = keys.take("group"), *of_files = keys.take("groups");
  if (own && own->value.kind != Value::Kind::table)
    refuse(*own, "'group' holds a table for each group");
  else if (own)
    for (const Entry& entry : own->value.entries) reader.read_own(entry);
  if (of_files && of_files->value.kind == Value::Kind::table && !of_files->value.find("file"))
    refuse(*of_files, "'groups' is a list of tables");
  else
    for (const Value* table : keys.tables("groups")) reader.read_table(*table);
  groups = std::move(reader).finished();
}

namespace {

// A table of many groups is made for more countries than are scored, but not for none of them.
void warn_of_table(FileId table, const Scenario& scenario, const Reading& reading) {
  const Group* first = nullptr;
  for (const Group& group : scenario.groups) {
    if (group.where.file != table) continue;
    if (!first || group.where < first->where) first = &group;
    if (std::any_of(group.members.begin(), group.members.end(), [&](const std::string& member) {
          return std::binary_search(scenario.countries.begin(), scenario.countries.end(), member);
        }))
      return;
  }
  if (first)
    reading.error(Code::W0306, first->where,
                  fmt::format("no group of {} has a country that this scenario scores",
                              reading.sources[table].path()));
}

// Scores of a group are those of its members that are scored; what is typical of it is not.
std::string counted_as(const Group& group, const model::Model& model) {
  std::vector<std::string> typical;
  for (const model::Node& node : model.nodes)
    if (!group.kind.empty() && node.kind == model::NodeKind::indicator &&
        node.indicator().missing.its == group.kind)
      typical.push_back(node.name);
  if (typical.empty()) return "it counts without them";
  return fmt::format("its scores count without them; what is typical of it counts them: {}",
                     listed(typical));
}

}  // namespace

void warn_of_groups(const Scenario& scenario, const std::vector<FileId>& tables,
                    const Reading& reading) {
  for (const FileId table : tables) warn_of_table(table, scenario, reading);
  for (const Group& group : scenario.groups) {
    const bool own = !scenario.files.empty() && group.where.file == scenario.files.front();
    if (!own) continue;
    std::vector<std::string> missing;
    std::set_difference(group.members.begin(), group.members.end(), scenario.countries.begin(),
                        scenario.countries.end(), std::back_inserter(missing));
    if (missing.empty()) continue;
    reading.error(
        Code::W0320, group.where,
        fmt::format("the group '{}' has {} that this scenario does not score: {}", group.name,
                    missing.size() == 1 ? "a country" : "countries", listed(missing)),
        {counted_as(group, reading.model)});
  }
}

const Group* find_group(const Scenario& scenario, std::string_view name) {
  const auto found = std::lower_bound(
      scenario.groups.begin(), scenario.groups.end(), name,
      [](const Group& group, std::string_view wanted) { return group.name < wanted; });
  return found != scenario.groups.end() && found->name == name ? &*found : nullptr;
}

std::vector<std::string> kinds_of_groups(const Scenario& scenario) {
  std::vector<std::string> kinds;
  for (const Group& group : scenario.groups)
    if (!group.kind.empty()) kinds.push_back(group.kind);
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  return kinds;
}

std::vector<const Group*> groups_of(const Scenario& scenario, std::string_view kind,
                                    std::string_view country) {
  std::vector<const Group*> found;
  for (const Group& group : scenario.groups)
    if (group.kind == kind && std::binary_search(group.members.begin(), group.members.end(),
                                                 country, std::less<std::string_view>{}))
      found.push_back(&group);
  return found;
}

}  // namespace waystone::scenario
