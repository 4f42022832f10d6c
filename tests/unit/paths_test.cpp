#include "source/paths.hpp"
#include "catch.hpp"

using namespace waystone;

TEST_CASE("a text handed over through a descriptor has no folder of its own") {
  CHECK(folder_for("rules/a.risk") == "rules/");
  CHECK(folder_for("/a.risk") == "/");
  CHECK(folder_for("a.risk").empty());
  for (const char* path : {"/dev/stdin", "/dev/fd/63", "/proc/self/fd/0"})
    CHECK(folder_for(path).empty());
  CHECK(descriptor_in("/dev/fd/63") == 63);
  CHECK(descriptor_in("/dev/stdout") == 1);
  for (const char* path : {"/dev/fd/", "/dev/fd/6x", "/dev/fd/-1", "/dev/null", "dev/fd/1"})
    CHECK(!descriptor_in(path));
}
