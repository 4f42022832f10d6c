#include "report/html.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"
#include "report/document.hpp"
#include "source/visible.hpp"

namespace waystone::report {
namespace {

// Of an even number of hexadecimal digits.
std::string bytes_of(std::string_view digits) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    bytes += char(16 * value(digits[i]) + value(digits[i + 1]));
  return bytes;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned three = 0;
    for (std::size_t i = 0; i < 3; ++i)
      three = three << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0);
    for (std::size_t i = 0; i < 4; ++i)
      text += at + i <= bytes.size() ? letters[three >> (18 - 6 * i) & 63] : '=';
  }
  return text;
}

std::string policy(std::string_view kind, std::string_view text) {
  return text.empty() ? "" : fmt::format("; {} {}", kind, policy_hash(text));
}

}  // namespace

std::string policy_hash(std::string_view text) {
  return fmt::format("'sha256-{}'", base64(bytes_of(sha256(text))));
}

std::string script_json(std::string_view json) {
  std::string text = visible_json(json), out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '<')
      out += "\\u003c";
    else if (c == '>')
      out += "\\u003e";
    else if (c == '&')
      out += "\\u0026";
    else
      out += c;
  }
  return out;
}

std::string page_head(const HtmlHead& head) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; "
      "form-action 'none'{}{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>{}</style>\n"
      "</head>\n",
      html_text(head.language), policy("script-src", head.script), policy("style-src", head.style),
      html_text(head.title), head.style);
}

}  // namespace waystone::report
