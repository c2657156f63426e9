#include "server/model/json_reader.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "server/model/place_walk.h"
#include "server/model/utf8.h"

namespace assay::model {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A digit's value, or 16.
std::uint32_t hex_value(char c) {
  if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  const char letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? static_cast<std::uint32_t>(letter - 'a' + 10) : 16;
}

std::string_view expected_word(char first) {
  if (first == 't') return "true";
  return first == 'f' ? "false" : "null";
}

// Behind the digits at `at`, or null where there is none.
const char* behind_digits(const char* at) {
  if (!is_digit(*at)) return nullptr;
  while (is_digit(*at)) ++at;
  return at;
}

// Behind the number at `at`: [-] whole [. digits] [e [+-] digits], or null.
const char* behind_number(const char* at) {
  if (*at == '-') ++at;
  const bool zero = *at == '0';
  at = zero ? at + 1 : behind_digits(at);
  if (at == nullptr || (zero && is_digit(*at))) return nullptr;
  if (*at == '.') at = behind_digits(at + 1);
  if (at == nullptr || (*at != 'e' && *at != 'E')) return at;
  ++at;
  if (*at == '+' || *at == '-') ++at;
  return behind_digits(at);
}

// The places in the order of the text; missing members stand at the object that lacks them.
std::vector<std::size_t> in_order(const std::vector<const char*>& places) {
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  return order;
}

}  // namespace

std::string_view JsonReader::text_with_an_end(std::string_view text, std::string& copy) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  if (last != text.npos && (text[last] == '}' || text[last] == ']')) {
    return text.substr(0, last + 1);
  }
  copy = text;
  return copy;
}

const char* JsonReader::skip_more_space(const char* at) {
  while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t') ++at;
  return at;
}

bool JsonReader::finish(const char* at) {
  if (at == nullptr) return false;
  if (at != end_) at = skip_space(at);
  return at == end_ || fault(at, "the end of the text is expected") != nullptr;
}

const char* JsonReader::fault(const char* at, std::string_view what) {
  if (fault_at_ == nullptr) {
    fault_at_ = std::min(at, end_);
    fault_ = what;
  }
  return nullptr;
}

const char* JsonReader::no_comma(const char* at, char closing) {
  return fault(at, closing == '}' ? "\",\" or \"}\" is expected" : "\",\" or \"]\" is expected");
}

const char* JsonReader::no_element(const char* at, char closing) {
  return fault(at, closing == '}' ? "a member's name is expected" : "a value is expected");
}

const char* JsonReader::too_deep(const char* at) { return fault(at, "nested too deep"); }
const char* JsonReader::too_many(const char* at) { return fault(at, "too many elements"); }

const char* JsonReader::read_unplain_string(const char* from, const char* stop, std::string& out) {
  out.clear();
  const char* run = from;  // where what can be copied as it is begins
  while (stop != end_) {
    if (*stop == '"') {
      out.append(run, stop);
      return stop + 1;
    }
    if (*stop == '\\') {
      out.append(run, stop);
      stop = read_escape(stop, out);
      if (stop == nullptr) return nullptr;
      run = stop;
    } else if (static_cast<unsigned char>(*stop) < 0x20) {
      return fault(stop, "a control character in a string");
    } else {
      const std::size_t text = utf8_run({stop, static_cast<std::size_t>(end_ - stop)});
      if (text == 0) return fault(stop, "a string that is not UTF-8");
      stop += text;
    }
    stop = skip_plain(stop, end_);
  }
  return fault(stop, "the string does not end");
}

const char* JsonReader::read_unplain_text(const char* from, const char* stop, std::string_view& out,
                                          std::string& decoded) {
  const char* const behind = read_unplain_string(from, stop, decoded);
  out = decoded;
  return behind;
}

const char* JsonReader::read_escape(const char* at, std::string& out) {
  switch (at[1]) {
    case '"':
    case '\\':
    case '/': out += at[1]; break;
    case 'b': out += '\b'; break;
    case 'f': out += '\f'; break;
    case 'n': out += '\n'; break;
    case 'r': out += '\r'; break;
    case 't': out += '\t'; break;
    case 'u': return read_unicode_escape(at, out);
    default: return fault(at + 1, "an unknown escape in a string");
  }
  return at + 2;
}

bool JsonReader::read_hex4(const char* at, std::uint32_t& code) {
  code = 0;
  for (int i = 0; i < 4; ++i) {
    const std::uint32_t digit = hex_value(at[i]);
    if (digit > 15) return fault(at + i, "\\u wants four hex digits") != nullptr;
    code = code * 16 + digit;
  }
  return true;
}

