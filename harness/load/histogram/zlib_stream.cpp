// Beast brings zlib's algorithm as headers, for raw streams: header and checksum are ours.
#include "harness/load/histogram/zlib_stream.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/beast/zlib/inflate_stream.hpp>

namespace assay::load {
namespace {

namespace zlib = boost::beast::zlib;

constexpr std::string_view header = "\x78\x9c";  // deflate, 32 KiB window, usual effort
constexpr std::size_t checksum_size = 4;

std::uint32_t adler32(std::string_view text) {
  constexpr std::uint32_t prime = 65521;
  constexpr std::size_t most_without_overflow = 5552;
  std::uint32_t low = 1;
  std::uint32_t high = 0;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, most_without_overflow);
    for (const char byte : part) high += low += static_cast<unsigned char>(byte);
    low %= prime;
    high %= prime;
    text.remove_prefix(part.size());
  }
  return high << 16 | low;
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(number >> shift & 255U);
  return bytes;
}

bool is_header(std::string_view bytes) {
  const auto method = static_cast<unsigned char>(bytes[0]);
  const auto flags = static_cast<unsigned char>(bytes[1]);
  const bool has_dictionary = (flags & 0x20U) != 0;
  return (method & 15U) == 8 && method >> 4U <= 7 && (method * 256U + flags) % 31 == 0 &&
         !has_dictionary;
}

}  // namespace

std::string deflated(std::string_view text) {
  zlib::deflate_stream stream;
  std::string raw(stream.upper_bound(text.size()), '\0');
  zlib::z_params params;
  params.next_in = text.data();
  params.avail_in = text.size();
  params.next_out = raw.data();
  params.avail_out = raw.size();
  boost::beast::error_code ignored;  // says only that the stream has come to its end
  stream.write(params, zlib::Flush::finish, ignored);
  raw.resize(params.total_out);
  return std::string(header) + raw + big_endian(adler32(text));
}

std::optional<std::string> inflated(std::string_view stream, std::size_t most) {
  if (stream.size() < header.size() + checksum_size || !is_header(stream)) return std::nullopt;
  const std::string_view checksum = stream.substr(stream.size() - checksum_size);
  // With the checksum: Beast (1.81) looks a code ahead, up to 15 bits, and takes a stream for cut
  // off whose last byte is the last that it is given.
  const std::string_view raw = stream.substr(header.size());
  // A byte of deflate holds 1,032 at most.
  std::string text(std::min(most, 1032 * raw.size()) + 1, '\0');
  zlib::inflate_stream inflate;
  zlib::z_params params;
  params.next_in = raw.data();
  params.avail_in = raw.size();
  params.next_out = text.data();
  params.avail_out = text.size();
  boost::beast::error_code reason;
  inflate.write(params, zlib::Flush::finish, reason);
  const bool is_whole = reason == zlib::error::end_of_stream && params.avail_in <= checksum_size;
  if (!is_whole || params.total_out > most) return std::nullopt;
  text.resize(params.total_out);
  if (checksum != big_endian(adler32(text))) return std::nullopt;
  return text;
}

}  // namespace assay::load
