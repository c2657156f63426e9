// Several requests as they are written for --mix: one a line, its weight, its path, then options as
// on the command line.
//
//   # what the shop's visitors do
//   80 /items/{random:1:100}
//   15 /items -X POST --body '{"name":"x"}' --expect-status 201
//    5 /items/0 --expect-status 404
//
// Words are parted by spaces. Within '...' every byte is itself; within "..." \n \r \t \" \\ are
// bytes. Empty lines and those that begin with # say nothing. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/load/command/question_options.h"
#include "harness/load/load_error.h"

namespace assay::load {

struct MixLine {
  std::size_t number = 1;  // in the text, empty ones counted
  unsigned weight = 1;
  std::string target;
  QuestionOptions options;
};

inline constexpr unsigned highest_weight = 1'000'000;

// Refuses, with its line, what is no request, and a text without any.
Result<std::vector<MixLine>> parse_mix(std::string_view text);

}  // namespace assay::load
