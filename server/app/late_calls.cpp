#include "server/app/late_calls.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <functional>
#include <utility>
#include <vector>

#include "server/app/app.h"
#include "server/app/owned_request.h"
#include "server/app/reply_end.h"

namespace assay {

// One of them. Its own thread writes it until it is done, then the one that writes the reply.
class LateCall {
 public:
  LateCall(const wire::Request& request, Services& services)
      : owned(request), reply(body), context(owned.request(), reply, services) {}

  void become_done() {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
      wake = std::move(wake_);
    }
    if (wake) wake();
  }
  bool is_done() {
    const std::lock_guard lock(mutex_);
    return done_;
  }
  void when_done(std::function<void()> wake) {
    {
      const std::lock_guard lock(mutex_);
      if (!done_) {
        wake_ = std::move(wake);
        return;
      }
    }
    wake();
  }

  OwnedRequest owned;
  std::string path;       // what the match points into
  std::size_t bytes = 0;  // that its request holds
  routing::RouteTree::Match match;
  std::string body;
  Reply reply;
  Context context;
  std::coroutine_handle<> handle;

 private:
  std::mutex mutex_;  // guards done_, wake_
  bool done_ = false;
  std::function<void()> wake_;
};

namespace {

class LateAnswer final : public wire::LateReply {
 public:
  explicit LateAnswer(std::shared_ptr<LateCall> call) : call_(std::move(call)) {}
  void when_ready(std::function<void()> wake) override { call_->when_done(std::move(wake)); }
  void finish(wire::ReplyWriter& writer) override { end_reply(call_->context, writer); }

 private:
  std::shared_ptr<LateCall> call_;
};

// Dependencies come first: what is wrong with the form is told when it is asked for.
void take_form(Context& context) {
  try {
    form_of(context);
  } catch (const HttpError&) {
    context.set_form_failure(std::current_exception());
  }
}

}  // namespace

// A coroutine that nobody awaits: it destroys itself when it ends.
struct LateCalls::Detached {
  struct promise_type {  // NOLINT(readability-identifier-naming): the language asks for it
    Executor* executor;
    promise_type(LateCalls& self, const std::shared_ptr<LateCall>& call)
        : executor(&call->context.services().executor) {
      (void)self;
      call->handle = std::coroutine_handle<promise_type>::from_promise(*this);
    }
    Detached get_return_object() const { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const {}
    void unhandled_exception() const { std::terminate(); }  // all is caught within
  };
};

LateCalls::Detached LateCalls::run(std::shared_ptr<LateCall> call) {
  call->match = app_.find(call->context.request(), call->path);
  const App::Match& match = call->match;
  std::size_t entered = 0;
  std::exception_ptr failure;
  try {
    if (app_.enter(call->context, match, entered)) {
      const Endpoint& endpoint = *app_.endpoint_of(match);
      // Now, since its connection may let go of it while the handler waits.
      if (endpoint.takes_form) take_form(call->context);
      co_await endpoint.begin(call->context, endpoint);
    }
  } catch (...) {
    failure = std::current_exception();
  }
  try {
    if (failure) app_.fail(call->context, failure);
    app_.leave(call->context, match, entered);
  } catch (...) {
    call->reply.clear();  // nothing answered is a 500
  }
  end(*call);
  call->become_done();
}

void LateCalls::answer(const wire::Request& request, wire::ReplyWriter& writer) {
  const auto call = std::make_shared<LateCall>(request, app_.services_);
  call->bytes = call->owned.size() + form_bytes(request);
  if (!begin(*call)) return refuse(writer);
  if (request.sink != nullptr) call->context.set_sink(*static_cast<FormSink*>(request.sink));
  try {
    run(call);
  } catch (...) {  // there was no memory to begin with
    end(*call);
    throw;
  }
  if (call->is_done()) return end_reply(call->context, writer);
  writer.later(std::make_unique<LateAnswer>(call));
}

void LateCalls::set_limits(std::size_t calls, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  most_calls_ = calls;
  most_bytes_ = bytes;
}

// A peer that goes does not end its call, so that connections alone are no bound.
bool LateCalls::begin(LateCall& call) {
  const std::lock_guard lock(mutex_);
  const std::size_t bytes = held_bytes_ + call.bytes;
  const bool is_first = running_.empty();
  if (!is_first && (running_.size() >= most_calls_ || bytes > most_bytes_)) return false;
  running_.insert(&call);
  held_bytes_ = bytes;
  return true;
}

void LateCalls::refuse(wire::ReplyWriter& writer) const {
  std::string body;
  Reply reply(body);
  write_error(reply, app_.services_.dialect, 503, "too much is being waited for");
  reply.set_field("Retry-After", "1");
  reply.write_to(writer);
}

// In memory; what is beyond that lies on disk.
std::size_t LateCalls::form_bytes(const wire::Request& request) const {
  if (request.sink == nullptr) return 0;
  const forms::FormLimits& limits = app_.services_.form_limits;
  const std::uint64_t most = limits.field_bytes + limits.memory_bytes;
  return std::min(static_cast<FormSink*>(request.sink)->taken_bytes(), most);
}

void LateCalls::end(LateCall& call) {
  const std::lock_guard lock(mutex_);
  running_.erase(&call);
  held_bytes_ -= call.bytes;
  ended_.notify_all();
}

bool LateCalls::drain(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return ended_.wait_for(lock, limit, [this] { return running_.empty(); });
}

void LateCalls::stop() {
  std::set<LateCall*> running;
  {
    const std::lock_guard lock(mutex_);
    running.swap(running_);
    held_bytes_ = 0;
  }
  for (LateCall* const call : running) {
    call->context.aftermath().drop_tasks();
    call->handle.destroy();
  }
}

}  // namespace assay
