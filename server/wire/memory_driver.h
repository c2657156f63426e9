// Drives a Connection in memory: for tests, fuzzing, and a client without a socket.
//
// The replies pile up in `output`. Sleeps while one is being made elsewhere. Belongs to one thread;
// the handler and what it uses outlive it.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/wire/connection.h"
#include "server/wire/doorbell.h"

namespace assay::wire {

class MemoryDriver {
 public:
  // `date` is a whole "Date: ...\r\n" line, or empty.
  MemoryDriver(const Limits& limits, Handler& handler, std::string date = {})
      : date_(std::move(date)), end_{handler}, connection_(limits, date_, handler) {}
  MemoryDriver(const MemoryDriver&) = delete;
  MemoryDriver& operator=(const MemoryDriver&) = delete;

  // Gives the connection `bytes` in one piece, and drives it until it needs more or has closed.
  void send(std::string_view bytes) {
    connection_.receive(bytes, buffers_);
    drive();
  }
  // As a peer that takes at most `bytes` at a time.
  void take_at_most(std::size_t bytes) { most_ = bytes; }
  void expire(Refusal refusal) {
    connection_.refuse_now(refusal, buffers_);
    drive();
  }

  const std::string& output() const { return output_; }
  bool closed() const { return connection_.needs() == Connection::Needs::close; }
  const Connection& connection() const { return connection_; }

 private:
  void drive() {
    for (;;) {
      switch (connection_.needs()) {
        case Connection::Needs::write: write(); break;
        case Connection::Needs::turn: connection_.proceed(buffers_); break;
        case Connection::Needs::wait: wait(); break;
        case Connection::Needs::bytes:
        case Connection::Needs::close: return end_.handler.before_wait();
      }
    }
  }
  void wait() {
    const auto bell = std::make_shared<Doorbell>();
    connection_.when_ready([bell] { bell->ring(); });
    end_.handler.before_wait();
    bell->wait();
    connection_.proceed(buffers_);
  }
  void write() {
    const Output next = connection_.output();
    const std::string_view first = next.first.substr(0, most_);
    const std::string_view second = next.second.substr(0, most_ - first.size());
    output_.append(first).append(second);
    connection_.wrote(first.size() + second.size());
  }

  // Before the connection, so that what its end lets go is over by then.
  struct End {
    explicit End(Handler& of) : handler(of) {}
    ~End() { handler.before_wait(); }
    End(const End&) = delete;
    End& operator=(const End&) = delete;
    Handler& handler;
  };

  std::string date_;
  End end_;
  Connection connection_;
  ReplyBuffers buffers_;
  std::string output_;
  std::size_t most_ = static_cast<std::size_t>(-1);
};

}  // namespace assay::wire
