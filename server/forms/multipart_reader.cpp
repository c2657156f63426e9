#include "server/forms/multipart_reader.h"

#include <algorithm>
#include <variant>

#include "server/wire/characters.h"

namespace assay::forms {
namespace {

constexpr std::size_t most_boundary_bytes = 70;  // RFC 2046, 5.1.1

bool is_boundary_character(char c) {
  constexpr std::string_view others = "'()+_,-./:=? ";
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || wire::is_digit(c) || others.find(c) != others.npos;
}

}  // namespace

bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= most_boundary_bytes && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), is_boundary_character);
}

MultipartReader::MultipartReader(std::string_view boundary) : delimiter_("\r\n--") {
  delimiter_ += boundary;
  const std::size_t last = delimiter_.size() - 1;
  shift_.fill(static_cast<std::uint8_t>(delimiter_.size()));
  for (std::size_t at = 0; at < last; ++at) {
    shift_[static_cast<unsigned char>(delimiter_[at])] = static_cast<std::uint8_t>(last - at);
  }
}

MultipartReader::Step MultipartReader::next(std::string_view& bytes, const FormLimits& limits) {
  if (state_ == State::refused) return {Event::error, {}, error_};
  while (!bytes.empty()) {
    const Step step = take(bytes, limits);
    if (step.event != Event::more) return step;
  }
  return {};
}

MultipartReader::Step MultipartReader::take(std::string_view& bytes, const FormLimits& limits) {
  switch (state_) {
    case State::preamble:
    case State::content:
      return matched_ > 0 ? take_held(bytes, limits) : take_content(bytes, limits);
    case State::head: return take_head(bytes, limits);
    case State::epilogue: {
      const std::size_t size = bytes.size();
      bytes = {};
      return take_margin(size, limits);
    }
    default: return take_delimiter_end(bytes);
  }
}

// A delimiter behind content stays where it is: the next call finds it at the front.
MultipartReader::Step MultipartReader::take_content(std::string_view& bytes,
                                                    const FormLimits& limits) {
  const Found found = find_delimiter(bytes);
  const bool is_delimiter = found.matched == delimiter_.size();
  const std::string_view content = bytes.substr(0, found.at);
  if (is_delimiter && content.empty()) {
    bytes.remove_prefix(found.matched);
    return end_content();
  }
  matched_ = is_delimiter ? 0 : found.matched;
  bytes.remove_prefix(found.at + matched_);
  return content.empty() ? Step{} : passed(content, limits);
}

// Goes on with what the last piece left at its end: the start of a delimiter, or so it looked.
MultipartReader::Step MultipartReader::take_held(std::string_view& bytes,
                                                 const FormLimits& limits) {
  const std::string_view awaited = std::string_view(delimiter_).substr(matched_);
  const std::size_t same = same_length(bytes, awaited);
  if (same == awaited.size()) {
    bytes.remove_prefix(same);
    return end_content();
  }
  if (same == bytes.size()) {
    matched_ += same;
    bytes = {};
    return {};
  }
  const std::string_view held = std::string_view(delimiter_).substr(0, matched_);
  matched_ = 0;
  return passed(held, limits);
}

MultipartReader::Step MultipartReader::passed(std::string_view content, const FormLimits& limits) {
  if (state_ == State::preamble) return take_margin(content.size(), limits);
  return {Event::content, content, {}};
}

MultipartReader::Step MultipartReader::end_content() {
  const bool was_part = state_ == State::content;
  matched_ = 0;
  state_ = State::after_boundary;
  return was_part ? Step{Event::part_end, {}, {}} : Step{};
}

MultipartReader::Step MultipartReader::take_margin(std::size_t count, const FormLimits& limits) {
  if (count > limits.margin_bytes - margin_bytes_) return refuse(FormError::margin_too_large);
  margin_bytes_ += count;
  return {};
}

