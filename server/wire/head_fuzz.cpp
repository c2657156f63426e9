// Any head that a connection lets through: parsed without a look outside of it, into views of it.
//
// What the reader of usual heads takes, the strict parser takes and reads the same.
//
// The input is what a peer sends. What Connection::head_length refuses or waits for is passed over,
// because parse_head requires a whole head without folded lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

#include "server/wire/head_parser.h"
#include "server/wire/refusal.h"
#include "server/wire/request.h"
#include "server/wire/usual_head.h"

namespace {

using assay::wire::Refusal;
using assay::wire::RequestHead;

void require(bool promise) {
  if (!promise) std::abort();
}

// The head at the start of `bytes`, its empty line included; empty if a connection parses none.
std::string_view head_of(std::string_view bytes) {
  if (bytes.starts_with("\r\n")) return {};
  std::size_t line = 0;
  for (;;) {
    const std::size_t feed = bytes.find('\n', line);
    if (feed == bytes.npos || feed == 0 || bytes[feed - 1] != '\r') return {};
    if (feed + 1 - line == 2) return bytes.substr(0, feed + 1);
    const bool is_folded = line > 0 && (bytes[line] == ' ' || bytes[line] == '\t');
    if (is_folded) return {};
    line = feed + 1;
  }
}

bool lies_inside(std::string_view part, std::string_view whole) {
  const std::less_equal<> not_after;  // pointers into different objects have no other order
  return not_after(whole.data(), part.data()) &&
         not_after(part.data() + part.size(), whole.data() + whole.size());
}

// A view of text that lies on one line of the head.
bool is_sound(std::string_view part, std::string_view head) {
  return lies_inside(part, head) && part.find_first_of(std::string_view("\r\n\0", 3)) == part.npos;
}

void check(const RequestHead& head, std::string_view bytes) {
  require(head.version == 10 || head.version == 11);
  require(!head.method_name.empty() && is_sound(head.method_name, bytes));
  require(!head.target.empty() && is_sound(head.target, bytes));
  require(head.fields().size() <= RequestHead::field_limit);
  const char* read = bytes.data();
  for (const auto& [name, value] : head.fields()) {
    require(!name.empty() && is_sound(name, bytes) && is_sound(value, bytes));
    require(name.find_first_of(" \t:") == name.npos);
    require(name.data() > read && (value.empty() || value.data() > name.data()));
    read = name.data();
    require(head.find(name).has_value());
  }
}

bool same(const RequestHead& a, const RequestHead& b) {
  const auto same_field = [](const auto& one, const auto& other) {
    return one.name == other.name && one.value == other.value;
  };
  return a.method == b.method && a.method_name == b.method_name && a.target == b.target &&
         a.version == b.version &&
         std::equal(a.fields().begin(), a.fields().end(), b.fields().begin(), b.fields().end(),
                    same_field);
}

std::size_t read_usual_head(std::string_view bytes, RequestHead& head) {
  const std::size_t line = assay::wire::read_usual_line(bytes, head);
  const std::size_t fields =
      line == 0 ? 0 : assay::wire::read_usual_fields(bytes.substr(line), head);
  return fields == 0 ? 0 : line + fields;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view found = head_of({reinterpret_cast<const char*>(data), size});
  if (found.empty()) return 0;
  // A copy that ends where the head ends, so that a look beyond it is one that the sanitizer sees.
  const std::vector<char> copy(found.begin(), found.end());
  const std::string_view bytes(copy.data(), copy.size());
  RequestHead head;
  const bool taken = assay::wire::parse_head(bytes, head) == Refusal::none;
  if (taken) check(head, bytes);
  RequestHead usual;
  const std::size_t length = read_usual_head(bytes, usual);
  if (length == 0) return 0;
  require(taken && length == bytes.size() && same(head, usual));
  return 0;
}
