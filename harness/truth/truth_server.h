// A server whose answers are known: how long each takes, what goes wrong, and when. What a client
// says that it measured here can be held against the law (law.h, queue_law.h), against what the
// server counted (GET /__truth__) and against its log of every request.
//
// `start` returns when the port is open; it serves in a thread of its own. The destructor ends it.
// It judges no request, has no limits and no timeouts: never face it to a network.
#pragma once

#include <cstdint>
#include <memory>
#include <thread>

#include "harness/load/socket/descriptor.h"
#include "harness/truth/requests_log.h"
#include "harness/truth/truth_error.h"
#include "harness/truth/truth_loop.h"
#include "harness/truth/truth_settings.h"

namespace assay::truth {

class TruthServer {
 public:
  static Result<std::unique_ptr<TruthServer>> start(const TruthSettings& settings);
  ~TruthServer();
  TruthServer(const TruthServer&) = delete;
  TruthServer& operator=(const TruthServer&) = delete;

  std::uint16_t port() const { return port_; }
  // Closes every connection. An error: not all of the log could be written.
  Result<void> end();

 private:
  TruthServer() = default;
  Result<void> open(const TruthSettings& settings);

  std::uint16_t port_ = 0;
  load::Descriptor ending_;  // readable once ending_writer_ is closed
  load::Descriptor ending_writer_;
  std::unique_ptr<RequestsLog> log_;
  std::unique_ptr<TruthLoop> loop_;
  std::thread thread_;
};

}  // namespace assay::truth
