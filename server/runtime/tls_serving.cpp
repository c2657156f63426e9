#include "server/runtime/tls_serving.h"

#include <functional>
#include <memory>
#include <stdexcept>

#include "server/runtime/self_signed.h"

namespace assay::runtime {
namespace {

class Countdown final : public wire::BodySource {
 public:
  explicit Countdown(bool breaks) : breaks_(breaks) {}
  bool more(std::string& out) override {
    if (breaks_ && left_ == 5) throw std::runtime_error("the source is gone");
    out += std::to_string(--left_);
    return left_ > 0;
  }

 private:
  bool breaks_;
  int left_ = 10;
};

// Ready at once.
class Late final : public wire::LateReply {
 public:
  void when_ready(std::function<void()> wake) override { wake(); }
  void finish(wire::ReplyWriter& reply) override { reply.send(200, "text/plain", "late"); }
};

}  // namespace

const TlsContext& test_context() {
  static const SelfSigned pair;
  static const TlsContext made(pair.certificate(), pair.key());
  return made;
}

void Echo::answer(const wire::Request& request, wire::ReplyWriter& reply) {
  if (request.path == "/large") {
    reply.body().assign(5 * megabyte, 'l');
    return reply.send_body(200, "text/plain");
  }
  if (request.path == "/late") return reply.later(std::make_unique<Late>());
  if (request.path == "/stream" || request.path == "/broken") {
    return reply.stream(200, "text/plain", std::make_unique<Countdown>(request.path == "/broken"));
  }
  reply.send(200, "text/plain", request.body.empty() ? request.path : request.body);
}

std::string in_the_clear(std::string_view text, const wire::Limits& limits) {
  Echo echo;
  wire::ReplyBuffers buffers;
  Channel channel(limits, no_date, echo);
  std::string replies;
  channel.receive(text, buffers);
  for (;;) {
    switch (channel.needs()) {
      case Channel::Needs::bytes:
      case Channel::Needs::close: return replies;
      case Channel::Needs::wait: channel.when_ready([] {}); [[fallthrough]];  // it is ready at once
      case Channel::Needs::turn: channel.proceed(buffers); break;
      case Channel::Needs::write:
        const wire::Output output = channel.output();
        replies.append(output.first).append(output.second);
        channel.wrote(output.size());
    }
  }
}

}  // namespace assay::runtime
