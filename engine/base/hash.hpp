// SHA-256 (FIPS 180-4), to stamp outputs with what they were made from.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace waystone {

/// 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

/// The same of bytes that come piece by piece.
class Sha256 {
 public:
  /// All pieces but the last have a multiple of 64 bytes.
  void add(std::string_view piece);
  std::string digits() const;

 private:
  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::uint64_t size_ = 0;
  std::string rest_;  // of the last piece: less than 64 bytes
};

/// One hash of several hashes, whatever their order.
std::string hash_of_hashes(std::vector<std::string> hashes);
/// One hash over several texts, whatever their order: only their bytes count.
std::string hash_of_texts(const std::vector<std::string_view>& texts);

}  // namespace waystone
