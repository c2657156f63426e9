// Any bytes, however they are split: the same replies, never more than there can be requests.
//
// The first byte of the input starts the random sizes of the pieces; the rest is what a peer sends.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/wire/memory_driver.h"

namespace {

using assay::wire::MemoryDriver;

// A text in pieces of three bytes.
class Pieces final : public assay::wire::BodySource {
 public:
  explicit Pieces(std::string text) : text_(std::move(text)) {}
  bool more(std::string& out) override {
    out += text_.substr(at_, 3);
    at_ += std::min<std::size_t>(3, text_.size() - at_);
    return at_ < text_.size();
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

// Sizes from 1 to `most`, the same for the same seed; with `most` 0 there is no end to them.
class Sizes {
 public:
  Sizes(std::uint64_t seed, std::size_t most) : state_(seed), most_(most) {}
  std::size_t next() {
    if (most_ == 0) return static_cast<std::size_t>(-1);
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return 1 + (state_ >> 33U) % most_;
  }

 private:
  std::uint64_t state_;
  std::size_t most_;
};

class Counting final : public assay::wire::Handler {
 public:
  void answer(const assay::wire::Request& request, assay::wire::ReplyWriter& reply) override {
    ++calls;
    // Every byte that a handler may look at: a view into nothing shows here, or as a difference.
    std::string& seen = reply.body();
    seen.append(request.head.method_name).append(request.head.target);
    seen.append(request.path).append(request.query);
    for (const auto& field : request.head.fields()) seen.append(field.name).append(field.value);
    seen.append(request.body);
    if (request.path.ends_with('s')) {
      return reply.stream(200, "text/plain", std::make_unique<Pieces>(seen));
    }
    reply.send_body(200, "text/plain");
  }
  std::size_t calls = 0;
};

// What a connection answers to `bytes` in pieces of these sizes, to a peer that takes replies so
// too.
std::string answers(std::string_view bytes, Sizes sizes, std::size_t& calls) {
  const assay::wire::Limits limits;
  Counting handler;
  MemoryDriver driver(limits, handler);
  while (!bytes.empty() && !driver.closed()) {
    const std::size_t size = std::min(sizes.next(), bytes.size());
    driver.take_at_most(sizes.next());
    driver.send(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  calls = handler.calls;
  const std::string output = driver.output();
  if (!driver.closed()) return output;
  driver.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  // Something was read or said after the end.
  if (handler.calls != calls || driver.output() != output) std::abort();
  return output;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t whole_calls = 0;
  std::size_t split_calls = 0;
  const std::string whole = answers(bytes, Sizes(0, 0), whole_calls);
  const std::string split =
      answers(bytes, Sizes(data[0], std::size_t{1} + data[0] % 61), split_calls);
  if (whole != split || whole_calls != split_calls) std::abort();
  constexpr std::size_t shortest_request = 16;  // "G / HTTP/1.0\r\n\r\n"
  if (whole_calls > bytes.size() / shortest_request) std::abort();
  return 0;
}
