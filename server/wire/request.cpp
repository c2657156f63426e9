#include "server/wire/request.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace assay::wire {
namespace {

constexpr std::array<std::pair<std::string_view, Method>, 8> methods = {{
    {"GET", Method::get},
    {"POST", Method::post},
    {"HEAD", Method::head},
    {"PUT", Method::put},
    {"PATCH", Method::patch},
    {"DELETE", Method::del},
    {"OPTIONS", Method::options},
    {"CONNECT", Method::connect},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_bytes(const char* a, const char* b, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

// Most names are written alike: whole words of them are compared first.
template <class Word>
bool same_words(const char*& a, const char*& b, std::size_t& left) {
  for (; left >= sizeof(Word); a += sizeof(Word), b += sizeof(Word), left -= sizeof(Word)) {
    Word first;
    Word second;
    std::memcpy(&first, a, sizeof(Word));
    std::memcpy(&second, b, sizeof(Word));
    if (first != second && !same_bytes(a, b, sizeof(Word))) return false;
  }
  return true;
}

}  // namespace

Method method_named(std::string_view name) {
  for (const auto& [known, method] : methods) {
    if (known == name) return method;
  }
  return Method::other;
}

bool same_letters(const char* a, const char* b, std::size_t count) {
  return same_words<std::uint64_t>(a, b, count) && same_words<std::uint32_t>(a, b, count) &&
         same_bytes(a, b, count);
}

std::optional<std::string_view> RequestHead::find(std::string_view name) const {
  for (const HeaderField& field : fields()) {
    if (same_name(field.name, name)) return field.value;
  }
  return std::nullopt;
}

}  // namespace assay::wire
