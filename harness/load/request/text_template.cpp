#include "harness/load/request/text_template.h"

#include <algorithm>
#include <array>
#include <utility>

#include "harness/load/request/numbered_draw.h"
#include "server/model/json_text.h"

namespace assay::load {
namespace {

using Digits = std::array<char, model::longest_number>;

template <class Number>
std::string_view written(Number value, Digits& room) {
  const char* const end = model::write_number(room.data(), value);
  return {room.data(), static_cast<std::size_t>(end - room.data())};
}

// A place's text for one request, in `room` where it is a number.
std::string_view filling(const Placeholder& filled, std::uint64_t key, std::uint64_t number,
                         Digits& room) {
  if (filled.kind == Placeholder::Kind::sequence) return written(number, room);
  const std::uint64_t offset = drawn_up_to(filled.span, key, number);
  if (filled.kind == Placeholder::Kind::pick) return filled.texts[offset];
  const std::uint64_t value = static_cast<std::uint64_t>(filled.least) + offset;
  return written(static_cast<std::int64_t>(value), room);
}

// RFC 3986 and RFC 9112, 3.2: a space ends the target, and a "#" never gets there. What parts a
// target is left alone, as is "%", so that paths and queries can be picked whole.
bool may_stand_in_target(char byte) {
  constexpr std::string_view never = "\"#<>\\^`{|}";
  return byte > ' ' && byte < '\x7f' && never.find(byte) == std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char byte : text) {
    if (may_stand_in_target(byte)) {
      encoded += byte;
    } else {
      const auto value = static_cast<unsigned char>(byte);
      encoded += {'%', digits[value >> 4U], digits[value & 15U]};
    }
  }
  return encoded;
}

bool ends_a_header(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

}  // namespace

std::optional<LoadError> TextTemplate::add(std::string_view text, Where where,
                                           statistics::RandomStream& keys) {
  while (!text.empty()) {
    const std::size_t brace = std::min(text.find('{'), text.size());
    add_fixed(text.substr(0, brace));
    text.remove_prefix(brace);
    Result<std::optional<Placeholder>> found = placeholder_at(text);
    if (!found) return found.error();
    if (!*found) {
      add_fixed(text.substr(0, 1));
      text.remove_prefix(std::min<std::size_t>(text.size(), 1));
      continue;
    }
    for (std::string& choice : (*found)->texts) {
      if (where == Where::target) choice = percent_encoded(choice);
      if (where == Where::header && ends_a_header(choice)) {
        return LoadError::bad_placeholder(text.substr(0, (*found)->length),
                                          "a line end would end the header");
      }
    }
    text.remove_prefix((*found)->length);
    places_.push_back({std::exchange(end_, {}), std::move(**found), keys.next()});
  }
  return std::nullopt;
}

std::size_t TextTemplate::size(std::uint64_t number) const {
  Digits room;
  std::size_t bytes = end_.size();
  for (const Place& place : places_) {
    bytes += place.before.size() + filling(place.filled, place.key, number, room).size();
  }
  return bytes;
}

void TextTemplate::append(std::string& out, std::uint64_t number) const {
  Digits room;
  for (const Place& place : places_) {
    out += place.before;
    out += filling(place.filled, place.key, number, room);
  }
  out += end_;
}

}  // namespace assay::load
