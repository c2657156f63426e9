// Writes one reply, head and body in one piece, onto the end of a connection's output.
//
// Made by the Connection for each request and used by one handler. A handler either `send`s text it
// has, or fills `body()`, a buffer reused from request to request, and calls `send_body`. Exactly
// one reply leaves: a second call is ignored, and a handler that sends nothing answers 500.
// What could split the reply or frame it twice is refused: a field with a control character, one
// that the writer itself writes, or one that comes after `send`; a bad `type` answers 500.
#pragma once
#include <string>
#include <string_view>

namespace assay::wire {

// What the writer needs of its connection, made once and lent to each writer.
struct ReplyBuffers {
  std::string output;        // replies not yet written
  std::string body;          // scratch for the reply being built
  std::string extra_fields;  // fields added by the handler
};

class ReplyWriter {
 public:
  // `date_field` is a whole "Date: ...\r\n" line, or empty.
  ReplyWriter(ReplyBuffers& buffers, std::string_view date_field, bool keep_alive, bool head_only)
      : buffers_(buffers), date_field_(date_field), keep_alive_(keep_alive), head_only_(head_only) {
    buffers_.body.clear();
    buffers_.extra_fields.clear();
  }

  bool add_field(std::string_view name, std::string_view value);  // false: refused
  std::string& body() { return buffers_.body; }

  void send_body(int status, std::string_view type) { send(status, type, buffers_.body); }
  void send(int status, std::string_view type, std::string_view body);

  bool sent() const { return sent_; }

 private:
  ReplyBuffers& buffers_;
  std::string_view date_field_;
  bool keep_alive_;
  bool head_only_;
  bool sent_ = false;
};

}  // namespace assay::wire
