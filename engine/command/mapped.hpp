// Large tables as the system shows them: their text lies in its cache and not in our memory.
#pragma once
#include <cstddef>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "command/descriptor.hpp"
#include "source/bytes.hpp"

namespace waystone::command {

/// How far a reader of a large file is.
struct Progress {
  std::string_view path;
  Passage passage = Passage::reading;
  std::size_t done = 0, of = 0;  // bytes
};

/// An ordinary file, mapped for reading. Another process that cuts it meanwhile ends this one with
/// exit code 4 and a sentence; one that changes it is found by `has_changed`.
class MappedFile : public Keeper {
 public:
  using Tell = std::function<void(const Progress&)>;
  /// Takes the open file over; nothing, and the file stays as it is, where the system can't map it.
  /// `tell` may be empty.
  static std::shared_ptr<const MappedFile> of(Descriptor& file, const std::string& path,
                                              const Tell& tell);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() override;

  std::string_view view() const { return {static_cast<const char*>(begin_), size_}; }
  const std::string& path() const { return path_; }
  bool has_changed() const;
  void passed(std::size_t until, Passage passage) const override;

 private:
  MappedFile(void* begin, std::size_t size, std::string path, Tell tell);
  void* begin_;
  std::size_t size_;
  std::string path_;
  Tell tell_;
  Descriptor file_;
  struct timespec changed_ {};
  mutable std::size_t given_back_ = 0;  // bytes from the beginning that lie in no memory of ours
  mutable Passage last_ = Passage::checking;
};

}  // namespace waystone::command
