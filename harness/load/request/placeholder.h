// What may stand in a request for something that differs from one to the next.
//
// {seq}, {random:a:b} with whole numbers a <= b of 64 bits, {pick:x|y|z}, {pick:@FILE}. No other
// braces are placeholders, so a JSON body stays what it is. A text between bars may be empty and
// cannot hold a bar or "}"; a file's line may. Lines end in LF or CR LF, and an empty one counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/load/load_error.h"

namespace assay::load {

struct Placeholder {
  enum class Kind { sequence, random, pick };

  Kind kind = Kind::sequence;
  std::size_t length = 0;          // as it is written, with its braces
  std::int64_t least = 0;          // of random numbers
  std::uint64_t span = 0;          // how far the last of what may come is from the first
  std::vector<std::string> texts;  // to pick from
};

// The placeholder that `text` begins with, if it does. Reads the file that it names.
Result<std::optional<Placeholder>> placeholder_at(std::string_view text);

}  // namespace assay::load
