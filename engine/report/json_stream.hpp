// JSON documents written piece by piece, with the same bytes that `text_of` gives for the whole.
#pragma once
#include <string_view>
#include <vector>

#include "report/json.hpp"
#include "report/pieces.hpp"

namespace waystone::report {

/// The innermost open value takes the next one: an array `item`, an object `member`.
class JsonStream {
 public:
  explicit JsonStream(Put put) : put_(std::move(put)) {}

  void item(const Json& value);
  void member(std::string_view key, const Json& value);
  /// Those of an object, in its order.
  void members(const Json& object);
  void open_object() { open("", '{'); }  // as an item, or the document itself
  void open_object(std::string_view key) { open(key, '{'); }
  void open_array(std::string_view key) { open(key, '['); }
  /// Closes the innermost; with the outermost the document ends.
  void close();

 private:
  struct Open {
    char bracket;
    bool empty = true;
  };
  void open(std::string_view key, char bracket);
  std::string start(std::string_view key);
  void write(std::string_view key, const Json& value);

  Put put_;
  std::vector<Open> open_;
};

}  // namespace waystone::report
