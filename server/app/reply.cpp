#include "server/app/reply.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "server/wire/characters.h"
#include "server/wire/request.h"

namespace assay {

std::string& Reply::start(int status, std::string_view type) {
  status_ = status;
  type_ = type;
  source_.reset();
  body_.clear();
  return body_;
}

void Reply::send(int status, std::string_view type, std::string_view text) {
  start(status, type).append(text);
}

void Reply::stream(int status, std::string_view type, std::unique_ptr<wire::BodySource> source,
                   std::optional<std::uint64_t> length) {
  start(status, type);
  source_ = std::move(source);
  length_ = length;
}

void Reply::clear() {
  start(0, {});
  fields_.clear();
}

void Reply::set_type(std::string type) {
  if (!std::all_of(type.begin(), type.end(), wire::is_text)) {
    throw std::invalid_argument("the reply's type holds a control character");
  }
  own_type_ = std::move(type);
  type_ = own_type_;
}

void Reply::add_field(std::string name, std::string value) {
  if (!wire::is_token(name) || !std::all_of(value.begin(), value.end(), wire::is_text) ||
      wire::is_written_by_writer(name)) {
    throw std::invalid_argument("the reply's field " + name + " cannot be sent as it is");
  }
  fields_.push_back({std::move(name), std::move(value)});
}

void Reply::set_field(std::string name, std::string value) {
  remove_field(name);
  add_field(std::move(name), std::move(value));
}

void Reply::remove_field(std::string_view name) {
  const auto same = [name](const Field& field) { return wire::same_name(field.name, name); };
  fields_.erase(std::remove_if(fields_.begin(), fields_.end(), same), fields_.end());
}

const std::string* Reply::field(std::string_view name) const {
  for (const Field& field : fields_) {
    if (wire::same_name(field.name, name)) return &field.value;
  }
  return nullptr;
}

void Reply::write_to(wire::ReplyWriter& writer) {
  for (const Field& field : fields_) writer.add_field(field.name, field.value);
  if (source_) return writer.stream(status_, type_, std::move(source_), length_);
  if (&writer.body() != &body_) writer.body().swap(body_);
  writer.send_body(status_, type_);
}

}  // namespace assay
