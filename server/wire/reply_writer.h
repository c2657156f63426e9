// Writes one reply, head and body in one piece, onto the end of a connection's output.
//
// Made by the Connection for each request and used by one handler. A handler either `send`s text it
// has, or fills `body()`, a buffer reused from request to request, and calls `send_body`, or gives
// a source that is asked for piece after piece, or says that the reply comes later. Exactly one
// reply leaves: a second call is ignored, and a handler that sends nothing answers 500. What could
// split the reply or frame it twice is refused: a field with a control character, one that the
// writer itself writes, or one that comes after `send`. A bad `type`, and a status that is no final
// one, answer 500.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/wire/body_source.h"
#include "server/wire/late_reply.h"
#include "server/wire/reply_buffers.h"

namespace assay::wire {

// What the request and the connection ask of a reply, whatever it says.
struct ReplyForm {
  bool keep_alive = true;
  bool head_only = false;     // to HEAD
  bool for_http_1_0 = false;  // no chunks, and staying open must be said
  bool split = false;         // the body leaves in a write of its own
};

class ReplyWriter {
 public:
  // `date_field` is a whole "Date: ...\r\n" line, or empty.
  ReplyWriter(ReplyBuffers& buffers, std::string_view date_field, ReplyForm form)
      : buffers_(buffers), date_field_(date_field), form_(form) {
    buffers_.body.clear();
    buffers_.extra_fields.clear();
  }

  bool add_field(std::string_view name, std::string_view value);  // false: refused
  std::string& body() { return buffers_.body; }

  // A large body is not copied: it leaves from where the handler built it.
  void send_body(int status, std::string_view type);
  void send(int status, std::string_view type, std::string_view body);
  // Without a length in chunks, or to HTTP/1.0 up to the end of the connection. REQUIRES: a source
  void stream(int status, std::string_view type, std::unique_ptr<BodySource> source,
              std::optional<std::uint64_t> length = {});
  // The reply is being made elsewhere. Fields that were added before stay.
  void later(std::unique_ptr<LateReply> late);
  void after(std::unique_ptr<AfterReply> act) { buffers_.after.push_back(std::move(act)); }

  bool sent() const { return sent_; }
  bool keep_alive() const { return form_.keep_alive; }  // a stream may have to end the connection

 private:
  bool begin(int status, std::string_view type);
  void write_head(int status, std::string_view type, std::string_view framing,
                  std::uint64_t length);

  ReplyBuffers& buffers_;
  std::string_view date_field_;
  ReplyForm form_;
  bool sent_ = false;
};

// Fields that the writer says itself: type, length, framing, connection, date.
bool is_written_by_writer(std::string_view name);

}  // namespace assay::wire