MultipartReader::Step MultipartReader::take_delimiter_end(std::string_view& bytes) {
  const State next = after_delimiter_byte(state_, bytes.front());
  bytes.remove_prefix(1);
  if (next == State::refused) return refuse(FormError::delimiter_malformed);
  state_ = next;
  head_.clear();
  line_from_ = 0;
  margin_bytes_ = 0;
  return {};
}

MultipartReader::State MultipartReader::after_delimiter_byte(State state, char byte) {
  const State after_padding = byte == '\r' ? State::padding_end : State::refused;
  switch (state) {
    case State::after_boundary:
      if (byte == '-') return State::closing;
      return wire::is_blank(byte) ? State::padding : after_padding;
    case State::padding: return wire::is_blank(byte) ? state : after_padding;
    case State::padding_end: return byte == '\n' ? State::head : State::refused;
    default: return byte == '-' ? State::epilogue : State::refused;  // closing
  }
}

// A line of the head, or what there is of it.
MultipartReader::Step MultipartReader::take_head(std::string_view& bytes,
                                                 const FormLimits& limits) {
  const std::size_t feed = bytes.find('\n');
  const std::size_t size = feed == bytes.npos ? bytes.size() : feed + 1;
  if (size > limits.part_head_bytes - head_.size()) return refuse(FormError::part_head_too_large);
  head_.append(bytes.substr(0, size));
  bytes.remove_prefix(size);
  if (feed == bytes.npos) return {};

  const std::string_view line = std::string_view(head_).substr(line_from_);
  if (line == "\r\n") return end_head(limits);
  // A colon may stand in a boundary, so that a delimiter may look like a field.
  const bool is_delimiter = line.starts_with(std::string_view(delimiter_).substr(2));
  if (!line.ends_with("\r\n") || is_delimiter) return refuse(FormError::part_head_malformed);
  line_from_ = head_.size();
  return {};
}

MultipartReader::Step MultipartReader::end_head(const FormLimits& limits) {
  auto head =
      parse_part_head(std::string_view(head_).substr(0, line_from_), limits.part_head_fields);
  if (const FormError* error = std::get_if<FormError>(&head)) return refuse(*error);
  part_ = std::move(std::get<PartHead>(head));
  state_ = State::content;
  return {Event::part, {}, {}};
}

MultipartReader::Step MultipartReader::refuse(FormError error) {
  state_ = State::refused;
  error_ = error;
  return {Event::error, {}, error};
}

// A delimiter has its only CR at its start, so a search goes from CR to CR. What stands where its
// last byte would be often tells that none starts here, and how far the next one is at least
// (Horspool). What was compared holds no other CR and is passed over, so no byte is compared twice.
MultipartReader::Found MultipartReader::find_delimiter(std::string_view bytes) const {
  const std::size_t length = delimiter_.size();
  std::size_t at = bytes.find('\r');
  while (at != bytes.npos && bytes.size() - at >= length) {
    const char last = bytes[at + length - 1];
    if (last == delimiter_.back()) {
      const std::size_t same = same_length(bytes.substr(at), delimiter_);
      if (same == length) return {at, length};
      at += same;
    } else {
      at += shift_[static_cast<unsigned char>(last)];
    }
    at = bytes.find('\r', at);
  }
  return find_start(bytes, at);
}

// Near the end, where a whole delimiter has no place: what may become one.
MultipartReader::Found MultipartReader::find_start(std::string_view bytes, std::size_t at) const {
  while (at != bytes.npos) {
    const std::size_t same = same_length(bytes.substr(at), delimiter_);
    if (at + same == bytes.size()) return {at, same};
    at = bytes.find('\r', at + same);
  }
  return {bytes.size(), 0};
}

std::size_t MultipartReader::same_length(std::string_view bytes, std::string_view other) {
  const auto [end, unused] = std::mismatch(bytes.begin(), bytes.end(), other.begin(), other.end());
  return static_cast<std::size_t>(end - bytes.begin());
}

}  // namespace assay::forms
