// A JSON text as a tree, of which the nodes lie in one array in the order of the text.
//
// As strict as server/model's reader: RFC 8259, UTF-8 alone; and an object that says a name twice
// is refused, since who reads it may take either. Belongs to one thread while it reads; any number
// may look at it afterwards. Texts are views into what was read, which must outlive the document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::load {

enum class JsonKind : std::uint8_t { null, boolean, number, text, array, object };

struct JsonNode {
  JsonKind kind = JsonKind::null;
  bool truth = false;        // of a boolean
  std::uint32_t count = 0;   // elements of an array, members of an object
  std::uint32_t extent = 1;  // nodes with all that is inside
  std::string_view text;     // of a text without its escapes; of a number as it is written

  // What is inside stands in a row: elements, or in an object a name before each value.
  const JsonNode* inside() const { return this + 1; }
  const JsonNode* next() const { return this + extent; }
  const JsonNode* member(std::string_view name) const;  // or null. REQUIRES: an object
};

class JsonDocument {
 public:
  static constexpr int deepest = 128;                       // objects and arrays in each other
  static constexpr std::size_t most_elements = 10'000'000;  // and members, in all

  JsonDocument() = default;
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  // Empty, or what is wrong and where: "line 1, column 9: ...".
  std::string read(std::string_view text);
  const JsonNode& root() const { return nodes_.front(); }  // REQUIRES: `read` found nothing wrong

 private:
  class Reading;

  std::vector<JsonNode> nodes_;
  std::string with_an_end_;  // a copy of a text that does not end in a bracket
  std::string decoded_;      // texts with escapes; never longer than what was read
};

}  // namespace assay::load
