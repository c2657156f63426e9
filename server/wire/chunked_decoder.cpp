#include "server/wire/chunked_decoder.h"

#include <algorithm>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

constexpr unsigned most_size_digits = 16;  // of four bits each: the size cannot overflow

}  // namespace

ChunkedDecoder::Step ChunkedDecoder::decode(std::string_view bytes, std::string& body,
                                            const ChunkLimits& limits) {
  std::size_t used = 0;
  while (used < bytes.size() && part_ < Part::done) {
    if (part_ == Part::data) {
      used += take_data(bytes.substr(used), body);
    } else {
      part_ = after(bytes[used++], limits);
    }
  }
  if (part_ == Part::refused) return {State::refused, used, refusal_};
  return {part_ == Part::done ? State::done : State::more, used, Refusal::none};
}

std::size_t ChunkedDecoder::take_data(std::string_view bytes, std::string& body) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size()));
  body.append(bytes.data(), size);
  remaining_ -= size;
  if (remaining_ == 0) part_ = Part::data_return;
  return size;
}

ChunkedDecoder::Part ChunkedDecoder::after(char byte, const ChunkLimits& limits) {
  const auto expect = [byte](char wanted, Part next) {
    return byte == wanted ? next : Part::refused;
  };
  switch (part_) {
    case Part::size: return after_size_byte(byte, limits);
    case Part::size_end: return expect('\n', remaining_ == 0 ? Part::line_start : Part::data);
    case Part::data_return: size_digits_ = 0; return expect('\r', Part::data_end);
    case Part::data_end: return expect('\n', Part::size);
    case Part::line_start:
    case Part::field_name:
    case Part::field_value:
    case Part::field_end: return counted_trailer(byte, limits);
    case Part::last_end: return expect('\n', Part::done);
    case Part::before_semicolon:
    case Part::before_name:
    case Part::name:
    case Part::after_name: return counted(after_name_byte(part_, byte), limits);
    default: return counted(after_value_byte(part_, byte), limits);
  }
}

ChunkedDecoder::Part ChunkedDecoder::after_size_byte(char byte, const ChunkLimits& limits) {
  const int digit = hex_digit(byte);
  if (digit >= 0) {
    remaining_ = remaining_ * 16 + static_cast<unsigned>(digit);
    return ++size_digits_ <= most_size_digits ? Part::size : Part::refused;
  }
  const Part next = after_element(byte);
  if (size_digits_ == 0 || next == Part::refused) return Part::refused;
  if (remaining_ > limits.body_bytes - decoded_) {
    refusal_ = Refusal::body_too_large;
    return Part::refused;
  }
  decoded_ += remaining_;
  return counted(next, limits);
}

// Every byte of an extension leads to one of these, and no other byte does.
bool ChunkedDecoder::is_extension(Part part) {
  return part >= Part::before_semicolon && part <= Part::after_value;
}

ChunkedDecoder::Part ChunkedDecoder::counted(Part next, const ChunkLimits& limits) {
  if (!is_extension(next)) return next;
  return ++extension_bytes_ <= limits.extension_bytes ? next : Part::refused;
}

// What may follow a size, or an extension that is whole.
ChunkedDecoder::Part ChunkedDecoder::after_element(char byte) {
  if (byte == '\r') return Part::size_end;
  if (byte == ';') return Part::before_name;
  return is_blank(byte) ? Part::before_semicolon : Part::refused;
}

// RFC 9112, 7.1.1: *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] ). A blank has to
// lead on to something: at the end of a line it is no part of the grammar.
ChunkedDecoder::Part ChunkedDecoder::after_blank(Part part, char byte) {
  return is_blank(byte) ? part : Part::refused;
}

ChunkedDecoder::Part ChunkedDecoder::after_name_byte(Part part, char byte) {
  switch (part) {
    case Part::before_semicolon: return byte == ';' ? Part::before_name : after_blank(part, byte);
    case Part::before_name: return is_token_character(byte) ? Part::name : after_blank(part, byte);
    case Part::name:
      if (is_token_character(byte)) return part;
      if (byte == '=') return Part::before_value;
      return is_blank(byte) ? Part::after_name : after_element(byte);
    default:  // after_name
      if (byte == '=') return Part::before_value;
      return byte == ';' ? Part::before_name : after_blank(part, byte);
  }
}

ChunkedDecoder::Part ChunkedDecoder::after_value_byte(Part part, char byte) {
  switch (part) {
    case Part::before_value:
      if (byte == '"') return Part::quoted_value;
      return is_token_character(byte) ? Part::token_value : after_blank(part, byte);
    case Part::token_value: return is_token_character(byte) ? part : after_element(byte);
    case Part::quoted_value:
      if (byte == '"') return Part::after_value;
      if (byte == '\\') return Part::escaped;
      return is_text(byte) ? part : Part::refused;
    case Part::escaped: return is_text(byte) ? Part::quoted_value : Part::refused;
    default: return after_element(byte);  // after_value
  }
}

ChunkedDecoder::Part ChunkedDecoder::counted_trailer(char byte, const ChunkLimits& limits) {
  if (part_ == Part::line_start && byte == '\r') return Part::last_end;
  if (part_ == Part::line_start) ++trailers_;
  if (trailer_bytes_ == limits.trailer_bytes || trailers_ > limits.trailers) {
    refusal_ = Refusal::fields_too_large;
    return Part::refused;
  }
  ++trailer_bytes_;
  return after_trailer_byte(part_, byte);
}

// A line that starts with a blank would continue the one before it (RFC 9112, 5.2): refused, as in
// a head.
ChunkedDecoder::Part ChunkedDecoder::after_trailer_byte(Part part, char byte) {
  switch (part) {
    case Part::line_start: return is_token_character(byte) ? Part::field_name : Part::refused;
    case Part::field_name:
      if (byte == ':') return Part::field_value;
      return is_token_character(byte) ? part : Part::refused;
    case Part::field_value:
      if (byte == '\r') return Part::field_end;
      return is_text(byte) ? part : Part::refused;
    default: return byte == '\n' ? Part::line_start : Part::refused;
  }
}

}  // namespace assay::wire
