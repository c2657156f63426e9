#include "server/app/reply_end.h"

#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace assay {
namespace {

// The order of the members is the order of the end: the stream goes before what it may use.
class FollowedSource final : public wire::BodySource {
 public:
  FollowedSource(std::unique_ptr<wire::BodySource> source, Aftermath aftermath, std::string name)
      : aftermath_(std::move(aftermath)), source_(std::move(source)), name_(std::move(name)) {}
  bool more(std::string& out) override {
    try {
      return source_->more(out);
    } catch (const std::exception& bug) {
      aftermath_.report(name_ + bug.what());
      throw;
    } catch (...) {
      aftermath_.report(name_ + "threw what is no std::exception");
      throw;
    }
  }

 private:
  Aftermath aftermath_;
  std::unique_ptr<wire::BodySource> source_;
  std::string name_;  // of the request, for the log
};

class Undoing final : public wire::AfterReply {
 public:
  explicit Undoing(Aftermath aftermath) : aftermath_(std::move(aftermath)) {}

 private:
  Aftermath aftermath_;
};

std::string name_of(const Request& request) {
  return std::string(request.head.method_name) + " " + std::string(request.path) + ": ";
}

}  // namespace

void end_reply(Context& context, wire::ReplyWriter& writer) {
  Reply& reply = context.reply();
  if (reply.streams()) {
    reply.replace_source(std::make_unique<FollowedSource>(
        reply.take_source(), std::move(context.aftermath()), name_of(context.request())));
  }
  reply.write_to(writer);
  if (context.aftermath().is_empty()) return;
  writer.after(std::make_unique<Undoing>(std::move(context.aftermath())));
}

}  // namespace assay
