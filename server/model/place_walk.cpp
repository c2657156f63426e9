#include "server/model/place_walk.h"

#include <string>

#include "server/model/json_reader.h"

namespace assay::model {
namespace {

// The name without its quotes and escapes.
std::string decoded(std::string_view name) {
  std::string copy;
  std::vector<Problem> none;
  JsonReader reader(JsonReader::text_with_an_end(name, copy), {}, none);
  std::string out;
  reader.read_string(reader.begin(), out);
  return out;
}

}  // namespace

std::vector<Step> PlaceWalk::location_at(const char* place) {
  while (at_ < place) pass();
  std::vector<Step> location;
  for (const Level& level : levels_) {
    if (!level.has_names) {
      location.emplace_back(level.index);
    } else if (!level.name.empty()) {
      location.emplace_back(decoded(level.name));
    }
  }
  return location;
}

void PlaceWalk::pass() {
  switch (*at_) {
    case '"': return pass_string();
    case ',': pass_comma(); break;
    case '{': levels_.push_back({true, true, {}, 0}); break;
    case '[': levels_.push_back({}); break;
    case '}':
    case ']':
      if (!levels_.empty()) levels_.pop_back();
      break;
    default: break;
  }
  ++at_;
}

void PlaceWalk::pass_comma() {
  if (levels_.empty()) return;
  Level& level = levels_.back();
  level.awaits_name = level.has_names;
  level.name = {};
  ++level.index;
}

void PlaceWalk::pass_string() {
  const char* const from = at_++;
  while (at_ != end_ && *at_ != '"') at_ += *at_ == '\\' && at_ + 1 != end_ ? 2 : 1;
  if (at_ != end_) ++at_;
  if (levels_.empty() || !levels_.back().awaits_name) return;
  levels_.back().awaits_name = false;
  levels_.back().name = {from, static_cast<std::size_t>(at_ - from)};
}

}  // namespace assay::model
