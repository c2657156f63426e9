// A line on each reply, also on refusals, in the common log format:
//
//   127.0.0.1 - - [30/Nov/2026:09:41:07 +0000] "GET /json HTTP/1.1" 200 526
//
// Stands before a handler, and hands the lines that a thread has to a LogWriter when that thread
// may wait: one that answers pays for making them, and once for all that came together. A stream is
// logged when it begins, with "-" for its length where that is not known.
#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "server/program/log_writer.h"
#include "server/wire/connection.h"

namespace assay {

class AccessLog final : public wire::Handler {
 public:
  // Throws StartError. `inner` outlives it.
  AccessLog(const std::string& path, wire::Handler& inner) : writer_(path), inner_(inner) {}

  void answer(const wire::Request& request, wire::ReplyWriter& reply) override {
    inner_.answer(request, reply);
  }
  bool wants_body(const wire::Request& request) override { return inner_.wants_body(request); }
  std::unique_ptr<wire::BodySink> sink(const wire::Request& request) override {
    return inner_.sink(request);
  }
  void start() override;
  void stop(std::chrono::milliseconds drain_limit) override;
  void replied(const wire::ReplyReport& report) noexcept override;
  void before_wait() noexcept override;

 private:
  void hand_over() noexcept;

  LogWriter writer_;
  wire::Handler& inner_;
};

}  // namespace assay
