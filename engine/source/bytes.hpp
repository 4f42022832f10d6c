// The bytes of a file, shared by all who hold them.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace waystone {

/// What a reader does that goes through bytes from beginning to end.
enum class Passage { checking, indexing, reading, hashing };

/// Keeps bytes that are no string of ours, such as those of a mapped file.
class Keeper {
 public:
  virtual ~Keeper() = default;
  /// A reader is so far, and for now needs nothing before `until`, though it may come back to it.
  virtual void passed(std::size_t until, Passage passage) const = 0;
};

/// A text, or a view of one that somebody else keeps. Copies share it, and views stay valid as long
/// as any of them lives.
class Bytes {
 public:
  Bytes() : Bytes(std::string()) {}
  Bytes(std::string text) {
    auto kept = std::make_shared<const std::string>(std::move(text));
    view_ = *kept;
    string_ = std::move(kept);
  }
  Bytes(const char* text) : Bytes(std::string(text)) {}
  Bytes(std::string_view view, std::shared_ptr<const Keeper> keeper)
      : view_(view), keeper_(std::move(keeper)) {}

  std::string_view view() const { return view_; }
  std::size_t size() const { return view_.size(); }
  operator std::string_view() const { return view_; }
  /// Whether somebody else keeps them: no more of them than is read lies in memory.
  bool kept() const { return keeper_ != nullptr; }
  /// The same bytes without the first few.
  Bytes without_first(std::size_t count) const {
    Bytes rest = *this;
    rest.view_.remove_prefix(count);
    return rest;
  }
  void passed(std::size_t until, Passage passage) const {
    if (keeper_) keeper_->passed(until, passage);
  }

  /// Readers of much call `passed` every so many bytes.
  static constexpr std::size_t stretch = 4u << 20;

 private:
  std::string_view view_;
  std::shared_ptr<const std::string> string_;
  std::shared_ptr<const Keeper> keeper_;
};

}  // namespace waystone
