#include "harness/load/request/placeholder.h"

#include <charconv>
#include <utility>

#include "harness/load/request/file_content.h"

namespace assay::load {
namespace {

constexpr std::string_view sequence_text = "{seq}";
constexpr std::string_view random_start = "{random:";
constexpr std::string_view pick_start = "{pick:";

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

std::vector<std::string> parts(std::string_view text, char separator) {
  std::vector<std::string> found;
  while (true) {
    const std::size_t end = text.find(separator);
    found.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return found;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> lines(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::vector<std::string> found = parts(text, '\n');
  for (std::string& line : found) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
  }
  return found;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

// A fault that leaves `found` as it is, or none. `inside` is what stands between "{random:" and
// "}".
std::optional<LoadError> read_range(std::string_view whole, std::string_view inside,
                                    Placeholder& found) {
  const std::size_t colon = inside.find(':');
  const auto least = whole_number(inside.substr(0, colon));
  const auto most =
      colon == std::string_view::npos ? std::nullopt : whole_number(inside.substr(colon + 1));
  if (!least || !most) {
    return LoadError::bad_placeholder(whole, "it needs two whole numbers of at most 64 bits");
  }
  if (*least > *most) return LoadError::bad_placeholder(whole, "its first number is the larger");
  found.least = *least;
  found.span = static_cast<std::uint64_t>(*most) - static_cast<std::uint64_t>(*least);
  return std::nullopt;
}

std::optional<LoadError> read_texts(std::string_view whole, std::string_view inside,
                                    Placeholder& found) {
  if (inside.empty()) return LoadError::bad_placeholder(whole, "there is nothing to pick from");
  if (inside.front() == '@') {
    const Result<std::string> content = file_content(std::string(inside.substr(1)));
    if (!content) return content.error();
    if (content->empty()) return LoadError::bad_placeholder(whole, "the file is empty");
    found.texts = lines(*content);
  } else {
    found.texts = parts(inside, '|');
  }
  found.span = found.texts.size() - 1;
  return std::nullopt;
}

}  // namespace

Result<std::optional<Placeholder>> placeholder_at(std::string_view text) {
  Placeholder found;
  found.length = sequence_text.size();
  if (starts_with(text, sequence_text)) return std::optional(std::move(found));
  const bool is_random = starts_with(text, random_start);
  if (!is_random && !starts_with(text, pick_start)) return std::optional<Placeholder>();
  const std::size_t end = text.find('}');
  if (end == std::string_view::npos) {
    return LoadError::bad_placeholder(text, "it has no } at its end");
  }
  found.kind = is_random ? Placeholder::Kind::random : Placeholder::Kind::pick;
  found.length = end + 1;
  const std::string_view whole = text.substr(0, found.length);
  const std::size_t start = (is_random ? random_start : pick_start).size();
  const std::string_view inside = whole.substr(start, end - start);
  const auto fault =
      is_random ? read_range(whole, inside, found) : read_texts(whole, inside, found);
  if (fault) return *fault;
  return std::optional(std::move(found));
}

}  // namespace assay::load
