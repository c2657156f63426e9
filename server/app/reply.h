// A reply before it leaves: handlers fill it, hooks and layers may still change it.
//
// Belongs to one request. The body is a buffer that is used again from request to request, so a
// small reply allocates nothing. The last `start`, `send` or `stream` counts; fields stay.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/app/http_error.h"
#include "server/wire/body_source.h"
#include "server/wire/reply_writer.h"

namespace assay {

class Reply {
 public:
  explicit Reply(std::string& body) : body_(body) { body_.clear(); }

  // Begins a reply whose body is filled by the caller. `type` is a literal, or outlives the reply;
  // an empty one leaves the field out.
  std::string& start(int status, std::string_view type);
  void send(int status, std::string_view type, std::string_view text);
  void stream(int status, std::string_view type, std::unique_ptr<wire::BodySource> source,
              std::optional<std::uint64_t> length = {});

  bool answered() const { return status_ != 0; }
  int status() const { return status_; }
  void set_status(int status) { status_ = status; }
  std::string_view type() const { return type_; }
  void set_type(std::string type);  // one that is made at run time
  std::string& body() { return body_; }
  bool streams() const { return source_ != nullptr; }
  std::unique_ptr<wire::BodySource> take_source() { return std::move(source_); }
  void replace_source(std::unique_ptr<wire::BodySource> source) { source_ = std::move(source); }
  void clear();  // as if nothing had been answered, fields too

  // Names are compared without regard to case. Throws std::invalid_argument for what cannot be a
  // field, would split the reply, or is the writer's to say: a bug, or an attack that met one.
  void add_field(std::string name, std::string value);
  void set_field(std::string name, std::string value);  // instead of any of that name
  void remove_field(std::string_view name);
  const std::string* field(std::string_view name) const;

  void write_to(wire::ReplyWriter& writer);  // once

 private:
  std::string& body_;
  std::string_view type_;
  std::string own_type_;
  std::vector<Field> fields_;
  std::unique_ptr<wire::BodySource> source_;
  std::optional<std::uint64_t> length_;
  int status_ = 0;
};

}  // namespace assay
