// The requests of one application whose handlers are asynchronous and not done yet.
//
// Any thread may begin one; each goes on alone, on the thread that begins it and then on the
// executor's. A peer that goes does not stop its handler: what it answers is then dropped.
// `stop` ends those that still wait, where they stand. REQUIRES: then the executor has stopped.
#pragma once
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>

#include "server/wire/late_reply.h"
#include "server/wire/reply_writer.h"
#include "server/wire/request.h"

namespace assay {

class App;
class LateCall;

class LateCalls {
 public:
  explicit LateCalls(App& app) : app_(app) {}

  // 503 beyond so many at once, or where their requests together are larger; 10,000 and 64 MiB at
  // first. One alone may always run.
  void set_limits(std::size_t calls, std::size_t bytes);
  void answer(const wire::Request& request, wire::ReplyWriter& writer);
  // Whether all were done before the time was up.
  bool drain(std::chrono::milliseconds limit);
  void stop();

 private:
  struct Detached;

  bool begin(LateCall& call);
  std::size_t form_bytes(const wire::Request& request) const;
  void refuse(wire::ReplyWriter& writer) const;
  Detached run(std::shared_ptr<LateCall> call);
  void end(LateCall& call);

  App& app_;
  std::mutex mutex_;  // guards all below
  std::condition_variable ended_;
  std::set<LateCall*> running_;
  std::size_t held_bytes_ = 0;  // by the requests of those
  std::size_t most_calls_ = 10'000;
  std::size_t most_bytes_ = 64 * 1024 * 1024;
};

}  // namespace assay
