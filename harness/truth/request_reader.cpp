#include "harness/truth/request_reader.h"

#include <algorithm>
#include <cctype>

#include "harness/load/text/same_letters.h"

namespace assay::truth {
namespace {

using load::same_letters;

constexpr std::string_view record_line = "GET /__truth__ ";
constexpr std::string_view line_end = "\r\n";

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view taken_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(line_end), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + line_end.size(), rest.size()));
  return line;
}

// The value of the field Connection, of which clients send one word as a rule; else of its list the
// one that matters.
Persistence asked_for(std::string_view value, Persistence otherwise) {
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    const std::string_view word = without_spaces(value.substr(0, comma));
    if (same_letters(word, "close")) return Persistence::ends;
    if (same_letters(word, "keep-alive") && otherwise == Persistence::ends) {
      otherwise = Persistence::said_kept;
    }
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return otherwise;
}

Request request_of(std::string_view head) {
  Request request;
  request.asks_for_record = head.starts_with(record_line);
  const bool is_old = taken_line(head).ends_with("HTTP/1.0");
  request.persistence = is_old ? Persistence::ends : Persistence::kept;
  while (!head.empty()) {
    const std::string_view line = taken_line(head);
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !same_letters(line.substr(0, colon), "connection")) continue;
    request.persistence = asked_for(line.substr(colon + 1), request.persistence);
  }
  return request;
}

}  // namespace

// An end ends in a line feed: so the ends are counted line by line, and where one is, is known.
bool RequestReader::read(std::string_view bytes, std::vector<Request>& requests) {
  std::size_t head = 0;
  std::size_t at = 0;
  for (std::size_t feed = bytes.find('\n'); feed != bytes.npos; feed = bytes.find('\n', at)) {
    const std::size_t ends = ends_.in(bytes.substr(at, feed + 1 - at));
    at = feed + 1;
    if (ends == 0) continue;
    const std::string_view here = bytes.substr(head, at - head);
    requests.push_back(request_of(begun_.empty() ? here : begun_.append(here)));
    begun_.clear();
    head = at;
  }
  ends_.in(bytes.substr(at));
  begun_.append(bytes.substr(head));
  return begun_.size() <= head_limit_bytes;
}

}  // namespace assay::truth
