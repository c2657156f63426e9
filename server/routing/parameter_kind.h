// What a typed parameter of a route admits: `{id:int}` is ParameterKind::integer.
//
// Pure; any thread; allocates nothing. Apart from integer, which is number as well, no two typed
// kinds admit the same text: the routing machine counts on that.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::routing {

enum class ParameterKind : std::uint8_t {
  text,
  integer,
  number,
  boolean,
  date,
  datetime,
  uuid,
  path
};
inline constexpr std::size_t parameter_kinds = 8;
inline constexpr std::size_t typed_kinds = parameter_kinds - 2;  // all but text and path

// Where several kinds stand at the same place of several routes, the earlier one answers.
inline constexpr std::array<ParameterKind, parameter_kinds> most_specific_first = {
    ParameterKind::integer, ParameterKind::uuid,    ParameterKind::date, ParameterKind::datetime,
    ParameterKind::number,  ParameterKind::boolean, ParameterKind::text, ParameterKind::path};

// Whether the kind admits the text, as it stands in the path:
//   text      any but the empty one
//   integer   -12, 007: digits after an optional minus, within 64 bits
//   number    -1.5, 2e-3: as JSON has it, but for leading zeros; a finite value is not promised
//   boolean   true or false
//   date      2026-11-30, a day that there is
//   datetime  2026-11-30T23:59:59, with up to nine places after a point, and Z or +01:00 or neither
//   uuid      8-4-4-4-12 hexadecimal digits of either case
//   path      all there is, even nothing
bool fits(ParameterKind kind, std::string_view text) noexcept;

// As a pattern writes it: str int float bool date datetime uuid path.
std::string_view name_of(ParameterKind kind) noexcept;
std::optional<ParameterKind> kind_named(std::string_view name) noexcept;

}  // namespace assay::routing
