// The files in a folder.
#pragma once
#include <string>
#include <vector>

namespace waystone::command {

enum class Depth { shallow, deep };

/// The rule, scenario, judgement and data files in a folder, and in all below it if `deep`, sorted.
/// That includes links and anything else with such a name, except folders. Links to folders are not
/// followed: they could lead anywhere, or round in a circle. Stop{input_output} where a folder
/// can't be searched.
std::vector<std::string> files_in(const std::string& folder, Depth depth);

/// Whether a path of the command line is a folder, through links. Stop{input_output} where the
/// system can't say.
bool is_folder(const std::string& path);

}  // namespace waystone::command
