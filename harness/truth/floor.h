// The floor: what a request costs when a server does nothing with it. A fixed reply to every end of
// a request, on raw epoll or kqueue. Also the most that a client can be fed.
//
// `start` returns when the port is open; the workers are its own threads, which the destructor ends
// from any thread. It judges no request, has no limits and no timeouts: never face it to a network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "harness/load/socket/descriptor.h"
#include "harness/truth/floor_reply.h"
#include "harness/truth/floor_worker.h"
#include "harness/truth/truth_error.h"

namespace assay::truth {

struct FloorSettings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 picks a free one
  std::size_t workers = 1;
  std::string body = std::string(526, 'x');  // as long as the documents' /json
  bool closes = false;                       // one reply a connection, which says so
};

class Floor {
 public:
  static Result<std::unique_ptr<Floor>> start(const FloorSettings& settings);
  ~Floor();
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  explicit Floor(const FloorSettings& settings);
  Result<void> open(const FloorSettings& settings);
  Result<void> add_worker(load::Descriptor listener, bool closes);

  std::uint16_t port_ = 0;
  ReplyRun replies_;
  load::Descriptor ending_;  // readable once ending_writer_ is closed
  load::Descriptor ending_writer_;
  std::vector<std::unique_ptr<FloorWorker>> workers_;
  std::vector<std::thread> threads_;
};

}  // namespace assay::truth
