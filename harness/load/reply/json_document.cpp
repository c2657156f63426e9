#include "harness/load/reply/json_document.h"

#include <algorithm>

#include "server/model/json_reader.h"

namespace assay::load {
namespace {

constexpr model::ReadLimits limits{JsonDocument::deepest, JsonDocument::most_elements, 1};
constexpr std::size_t few_members = 8;  // so few are compared with each other, not sorted

// Room for the nodes of a common body at once; a large one grows.
std::size_t expected_nodes(std::size_t bytes) { return std::min<std::size_t>(bytes / 6 + 1, 1024); }

// The names of an object, in its order.
std::vector<std::string_view> names_of(const JsonNode& object) {
  std::vector<std::string_view> names(object.count);
  const JsonNode* name = object.inside();
  for (std::string_view& text : names) {
    text = name->text;
    name = name->next()->next();
  }
  return names;
}

bool is_twice_among_few(const JsonNode& object) {
  const JsonNode* name = object.inside();
  for (std::uint32_t i = 1; i < object.count; ++i) {
    name = name->next()->next();
    const JsonNode* before = object.inside();
    for (; before != name; before = before->next()->next()) {
      if (before->text == name->text) return true;
    }
  }
  return false;
}

bool has_a_name_twice(const JsonNode& object) {
  if (object.count < 2) return false;
  if (object.count <= few_members) return is_twice_among_few(object);
  std::vector<std::string_view> names = names_of(object);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

}  // namespace

const JsonNode* JsonNode::member(std::string_view name) const {
  const JsonNode* at = inside();
  for (std::uint32_t i = 0; i < count; ++i, at = at->next()->next()) {
    if (at->text == name) return at->next();
  }
  return nullptr;
}

// One reading. A step goes from a place to the one behind, or to null at a fault.
class JsonDocument::Reading {
 public:
  Reading(JsonDocument& document, std::string_view text)
      : document_(document), reader_(text, limits, problems_) {}

  std::string run() {
    const char* at = reader_.start();
    if (at != nullptr) at = value(at);
    if (reader_.finish(at)) return {};
    reader_.place_problems();
    return problems_.front().message;
  }

 private:
  const char* value(const char* at) {
    switch (*at) {
      case '{': return object(at);
      case '[': return array(at);
      case '"': return text(at);
      case 't': return word(at, "true", JsonKind::boolean);
      case 'f': return word(at, "false", JsonKind::boolean);
      case 'n': return word(at, "null", JsonKind::null);
      default: return number(at);
    }
  }

  JsonNode& add(JsonKind kind) {
    JsonNode& node = document_.nodes_.emplace_back();
    node.kind = kind;
    return node;
  }

  const char* word(const char* at, std::string_view expected, JsonKind kind) {
    add(kind).truth = expected == "true";
    return reader_.expect_word(at, expected);
  }

  const char* number(const char* at) {
    if (*at != '-' && (*at < '0' || *at > '9')) return reader_.fault(at, "a value is expected");
    const char* const behind = reader_.skip_number(at);
    if (behind == nullptr) return nullptr;
    add(JsonKind::number).text = {at, static_cast<std::size_t>(behind - at)};
    return behind;
  }

  const char* text(const char* at) {
    std::string_view read;
    const char* const behind = reader_.read_text(at, read, scratch_);
    if (behind == nullptr) return nullptr;
    add(JsonKind::text).text = read.data() == scratch_.data() ? kept(read) : read;
    return behind;
  }

  // What was decoded is shorter than what it was read from, so that no view moves.
  std::string_view kept(std::string_view read) {
    std::string& all = document_.decoded_;
    if (all.empty()) all.reserve(static_cast<std::size_t>(reader_.end() - reader_.begin()));
    const std::size_t start = all.size();
    all += read;
    return std::string_view(all).substr(start);
  }

  const char* array(const char* at) {
    const std::size_t index = document_.nodes_.size();
    add(JsonKind::array);
    std::uint32_t count = 0;
    at = reader_.enter(at);
    while (at != nullptr && *at != ']') {
      if (!reader_.count_element(at)) return nullptr;
      ++count;
      at = reader_.to_next(value(at), ']');
    }
    return closed(index, count, at);
  }

  const char* object(const char* at) {
    const std::size_t index = document_.nodes_.size();
    add(JsonKind::object);
    std::uint32_t count = 0;
    at = reader_.enter(at);
    while (at != nullptr && *at != '}') {
      if (!reader_.count_element(at)) return nullptr;
      ++count;
      at = reader_.to_next(member(at), '}');
    }
    const char* const behind = closed(index, count, at);
    if (behind == nullptr || !has_a_name_twice(document_.nodes_[index])) return behind;
    return reader_.fault(at, "a name stands twice in this object");
  }

  const char* member(const char* at) {
    if (*at != '"') return reader_.fault(at, "a member's name is expected");
    at = text(at);
    if (at != nullptr) at = reader_.behind_colon(at);
    return at != nullptr ? value(at) : nullptr;
  }

  const char* closed(std::size_t index, std::uint32_t count, const char* at) {
    JsonNode& node = document_.nodes_[index];
    node.count = count;
    node.extent = static_cast<std::uint32_t>(document_.nodes_.size() - index);
    return reader_.leave(at);
  }

  JsonDocument& document_;
  std::vector<model::Problem> problems_;
  model::JsonReader reader_;
  std::string scratch_;
};

std::string JsonDocument::read(std::string_view text) {
  nodes_.clear();
  decoded_.clear();
  nodes_.reserve(expected_nodes(text.size()));
  return Reading(*this, model::JsonReader::text_with_an_end(text, with_an_end_)).run();
}

}  // namespace assay::load