const char* JsonReader::read_unicode_escape(const char* at, std::string& out) {
  std::uint32_t code = 0;
  if (!read_hex4(at + 2, code)) return nullptr;
  at += 6;
  if (code >= 0xDC00 && code < 0xE000) return fault(at, "an unpaired surrogate");
  if (code >= 0xD800 && code < 0xDC00) {
    std::uint32_t low = 0;
    if (at[0] != '\\' || at[1] != 'u') return fault(at, "an unpaired surrogate");
    if (!read_hex4(at + 2, low)) return nullptr;
    at += 6;
    if (low < 0xDC00 || low >= 0xE000) return fault(at, "an unpaired surrogate");
    code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
  }
  append_utf8(out, code);
  return at;
}

const char* JsonReader::skip_string(const char* at) {
  const char* const stop = skip_plain(at + 1, end_);
  if (stop != end_ && *stop == '"') return stop + 1;
  return read_unplain_string(at + 1, stop, scratch_);
}

const char* JsonReader::skip_number(const char* at) {
  const char* const behind = behind_number(at);
  return behind != nullptr ? behind : fault(at, "a number is expected");
}

const char* JsonReader::expect_word(const char* at, std::string_view word) {
  if (std::string_view(at, static_cast<std::size_t>(end_ - at)).substr(0, word.size()) != word) {
    return fault(at, "a value is expected");
  }
  return at + word.size();
}

const char* JsonReader::behind_colon(const char* at) {
  at = skip_space(at);
  if (*at != ':') return fault(at, "\":\" is expected");
  return skip_space(at + 1);
}

const char* JsonReader::read_key(const char* at, std::string_view& key, std::string& decoded) {
  if (*at != '"') return fault(at, "a member's name is expected");
  at = read_text(at, key, decoded);
  return at != nullptr ? behind_colon(at) : nullptr;
}

const char* JsonReader::skip_member(const char* at) {
  if (*at != '"') return fault(at, "a member's name is expected");
  at = skip_string(at);
  if (at != nullptr) at = behind_colon(at);
  return at != nullptr ? skip_value(at) : nullptr;
}

const char* JsonReader::skip_members(const char* at) {
  at = enter(at);
  while (at != nullptr && *at != '}') at = to_next(skip_member(at), '}');
  return leave(at);
}

const char* JsonReader::skip_elements(const char* at) {
  at = enter(at);
  while (at != nullptr && *at != ']') at = to_next(skip_value(at), ']');
  return leave(at);
}

const char* JsonReader::skip_value(const char* at) {
  switch (*at) {
    case '{': return skip_members(at);
    case '[': return skip_elements(at);
    case '"': return skip_string(at);
    case 't':
    case 'f':
    case 'n': return expect_word(at, expected_word(*at));
    default:
      if (*at != '-' && !is_digit(*at)) return fault(at, "a value is expected");
      return skip_number(at);
  }
}

const char* JsonReader::wrong_value(const char* at, const FixedProblem& problem) {
  const char* const behind = skip_value(at);
  if (behind != nullptr) report(at, behind, problem_of(problem));
  return behind;
}

void JsonReader::report(const char* at, const char* behind, Problem problem) {
  last_ = at;
  if (problems_.size() > limits_.problems) return;
  if (problems_.size() == limits_.problems) {
    problems_.push_back(problem_of(and_more));
    places_.push_back(begin_);
    return;
  }
  problem.input = shown_input({at, static_cast<std::size_t>(behind - at)});
  problems_.push_back(std::move(problem));
  places_.push_back(at);
}

void JsonReader::report_missing(const char* object, const char* behind, std::string_view name) {
  Problem problem = problem_of(missing);
  problem.location.emplace_back(std::string(name));
  report(object, behind, std::move(problem));
}

void JsonReader::report_fault() {
  const std::string_view read(begin_, static_cast<std::size_t>(fault_at_ - begin_));
  const auto line = static_cast<std::size_t>(std::count(read.begin(), read.end(), '\n')) + 1;
  const std::size_t newline = read.rfind('\n');
  const std::size_t column = newline == read.npos ? read.size() + 1 : read.size() - newline;
  problems_.push_back(bad_json(fault_, line, column));
  places_.push_back(fault_at_);
}

void JsonReader::place_problems() {
  if (malformed()) report_fault();
  const std::size_t before = problems_.size() - places_.size();  // found by somebody else
  PlaceWalk walk(begin_, end_);
  for (const std::size_t index : in_order(places_)) {
    std::vector<Step>& location = problems_[before + index].location;
    std::vector<Step> steps = walk.location_at(places_[index]);
    location.insert(location.begin(), std::make_move_iterator(steps.begin()),
                    std::make_move_iterator(steps.end()));
  }
}

}  // namespace assay::model
