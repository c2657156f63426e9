// What a driver moves bytes for: a wire::Connection, in the clear or inside TLS.
//
// Has the calls of a Connection and its contract (see wire/connection.h); inside TLS the bytes that
// come in and go out are records, and closing says so to the peer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/runtime/tls_stream.h"
#include "server/wire/connection.h"

namespace assay::runtime {

class Channel {
 public:
  using Needs = wire::Connection::Needs;
  using Phase = wire::Connection::Phase;

  // Without `tls`: in the clear.
  Channel(const wire::Limits& limits, const std::string& date_field, wire::Handler& handler,
          const TlsContext* tls = nullptr)
      : connection_(limits, date_field, handler),
        tls_(tls == nullptr ? nullptr : std::make_unique<TlsStream>(*tls)) {}

  void receive(std::string_view bytes, wire::ReplyBuffers& buffers) {
    received_ += bytes.size();
    if (tls_) return receive_records(bytes, buffers);
    connection_.receive(bytes, buffers);
  }
  void proceed(wire::ReplyBuffers& buffers) {
    if (tls_) return proceed_inside(buffers);
    connection_.proceed(buffers);
  }
  void when_ready(std::function<void()> wake) { connection_.when_ready(std::move(wake)); }
  void refuse_now(wire::Refusal refusal, wire::ReplyBuffers& buffers) {
    if (tls_) return refuse_inside(refusal, buffers);
    connection_.refuse_now(refusal, buffers);
  }
  void close_soon() { connection_.close_soon(); }
  Needs needs() const { return tls_ ? needs_of_records() : connection_.needs(); }
  wire::Output output() const {
    if (tls_) return {tls_->output(), {}};
    return connection_.output();
  }
  void wrote(std::size_t bytes) {
    if (tls_) return wrote_records(bytes);
    connection_.wrote(bytes);
  }

  // In the clear, or hands were shaken: from here on requests count, and nothing else does.
  bool is_open() const { return !tls_ || tls_->state() != TlsStream::State::handshaking; }
  // A handshake, or a record that is not whole, is a head that the peer still sends.
  Phase phase() const { return tls_ ? phase_of_records() : connection_.phase(); }
  // No request has begun: also where the hands are still to be shaken and nothing came.
  bool is_idle() const { return phase() == Phase::idle || received_ == 0; }
  std::uint64_t answered() const { return connection_.answered(); }
  std::uint64_t received() const { return received_; }  // bytes so far, as they came
  // As Connection's: also where the peer is refused for what it sent as TLS.
  bool refused() const {
    return connection_.refused() || (tls_ && tls_->state() == TlsStream::State::failed);
  }

  const wire::Connection& connection() const { return connection_; }

 private:
  void answer_in_the_clear(std::string_view request, wire::ReplyBuffers& buffers);
  void receive_records(std::string_view bytes, wire::ReplyBuffers& buffers);
  void proceed_inside(wire::ReplyBuffers& buffers);
  void refuse_inside(wire::Refusal refusal, wire::ReplyBuffers& buffers);
  void wrote_records(std::size_t bytes);
  Needs needs_of_records() const;
  Phase phase_of_records() const;
  void open_records(wire::ReplyBuffers& buffers);
  void seal_output(std::size_t most);
  void seal_output(wire::ReplyBuffers& buffers);

  wire::Connection connection_;
  std::unique_ptr<TlsStream> tls_;  // nullptr: in the clear
  std::uint64_t received_ = 0;
};

}  // namespace assay::runtime
