// SHA-256 (FIPS 180-4), to stamp outputs with what they were made from.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace waystone {

/// 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

/// One hash over several texts, whatever their order: only their bytes count.
std::string hash_of_texts(const std::vector<std::string_view>& texts);

}  // namespace waystone
