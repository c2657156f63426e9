// A UUID (RFC 9562): sixteen bytes, written as 8-4-4-4-12 lower-case hex digits.
//
// Read as pydantic does from strings: upper case, without hyphens, in braces, or after "urn:uuid:".
// A plain value; any thread.
#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/model/problem.h"

namespace assay::model {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Uuid&) const = default;
  std::string text() const;

  // What typed text has: its form in JSON Schema, its room, and how it is read and written.
  static constexpr std::string_view format = "uuid";
  static constexpr std::size_t longest_text = 36;
  static constexpr FixedProblem wrong_type = no_uuid;
  static std::optional<Problem> parse(std::string_view text, Uuid& out);
  char* write(char* to) const;
};

}  // namespace assay::model
