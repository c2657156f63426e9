// Any bytes, however they are split: the same replies, never more than there can be requests.
//
// The first byte of the input starts the random sizes of the pieces, and where it is odd small
// limits; the rest is what a peer sends.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
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

// Of at most 20 bytes, in which it does not like a '!', and throws at a '?'.
class Taken final : public assay::wire::BodySink {
 public:
  std::uint64_t limit() const override { return 20; }
  std::optional<assay::wire::Refusal> take(std::string_view piece) override {
    if (piece.empty()) std::abort();
    const std::size_t odd = piece.find_first_of("!?");
    text.append(piece.substr(0, odd));
    if (text.size() > limit()) std::abort();
    if (odd == piece.npos) return std::nullopt;
    if (piece[odd] == '?') throw text;
    return assay::wire::Refusal::not_implemented;
  }
  std::string text;
};

// What a path that ends in these letters asks for: a stream, one of a known length, a body.
void send(std::string_view path, const std::string& text, assay::wire::ReplyWriter& reply) {
  if (path.ends_with('s')) {
    return reply.stream(200, "text/plain", std::make_unique<Pieces>(text));
  }
  if (path.ends_with('z')) {
    return reply.stream(200, "text/plain", std::make_unique<Pieces>(text), text.size());
  }
  reply.send(200, "text/plain", text);
}

// Ready at once; late twice if its path begins with two letters that say so.
class Late final : public assay::wire::LateReply {
 public:
  Late(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}
  void when_ready(std::function<void()> wake) override { wake(); }
  void finish(assay::wire::ReplyWriter& reply) override {
    if (path_.starts_with("/ll")) {
      return reply.later(std::make_unique<Late>(path_.substr(3), text_));
    }
    send(path_, text_, reply);
    if (path_.starts_with("/lt")) throw text_;
  }

 private:
  std::string path_;
  std::string text_;
};

class Counting final : public assay::wire::Handler {
 public:
  std::unique_ptr<assay::wire::BodySink> sink(const assay::wire::Request& request) override {
    if (!request.body.empty()) std::abort();
    if (request.path.find('u') == request.path.npos) return nullptr;
    return std::make_unique<Taken>();
  }
  bool wants_body(const assay::wire::Request& request) override {
    return request.path.find('w') == request.path.npos;
  }
  void answer(const assay::wire::Request& request, assay::wire::ReplyWriter& reply) override {
    ++calls;
    // Every byte that a handler may look at: a view into nothing shows here, or as a difference.
    std::string& seen = reply.body();
    seen.append(request.head.method_name).append(request.head.target);
    seen.append(request.path).append(request.query);
    for (const auto& field : request.head.fields()) seen.append(field.name).append(field.value);
    seen.append(request.body);
    if (request.sink != nullptr) seen += dynamic_cast<Taken&>(*request.sink).text;
    if (request.path.starts_with("/l")) {
      return reply.later(std::make_unique<Late>(std::string(request.path), seen));
    }
    send(request.path, std::string(seen), reply);
  }
  std::size_t calls = 0;
};

// Each small enough for a short input to meet it.
assay::wire::Limits limits_of(std::uint8_t seed) {
  assay::wire::Limits limits;
  if (seed % 2 == 0) return limits;
  Sizes sizes(seed, 64);
  limits.head_bytes = 64 + sizes.next();
  limits.fields = 1 + sizes.next() % 4;
  limits.target_bytes = sizes.next();
  limits.body_bytes = sizes.next();
  limits.extension_bytes = sizes.next();
  limits.trailer_bytes = sizes.next();
  limits.output_bytes = 1 + sizes.next() * 4;
  limits.requests = sizes.next() % 4;
  limits.keep_alive = sizes.next() > 8;
  limits.secure = sizes.next() > 32;
  limits.split_write = sizes.next() > 32;
  return limits;
}

// What a connection answers to `bytes` in pieces of these sizes, to a peer that takes replies so
// too.
std::string answers(std::string_view bytes, const assay::wire::Limits& limits, Sizes sizes,
                    std::size_t& calls) {
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
  const assay::wire::Limits limits = limits_of(data[0]);
  const std::string whole = answers(bytes, limits, Sizes(0, 0), whole_calls);
  const std::string split =
      answers(bytes, limits, Sizes(data[0], std::size_t{1} + data[0] % 61), split_calls);
  if (whole != split || whole_calls != split_calls) std::abort();
  constexpr std::size_t shortest_request = 16;  // "G / HTTP/1.0\r\n\r\n"
  if (whole_calls > bytes.size() / shortest_request) std::abort();
  return 0;
}
