// Strong integer ids: an index into one particular table, not interchangeable with an index into
// another.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace waystone {

template <class Tag>
struct Id {
  std::uint32_t index = UINT32_MAX;  // UINT32_MAX: none

  constexpr Id() = default;
  constexpr explicit Id(std::size_t i) : index(static_cast<std::uint32_t>(i)) {}
  constexpr bool valid() const { return index != UINT32_MAX; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using FileId = Id<struct FileTag>;
using NodeId =
    Id<struct NodeTag>;  // indicator, parameter, derived value, factor or output of a model
using RuleId = Id<struct RuleTag>;
using RelationId = Id<struct RelationTag>;
using SourceId = Id<struct SourceTag>;  // a `source` declaration
using ViewpointId = Id<struct ViewpointTag>;
using RegisterId = Id<struct RegisterTag>;  // result of one operation of a program
using SlotId = Id<struct SlotTag>;          // one numeral of the rule files
using InputId = Id<struct InputTag>;        // one column of facts of a frame

}  // namespace waystone

template <class Tag>
struct std::hash<waystone::Id<Tag>> {
  std::size_t operator()(waystone::Id<Tag> id) const noexcept { return id.index; }
};
