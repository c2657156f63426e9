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
  void replied(const assay::wire::ReplyReport& report) noexcept override {
    const std::uint64_t bytes = report.body_bytes ? *report.body_bytes + 1 : 0;
    reports.append(report.request_line).append(1, '\n');
    reports.append(std::to_string(report.status)).append(1, ' ').append(std::to_string(bytes));
  }
  std::size_t calls = 0;
  std::string reports;
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
  limits.reports = true;
  return limits;
}

struct Outcome {
  std::string output;
  std::string reports;
  std::size_t calls;
  bool operator==(const Outcome&) const = default;
};

// Of `bytes` in pieces of these sizes, to a peer that takes replies so too.
Outcome outcome_of(std::string_view bytes, const assay::wire::Limits& limits, Sizes sizes) {
  Counting handler;
  MemoryDriver driver(limits, handler);
  while (!bytes.empty() && !driver.closed()) {
    const std::size_t size = std::min(sizes.next(), bytes.size());
    driver.take_at_most(sizes.next());
    driver.send(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  Outcome outcome{driver.output(), handler.reports, handler.calls};
  if (!driver.closed()) return outcome;
  driver.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  // Something was read or said after the end.
  if (outcome != Outcome{driver.output(), handler.reports, handler.calls}) std::abort();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const assay::wire::Limits limits = limits_of(data[0]);
  const Outcome whole = outcome_of(bytes, limits, Sizes(0, 0));
  const Outcome split = outcome_of(bytes, limits, Sizes(data[0], std::size_t{1} + data[0] % 61));
  if (whole != split) std::abort();
  constexpr std::size_t shortest_request = 16;  // "G / HTTP/1.0\r\n\r\n"
  if (whole.calls > bytes.size() / shortest_request) std::abort();
  return 0;
}
