// Which value stands at a place of a JSON text: {"items", 2, "price"}.
//
// Looks only at brackets, commas and names, in text that a reader has passed already, so that the
// reader need not keep where it is. One walk for many places; belongs to one call.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "server/model/problem.h"

namespace assay::model {

class PlaceWalk {
 public:
  PlaceWalk(const char* begin, const char* end) : at_(begin), end_(end) {}

  // REQUIRES: `place` is in the text and not before the last one asked for.
  std::vector<Step> location_at(const char* place);

 private:
  struct Level {
    bool has_names = false;
    bool awaits_name = false;
    std::string_view name;  // with its quotes, as written; empty before the first
    std::size_t index = 0;
  };
  void pass();
  void pass_comma();
  void pass_string();

  const char* at_;
  const char* end_;
  std::vector<Level> levels_;
};

}  // namespace assay::model
