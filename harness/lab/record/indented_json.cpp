#include "harness/lab/record/indented_json.h"

#include <cstddef>

namespace assay::lab {
namespace {

constexpr std::size_t widest_line = 100;

// Behind the text that starts at `at` with a quotation mark.
std::size_t behind_text(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

// Behind the member that starts at `at`: at the comma or bracket that ends it.
std::size_t behind_member(std::string_view json, std::size_t at) {
  int depth = 0;
  while (at < json.size()) {
    const char c = json[at];
    if (c == '"') {
      at = behind_text(json, at);
      continue;
    }
    if (depth == 0 && (c == ',' || c == ']' || c == '}')) break;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    ++at;
  }
  return at;
}

std::string on_one_line(std::string_view json) {
  std::string line;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t next = json[at] == '"' ? behind_text(json, at) : at + 1;
    line += json.substr(at, next - at);
    if (json[at] == ',' || json[at] == ':') line += ' ';
    at = next;
  }
  return line;
}

// `indent`: of the line that the value is on; `used`: of that line, with what follows it.
void append_value(std::string& out, std::string_view json, std::size_t indent, std::size_t used) {
  const std::string line = on_one_line(json);
  if ((json[0] != '{' && json[0] != '[') || used + line.size() <= widest_line) {
    out += line;
    return;
  }
  out += json[0];
  for (std::size_t at = 1; at < json.size() - 1;) {
    const std::size_t end = behind_member(json, at);
    std::string name;
    if (json[0] == '{') {
      const std::size_t colon = behind_text(json, at);
      name = std::string(json.substr(at, colon - at)) + ": ";
      at = colon + 1;
    }
    out += '\n' + std::string(indent + 2, ' ') + name;
    append_value(out, json.substr(at, end - at), indent + 2, indent + 2 + name.size() + 1);
    if (json[end] == ',') out += ',';
    at = end + 1;
  }
  out += '\n' + std::string(indent, ' ') + json.back();
}

}  // namespace

std::string indented_json(std::string_view compact) {
  std::string out;
  append_value(out, compact, 0, 0);
  return out + '\n';
}

}  // namespace assay::lab
