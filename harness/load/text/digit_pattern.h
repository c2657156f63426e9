// A text with numbers that differ: each {digits} stands for one decimal digit or more, {or} parts
// texts of which it may be any one, everything else stands for itself. "Created: {digits}{or}Found:
// {digits}, counter={digits}". One pass over the text for each. Immutable; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/load/load_error.h"

namespace assay::load {

class DigitPattern {
 public:
  // Refuses an empty text, and {digits} with a digit or another {digits} right behind it: where
  // the one ends and the other begins could be read in several ways.
  static Result<DigitPattern> of(std::string_view pattern);

  bool accepts(std::string_view text) const;  // all of it

 private:
  struct Text {
    std::string first;              // up to the first {digits}
    std::vector<std::string> rest;  // behind each, none of them beginning with a digit
    bool accepts(std::string_view text) const;
  };
  static Result<Text> text_of(std::string_view pattern);

  std::vector<Text> texts_;
};

}  // namespace assay::load
