// How a command of the laboratory ends, and how it says what kept it from its work.
#pragma once
#include <cstdio>

#include <fmt/format.h>

#include "harness/lab/lab_error.h"

namespace assay::lab {

inline constexpr int good = 0;
inline constexpr int answer_is_no = 1;
inline constexpr int wrong_input = 2;

inline int say(const LabError& error) {
  fmt::print(stderr, "error: {}\n", error.what());
  if (!error.remedy().empty()) fmt::print(stderr, "  {}\n", error.remedy());
  return wrong_input;
}

}  // namespace assay::lab
