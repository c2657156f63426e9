#include "harness/load/histogram/histogram_encoding.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "harness/load/histogram/histogram.h"
#include "harness/load/histogram/zlib_stream.h"
#include "harness/load/text/base64.h"

namespace assay::load {
namespace {

constexpr std::uint32_t text_cookie = 0x1c849314;
constexpr std::uint32_t payload_cookie = 0x1c849313;
constexpr std::uint32_t digits = 3;
constexpr std::uint64_t lowest = 1;
constexpr std::uint64_t ratio_of_one = std::bit_cast<std::uint64_t>(1.0);
constexpr std::size_t header_size = 40;
constexpr std::size_t longest_number = 9;
constexpr std::size_t place_count = Histogram::index_of(Histogram::highest_ns) + 1;

void put_fixed(std::string& bytes, std::uint64_t number, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>(number >> shift & 255U);
  }
}

// ZigZag: 0, -1, 1, -2, ... are 0, 1, 2, 3, ... The ninth byte has eight bits and no mark, so that
// nine are enough for 64 of them.
void put_number(std::string& bytes, std::int64_t number) {
  const auto sign = static_cast<std::uint64_t>(number >> 63);
  std::uint64_t rest = static_cast<std::uint64_t>(number) << 1U ^ sign;
  for (std::size_t size = 1; size < longest_number && rest > 127; ++size) {
    bytes += static_cast<char>((rest & 127U) | 128U);
    rest >>= 7U;
  }
  bytes += static_cast<char>(rest);
}

// Reads from the front; what is missing is told by `has_failed`.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool is_at_end() const { return rest_.empty(); }
  bool has_failed() const { return has_failed_; }
  std::size_t left() const { return rest_.size(); }

  std::uint64_t fixed(std::size_t size) {
    std::uint64_t number = 0;
    for (std::size_t byte = 0; byte < size; ++byte) number = number << 8U | next();
    return number;
  }

  std::int64_t number() {
    std::uint64_t folded = 0;
    for (std::size_t byte = 0; byte < longest_number; ++byte) {
      const std::uint64_t bits = next();
      const bool is_last = byte + 1 == longest_number || bits < 128;
      folded |= (byte + 1 == longest_number ? bits : bits & 127U) << (7 * byte);
      if (is_last) break;
    }
    return static_cast<std::int64_t>(folded >> 1U ^ (0 - (folded & 1U)));
  }

 private:
  std::uint64_t next() {
    if (rest_.empty()) {
      has_failed_ = true;
      return 0;
    }
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  std::string_view rest_;
  bool has_failed_ = false;
};

// The least value that falls into a place.
std::uint64_t lowest_at(std::size_t index) {
  return index == 0 ? 0 : Histogram::highest_at(index - 1) + 1;
}

// False when the histogram would hold more than its fields can.
bool add_place(CompactHistogram& histogram, std::size_t index, std::uint64_t count) {
  const std::uint64_t value = (lowest_at(index) + Histogram::highest_at(index) + 1) / 2;
  if (value > 0 && count > (UINT64_MAX - histogram.sum_ns) / value) return false;
  if (count > UINT64_MAX - histogram.count) return false;
  if (histogram.places.empty()) histogram.min_ns = lowest_at(index);
  histogram.places.push_back({static_cast<std::uint32_t>(index), count});
  histogram.count += count;
  histogram.sum_ns += count * value;
  histogram.max_ns = std::min(Histogram::highest_at(index), Histogram::highest_ns);
  return true;
}

std::optional<CompactHistogram> read_counts(Reader& reader) {
  CompactHistogram histogram;
  std::uint64_t index = 0;  // never far beyond the last place, so it cannot overflow
  while (!reader.is_at_end()) {
    const std::int64_t number = reader.number();
    if (reader.has_failed() || index >= place_count) return std::nullopt;
    if (number < 0) {
      index += std::min<std::uint64_t>(0 - static_cast<std::uint64_t>(number), place_count);
      if (index > place_count) return std::nullopt;
      continue;
    }
    const bool is_kept =
        number == 0 || add_place(histogram, index, static_cast<std::uint64_t>(number));
    if (!is_kept) return std::nullopt;
    ++index;
  }
  return histogram;
}

std::optional<CompactHistogram> read_payload(std::string_view payload) {
  Reader reader(payload);
  bool is_ours = reader.fixed(4) == payload_cookie;
  const std::uint64_t size = reader.fixed(4);
  is_ours = reader.fixed(4) == 0 && is_ours;  // no normalising offset
  is_ours = reader.fixed(4) == digits && is_ours;
  is_ours = reader.fixed(8) == lowest && is_ours;
  reader.fixed(8);  // the highest value may be another: the places are the same
  is_ours = reader.fixed(8) == ratio_of_one && is_ours;
  if (!is_ours || reader.has_failed() || size != reader.left()) return std::nullopt;
  return read_counts(reader);
}

}  // namespace

std::string encode(const CompactHistogram& histogram) {
  std::string counts;
  std::uint64_t next = 0;
  for (const CompactHistogram::Place& place : histogram.places) {
    if (place.index > next) put_number(counts, static_cast<std::int64_t>(next - place.index));
    put_number(counts, static_cast<std::int64_t>(place.count));
    next = place.index + std::uint64_t{1};
  }
  std::string payload;
  payload.reserve(header_size + counts.size());
  put_fixed(payload, payload_cookie, 4);
  put_fixed(payload, counts.size(), 4);
  put_fixed(payload, 0, 4);
  put_fixed(payload, digits, 4);
  put_fixed(payload, lowest, 8);
  put_fixed(payload, Histogram::highest_ns, 8);
  put_fixed(payload, ratio_of_one, 8);
  payload += counts;
  const std::string stream = deflated(payload);
  std::string bytes;
  put_fixed(bytes, text_cookie, 4);
  put_fixed(bytes, stream.size(), 4);
  return to_base64(bytes + stream);
}

std::optional<CompactHistogram> decode(std::string_view text) {
  const auto bytes = from_base64(text);
  if (!bytes) return std::nullopt;
  Reader reader(*bytes);
  const bool is_ours = reader.fixed(4) == text_cookie;
  const std::uint64_t size = reader.fixed(4);
  if (!is_ours || reader.has_failed() || size != reader.left()) return std::nullopt;
  const auto payload =
      inflated(std::string_view(*bytes).substr(8), header_size + longest_number * place_count);
  return payload ? read_payload(*payload) : std::nullopt;
}

}  // namespace assay::load
