// Any bytes, however they are split: the same body, the same verdict, the same bytes left over.
//
// The first byte of the input picks the size of the pieces; the rest is a body in chunks. The rest
// is also taken as a plain body that is put into chunks here: it must come out again.
#include "server/wire/chunked_decoder.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using assay::wire::ChunkedDecoder;
using assay::wire::ChunkLimits;
using assay::wire::Refusal;
using State = ChunkedDecoder::State;

// So small that the inputs reach them.
constexpr ChunkLimits narrow{.body_bytes = 64, .extension_bytes = 32, .trailer_bytes = 32};

void require(bool promise) {
  if (!promise) std::abort();
}

struct Outcome {
  State state = State::more;
  std::size_t used = 0;
  Refusal refusal = Refusal::none;
  std::string body;
  bool operator==(const Outcome&) const = default;
};

Outcome decoded(std::string_view bytes, std::size_t size, const ChunkLimits& limits) {
  ChunkedDecoder decoder;
  Outcome outcome;
  while (!bytes.empty() && outcome.state == State::more) {
    const std::string_view piece = bytes.substr(0, size);
    const auto step = decoder.decode(piece, outcome.body, limits);
    require(step.used <= piece.size() && (step.state != State::more || step.used == piece.size()));
    require((step.state == State::refused) == (step.refusal != Refusal::none));
    bytes.remove_prefix(step.used);
    outcome.used += step.used;
    outcome.state = step.state;
    outcome.refusal = step.refusal;
  }
  return outcome;
}

void decode_as_chunks(std::string_view bytes, std::size_t size, const ChunkLimits& limits) {
  const Outcome whole = decoded(bytes, std::max<std::size_t>(bytes.size(), 1), limits);
  require(whole == decoded(bytes, size, limits));
  require(whole == decoded(bytes, 1, limits));
  require(whole.body.size() <= limits.body_bytes && whole.body.size() <= whole.used);
  if (whole.state == State::more) return;
  // The last byte that it took decided, and none after it counted.
  require(decoded(bytes.substr(0, whole.used), size, limits) == whole);
  require(decoded(bytes.substr(0, whole.used - 1), size, limits).state == State::more);
  require(whole.state == State::refused || bytes.substr(0, whole.used).ends_with("\r\n\r\n"));
}

std::string in_chunks(std::string_view body, std::size_t size) {
  std::string text;
  for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) {
    const std::string_view piece = body.substr(0, size);
    char digits[16];
    const char* end = std::to_chars(digits, digits + sizeof digits, piece.size(), 16).ptr;
    text.append(std::string_view(digits, end)).append("\r\n").append(piece).append("\r\n");
  }
  return text + "0\r\n\r\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t piece_bytes = std::size_t{1} + data[0] % 61;
  decode_as_chunks(bytes, piece_bytes, narrow);
  decode_as_chunks(bytes, piece_bytes, {.body_bytes = bytes.size()});

  const std::string text = in_chunks(bytes, piece_bytes);
  const Outcome again = decoded(text, piece_bytes, {.body_bytes = bytes.size()});
  require(again == Outcome{State::done, text.size(), Refusal::none, std::string(bytes)});
  return 0;
}
