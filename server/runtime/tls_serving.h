// For tests: a channel inside TLS in memory, driven as a server drives it, and the client at its
// other end; its handler answers "/large", "/late", "/stream" and "/broken" as they say, and else
// with the body that came or the path.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "server/runtime/channel.h"
#include "server/runtime/tls_client.h"
#include "server/runtime/tls_context.h"
#include "server/wire/reply_buffers.h"

namespace assay::runtime {

inline constexpr std::size_t megabyte = 1024 * 1024;
inline const wire::Limits usual_limits;
inline const std::string no_date;

// Of a certificate for this machine, made once.
const TlsContext& test_context();

class Echo final : public wire::Handler {
 public:
  void answer(const wire::Request& request, wire::ReplyWriter& reply) override;
};

// How the bytes are cut on their way.
struct Cut {
  std::size_t received = megabyte;
  std::size_t written = 4 * megabyte;
};

class Served {
 public:
  explicit Served(const Cut& cut = {}, const wire::Limits& limits = usual_limits,
                  wire::ReplyBuffers* shared = nullptr)
      : cut_(cut),
        channel_(limits, no_date, echo_, &test_context()),
        buffers_(shared == nullptr ? own_buffers_ : *shared) {}

  // Until nothing moves any more.
  void drive() {
    while (step()) {
    }
  }
  void drive_with(std::size_t written) {
    const std::size_t before = std::exchange(cut_.written, written);
    drive();
    cut_.written = before;
  }
  void send(std::string_view text, std::size_t record_bytes = 16 * 1024) {
    drive();
    for (; !text.empty(); text.remove_prefix(std::min(record_bytes, text.size()))) {
      client_.send(text.substr(0, record_bytes));
    }
    drive();
  }
  void deliver(std::string_view bytes) { channel_.receive(bytes, buffers_); }
  void refuse() { channel_.refuse_now(wire::Refusal::too_slow, buffers_); }

  void write() {
    const std::string_view output = channel_.output().first.substr(0, cut_.written);
    EXPECT_TRUE(channel_.output().second.empty());
    client_.incoming(output);
    channel_.wrote(output.size());
    ++writes_;
  }

  Channel& channel() { return channel_; }
  TlsClient& client() { return client_; }
  const std::string& replies() const { return client_.replies(); }
  int writes() const { return writes_; }

 private:
  bool step() {
    sent_ += client_.outgoing();
    switch (channel_.needs()) {
      case Channel::Needs::write: write(); return true;
      case Channel::Needs::turn: channel_.proceed(buffers_); return true;
      case Channel::Needs::bytes: return receive();
      case Channel::Needs::wait: return await_reply();
      case Channel::Needs::close: return false;
    }
    return false;
  }
  bool await_reply() {
    bool woken = false;
    channel_.when_ready([&woken] { woken = true; });
    if (woken) channel_.proceed(buffers_);
    return woken;
  }
  bool receive() {
    if (sent_.empty()) return false;
    const std::string piece = sent_.substr(0, cut_.received);
    sent_.erase(0, piece.size());
    channel_.receive(piece, buffers_);
    return true;
  }

  Cut cut_;
  Echo echo_;
  Channel channel_;
  wire::ReplyBuffers own_buffers_;
  wire::ReplyBuffers& buffers_;
  TlsClient client_;
  std::string sent_;  // by the client, on its way
  int writes_ = 0;
};

// What the same bytes get in the clear: inside TLS nothing is to differ.
std::string in_the_clear(std::string_view text, const wire::Limits& limits = usual_limits);

}  // namespace assay::runtime
