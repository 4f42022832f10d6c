// The version of Waystone. CMake reads it from here.
#pragma once

/// Major, minor and patch number. Before 1.0.0 a new minor version may change this interface.
#define WAYSTONE_VERSION "0.1.0"
