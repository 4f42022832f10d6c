// One character of UTF-8 at a time.
#pragma once
#include <cstddef>
#include <string_view>

namespace waystone {

/// Bytes of the character at the head of the text; 0 where it is none (overlong forms, surrogates
/// and NUL are none).
std::size_t sequence_length(std::string_view text);
/// The code point of one whole character, or the value of one byte.
char32_t decode(std::string_view sequence);

}  // namespace waystone
