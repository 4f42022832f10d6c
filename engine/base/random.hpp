// The one source of chance: seeded by who asks, the same on every machine.
#pragma once
#include <cstdint>
#include <random>

namespace waystone {

/// The standard fixes the Mersenne Twister's bits but not what its distributions make of them, so
/// the scaling is our own.
class Random {
 public:
  explicit Random(std::uint64_t seed) : bits_(seed) {}
  std::uint64_t bits() { return bits_(); }
  /// Between 0 and 1, neither of them.
  double uniform() { return (double(bits_() >> 11) + 0.5) * 0x1p-53; }
  /// One of 0 to count - 1. (The bias of the remainder is below 10^-9 for any list in memory.)
  std::size_t below(std::size_t count) { return bits_() % count; }

 private:
  std::mt19937_64 bits_;
};

}  // namespace waystone
