#include "server/wire/reply_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "server/wire/characters.h"
#include "server/wire/refusal.h"
#include "server/wire/request.h"

namespace assay::wire {
namespace {

// Above this a copy costs more than a second piece in the same write.
constexpr std::size_t gather_bytes = 16 * 1024;
constexpr std::string_view end_of_line = "\r\n";

bool has_control(std::string_view text) {
  const char* const end = text.data() + text.size();
  return first_control(text.data(), end) != end;
}

// RFC 9110, 8.6 and 15: these have no content, whatever the handler gives.
bool has_no_content(int status) { return status == 204 || status == 304; }

// Writes into room that was made before: one check for a head instead of one for each part of it.
class Cursor {
 public:
  explicit Cursor(char* at) : at_(at) {}
  void add(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void add_number(std::uint64_t value) { at_ = std::to_chars(at_, at_ + 20, value).ptr; }
  const char* end() const { return at_; }

 private:
  char* at_;
};

}  // namespace

bool is_written_by_writer(std::string_view name) {
  constexpr std::array<std::string_view, 5> names = {"Content-Type", "Content-Length",
                                                     "Transfer-Encoding", "Connection", "Date"};
  return std::any_of(names.begin(), names.end(),
                     [name](std::string_view known) { return same_name(known, name); });
}

bool ReplyWriter::add_field(std::string_view name, std::string_view value) {
  if (!is_token(name) || !std::all_of(value.begin(), value.end(), is_text)) return false;
  if (sent_ || is_written_by_writer(name)) return false;
  buffers_.extra_fields.append(name).append(": ").append(value).append(end_of_line);
  return true;
}

void ReplyWriter::send_body(int status, std::string_view type) {
  const bool is_large = buffers_.body.size() > gather_bytes && !form_.head_only;
  const bool has_content = !has_no_content(status) && status != 205;
  if (!is_large || !has_content) return send(status, type, buffers_.body);
  if (!begin(status, type)) return;
  write_head(status, type, "Content-Length: ", buffers_.body.size());
  if (form_.split) buffers_.split_at = buffers_.output.size();
  buffers_.tail.swap(buffers_.body);
}

void ReplyWriter::send(int status, std::string_view type, std::string_view body) {
  if (!begin(status, type)) return;
  if (has_no_content(status)) return write_head(status, {}, {}, 0);
  if (status == 205) body = {};  // RFC 9110, 15.3.6: says so with a length of 0
  write_head(status, type, "Content-Length: ", body.size());
  if (form_.head_only || body.empty()) return;
  if (form_.split) buffers_.split_at = buffers_.output.size();
  buffers_.output += body;
}

void ReplyWriter::stream(int status, std::string_view type, std::unique_ptr<BodySource> source,
                         std::optional<std::uint64_t> length) {
  if (status == 205) return send(status, type, {});
  if (source == nullptr) status = 0;  // a bug of the handler's, as a wrong status is
  if (!begin(status, type)) return;
  if (has_no_content(status)) return write_head(status, {}, {}, 0);
  if (length) {
    write_head(status, type, "Content-Length: ", *length);
    if (!form_.head_only) buffers_.stream = ReplyStream::of_length(std::move(source), *length);
    return;
  }
  // HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
  if (form_.for_http_1_0) form_.keep_alive = false;
  write_head(status, type, form_.for_http_1_0 ? "" : "Transfer-Encoding: chunked", 0);
  if (form_.head_only) return;
  buffers_.stream = form_.for_http_1_0 ? ReplyStream::to_the_end(std::move(source))
                                       : ReplyStream::in_chunks(std::move(source));
}

void ReplyWriter::later(std::unique_ptr<LateReply> late) {
  if (sent_ || late == nullptr) return;
  sent_ = true;
  buffers_.late = std::move(late);
}

// Whether a reply may be written now; one that must not leave as it is becomes a 500.
bool ReplyWriter::begin(int status, std::string_view type) {
  if (sent_) return false;
  sent_ = true;
  if (status >= 200 && status <= 599 && !has_control(type)) return true;
  constexpr std::string_view text = "Internal Server Error\n";
  write_head(500, "text/plain; charset=utf-8", "Content-Length: ", text.size());
  if (!form_.head_only) buffers_.output += text;
  return false;
}

// `framing` is the field that says where the body ends, up to the number if it has one.
void ReplyWriter::write_head(int status, std::string_view type, std::string_view framing,
                             std::uint64_t length) {
  const bool has_length = framing.ends_with(' ');
  buffers_.report.status = status;
  buffers_.report.body_bytes.reset();
  if (has_length || has_no_content(status)) buffers_.report.body_bytes = length;
  constexpr std::size_t fixed = 160;  // above the sum of what has a fixed length
  const std::string_view reason = status == 200 ? std::string_view() : reason_of(status);
  std::string& out = buffers_.output;
  const std::size_t start = out.size();
  out.resize(start + fixed + reason.size() + type.size() + date_field_.size() +
             buffers_.extra_fields.size());
  Cursor head(out.data() + start);
  if (status == 200) {
    head.add("HTTP/1.1 200 OK\r\n");
  } else {
    head.add("HTTP/1.1 ");
    head.add_number(static_cast<std::uint64_t>(status));
    head.add(" ");
    head.add(reason);
    head.add(end_of_line);
  }
  if (!type.empty()) {
    head.add("Content-Type: ");
    head.add(type);
    head.add(end_of_line);
  }
  if (!framing.empty()) {
    head.add(framing);
    if (has_length) head.add_number(length);
    head.add(end_of_line);
  }
  head.add(date_field_);
  if (!buffers_.extra_fields.empty()) head.add(buffers_.extra_fields);
  if (!form_.keep_alive) head.add("Connection: close\r\n");
  if (form_.keep_alive && form_.for_http_1_0) head.add("Connection: keep-alive\r\n");
  head.add(end_of_line);
  out.resize(static_cast<std::size_t>(head.end() - out.data()));
}

}  // namespace assay::wire
