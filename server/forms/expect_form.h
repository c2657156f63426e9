// For tests: a form is read whole, byte by byte, cut at every byte, and cut at random.
#pragma once
#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/forms/form_outcome.h"

namespace assay::forms {

inline std::vector<std::string_view> cut_at_random(std::string_view body, std::mt19937& random) {
  std::vector<std::string_view> pieces;
  while (!body.empty()) {
    const std::size_t size = 1 + random() % std::min<std::size_t>(body.size(), 23);
    pieces.push_back(body.substr(0, size));
    body.remove_prefix(size);
  }
  return pieces;
}

inline void expect_form(std::string_view content_type, std::string_view body,
                        const std::string& expected, const FormLimits& limits = {}) {
  const std::string input = testing::PrintToString(std::string(body));
  EXPECT_EQ(outcome(content_type, {body}, limits), expected) << input << ": whole";
  EXPECT_EQ(outcome(content_type, pieces_of(body, 1), limits), expected) << input << ": bytes";
  for (std::size_t cut = 1; cut < body.size(); ++cut) {
    EXPECT_EQ(outcome(content_type, {body.substr(0, cut), body.substr(cut)}, limits), expected)
        << input << " @" << cut;
  }
  std::mt19937 random(20261121);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(outcome(content_type, cut_at_random(body, random), limits), expected) << input;
  }
}

}  // namespace assay::forms
