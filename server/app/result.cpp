#include "server/app/result.h"

#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include "server/app/file_source.h"
#include "server/forms/file_type.h"
#include "server/wire/percent_decoding.h"

namespace assay {
namespace {

constexpr std::string_view html = "text/html; charset=utf-8";
// In a description: the type is known when the reply is made, or where the route says it.
constexpr std::string_view any_type = "*/*";

class StreamSource final : public wire::BodySource {
 public:
  explicit StreamSource(std::function<std::optional<std::string>()> next)
      : next_(std::move(next)) {}
  bool more(std::string& out) override {
    const std::optional<std::string> piece = next_();
    if (piece) out += *piece;
    return piece.has_value();
  }

 private:
  std::function<std::optional<std::string>()> next_;
};

void send_typed(Reply& reply, int status, std::string type, std::string_view body) {
  reply.send(status, {}, body);
  reply.set_type(std::move(type));
}

// RFC 6266 and RFC 8187: any name, without a way out of the quotes.
std::string disposition_of(std::string_view name) {
  return "attachment; filename*=UTF-8''" + wire::percent_encoded(name);
}

}  // namespace

void refuse_result(const std::vector<model::Problem>& problems) {
  const model::Problem& first = problems.front();
  throw std::logic_error(fmt::format("the result breaks its own rules: {}: {}",
                                     model::text(first.location), first.message));
}

void describe_content(Operation& operation, int status, std::string_view type) {
  ResponseDescription& response = operation.responses[status];
  response.type = type;
  if (!type.empty()) response.schema = type.starts_with("text/") ? R"({"type":"string"})" : "{}";
}

void write_plain(Context& context, Response value, int /*status*/) {
  send_typed(context.reply(), value.status, std::move(value.type), value.body);
  if (value.status < 200 || value.status > 599) {
    throw std::invalid_argument(fmt::format("{} is no status of a reply", value.status));
  }
  for (Field& field : value.fields) {
    if (wire::same_name(field.name, "Content-Type")) {
      context.reply().set_type(std::move(field.value));
    } else {
      context.reply().add_field(std::move(field.name), std::move(field.value));
    }
  }
}

void describe_plain(Operation& operation, int status, const Response* /*type*/) {
  describe_content(operation, status, any_type);
}

void write_plain(Context& context, NoContent /*value*/, int /*status*/) {
  context.reply().start(204, {});
}

void describe_plain(Operation& operation, int /*status*/, const NoContent* /*type*/) {
  describe_content(operation, 204, {});
}

void write_plain(Context& context, const Html& value, int status) {
  context.reply().send(status, html, value.text);
}

void describe_plain(Operation& operation, int status, const Html* /*type*/) {
  describe_content(operation, status, html);
}

void write_plain(Context& context, Bytes value, int status) {
  send_typed(context.reply(), status, std::move(value.type), value.bytes);
}

void describe_plain(Operation& operation, int status, const Bytes* /*type*/) {
  describe_content(operation, status, any_type);
}

void write_plain(Context& context, Redirect value, int /*status*/) {
  context.reply().start(value.status, {});
  context.reply().set_field("Location", std::move(value.location));
}

void describe_plain(Operation& operation, int /*status*/, const Redirect* /*type*/) {
  operation.responses[307].fields["Location"] = R"({"type":"string"})";
}

void write_plain(Context& context, const Content& value, int status) {
  context.reply().send(status, value.type, value.body);
}

void describe_plain(Operation& operation, int status, const Content* /*type*/) {
  describe_content(operation, status, any_type);
}

void write_plain(Context& context, File value, int status) {
  auto file = FileSource::open(value.path);
  if (!file) throw not_found("Not Found");
  const std::uint64_t size = file->size();
  context.reply().stream(status, {}, std::move(file), size);
  context.reply().set_type(value.type.empty() ? std::string(forms::file_type(value.path))
                                              : std::move(value.type));
  if (value.download_name.empty()) return;
  context.reply().set_field("Content-Disposition", disposition_of(value.download_name));
}

void describe_plain(Operation& operation, int status, const File* /*type*/) {
  describe_content(operation, status, any_type);
  operation.responses[404].description = "There is no such file.";
}

void write_plain(Context& context, Stream value, int /*status*/) {
  context.reply().stream(value.status, {}, std::make_unique<StreamSource>(std::move(value.next)));
  context.reply().set_type(std::move(value.type));
}

void describe_plain(Operation& operation, int status, const Stream* /*type*/) {
  describe_content(operation, status, any_type);
}

}  // namespace assay
