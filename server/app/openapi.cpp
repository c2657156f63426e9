#include "server/app/openapi.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/app/error_schema.h"
#include "server/docs_page/docs_page.h"
#include "server/model/json_text.h"
#include "server/wire/characters.h"
#include "server/wire/refusal.h"

namespace assay {
namespace {

// Writes one JSON object or array, and puts the commas.
class JsonList {
 public:
  JsonList(std::string& out, char open, char close) : out_(out), close_(close) { out_ += open; }
  ~JsonList() { out_ += close_; }
  JsonList(const JsonList&) = delete;
  JsonList& operator=(const JsonList&) = delete;

  std::string& item() {
    if (!std::exchange(first_, false)) out_ += ',';
    return out_;
  }
  std::string& key(std::string_view name) {
    model::append_json_string(item(), name);
    return out_ += ':';
  }
  void text(std::string_view name, std::string_view value) {
    if (!value.empty()) model::append_json_string(key(name), value);
  }
  void json(std::string_view name, std::string_view value) { key(name) += value; }

 private:
  std::string& out_;
  char close_;
  bool first_ = true;
};

// "/items/{id:int}" is "/items/{id}" to OpenAPI.
std::string path_of(std::string_view pattern) {
  std::string path;
  bool in_kind = false;
  for (const char c : pattern) {
    if (c == '}') in_kind = false;
    if (c == ':' && path.rfind('{') != path.npos && path.rfind('{') > path.rfind('}') + 1) {
      in_kind = true;
    }
    if (!in_kind) path += c;
  }
  return path;
}

std::string_view schema_of(routing::ParameterKind kind) {
  using routing::ParameterKind;
  switch (kind) {
    case ParameterKind::integer: return R"({"type":"integer"})";
    case ParameterKind::number: return R"({"type":"number"})";
    case ParameterKind::boolean: return R"({"type":"boolean"})";
    case ParameterKind::date: return R"({"type":"string","format":"date"})";
    case ParameterKind::datetime: return R"({"type":"string","format":"date-time"})";
    case ParameterKind::uuid: return R"({"type":"string","format":"uuid"})";
    default: return R"({"type":"string","minLength":1})";
  }
}

// Those that the handler takes, and those that the pattern has besides.
std::vector<ParameterDescription> parameters_of(const Operation& operation,
                                                std::span<const routing::Parameter> in_path) {
  std::vector<ParameterDescription> all;
  std::set<std::pair<std::string, std::string>> known;
  for (const ParameterDescription& parameter : operation.parameters) {
    if (known.insert({parameter.in, parameter.name}).second) all.push_back(parameter);
  }
  for (const routing::Parameter& parameter : in_path) {
    if (!known.insert({"path", parameter.name}).second) continue;
    all.push_back({parameter.name, "path", std::string(schema_of(parameter.kind)), true});
  }
  return all;
}

void append_parameters(std::string& out, const std::vector<ParameterDescription>& parameters) {
  JsonList list(out, '[', ']');
  for (const ParameterDescription& parameter : parameters) {
    JsonList one(list.item(), '{', '}');
    one.text("name", parameter.name);
    one.text("in", parameter.in);
    one.json("required", parameter.required ? "true" : "false");
    one.json("schema", parameter.schema);
  }
}

void append_content(std::string& out, const std::map<std::string, std::string>& schemas) {
  JsonList content(out, '{', '}');
  for (const auto& [type, schema] : schemas) {
    JsonList media(content.key(type), '{', '}');
    media.json("schema", schema);
  }
}

void append_body(std::string& out, const Operation& operation) {
  JsonList body(out, '{', '}');
  body.json("required", operation.body_required ? "true" : "false");
  append_content(body.key("content"), operation.bodies);
}

// What every handler of such arguments may answer, beside what it says itself.
std::map<int, ResponseDescription> responses_of(const Operation& operation,
                                                const ErrorSchemas& errors) {
  std::map<int, ResponseDescription> responses = operation.responses;
  if (operation.can_be_invalid) responses.try_emplace(422, errors.invalid());
  if (!operation.bodies.empty()) {
    responses.try_emplace(415, errors.plain(415));
    // Said before the application is asked, too, and then in plain text.
    for (const int status : {400, 413}) {
      responses.try_emplace(
          status, ResponseDescription{std::string(wire::reason_of(status)), "*/*", "{}", {}});
    }
  }
  for (auto& [status, response] : responses) {
    if (status >= 400 && response.schema.empty()) {
      const std::string description = std::move(response.description);
      response = errors.plain(status);
      if (!description.empty()) response.description = description;
    }
    if (status == 204 || status == 304) response.type.clear();
    if (response.description.empty()) response.description = wire::reason_of(status);
  }
  return responses;
}

void append_response(std::string& out, const ResponseDescription& response) {
  JsonList one(out, '{', '}');
  one.text("description", response.description);
  if (!response.type.empty())
    append_content(one.key("content"), {{response.type, response.schema}});
  if (response.fields.empty()) return;
  JsonList fields(one.key("headers"), '{', '}');
  for (const auto& [name, schema] : response.fields) {
    JsonList field(fields.key(name), '{', '}');
    field.json("schema", schema);
  }
}

// Whatever the locale.
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string lowered;
  for (const char c : text) lowered += lower(c);
  return lowered;
}

// "get_items_id": what a client made of the document calls it.
std::string operation_id(std::string_view method, std::string_view path) {
  std::string id;
  for (const char c : std::string(method) + "_" + std::string(path)) {
    const char small = lower(c);
    if ((small >= 'a' && small <= 'z') || wire::is_digit(small)) {
      id += small;
    } else if (!id.empty() && id.back() != '_') {
      id += '_';
    }
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  return id;
}

// No two operations of a document have the same.
std::string unique_id(const RouteBook& book, std::size_t route, std::set<std::string>& known) {
  const Operation& operation = book.endpoints[route].operation;
  const std::string wanted = !operation.id.empty()
                                 ? operation.id
                                 : operation_id(book.tree.method(route), book.tree.pattern(route));
  std::string id = wanted;
  for (int i = 2; !known.insert(id).second; ++i) id = fmt::format("{}_{}", wanted, i);
  return id;
}

void append_operation(std::string& out, const RouteBook& book, std::size_t route,
                      const std::string& id, const ErrorSchemas& errors) {
  const Operation& operation = book.endpoints[route].operation;
  JsonList one(out, '{', '}');
  one.text("operationId", id);
  one.text("summary", operation.summary);
  one.text("description", operation.description);
  if (operation.deprecated) one.json("deprecated", "true");
  if (!operation.tags.empty()) {
    JsonList tags(one.key("tags"), '[', ']');
    for (const std::string& tag : operation.tags) model::append_json_string(tags.item(), tag);
  }
  const auto parameters = parameters_of(operation, book.tree.parameters(route));
  if (!parameters.empty()) append_parameters(one.key("parameters"), parameters);
  if (!operation.bodies.empty()) append_body(one.key("requestBody"), operation);
  JsonList responses(one.key("responses"), '{', '}');
  for (const auto& [status, response] : responses_of(operation, errors)) {
    append_response(responses.key(std::to_string(status)), response);
  }
}

// OpenAPI knows these methods and no others.
bool is_known(std::string_view method) {
  constexpr std::array<std::string_view, 8> known = {"GET",     "PUT",  "POST",  "DELETE",
                                                     "OPTIONS", "HEAD", "PATCH", "TRACE"};
  return std::find(known.begin(), known.end(), method) != known.end();
}

void append_paths(std::string& out, const RouteBook& book, const ErrorSchemas& errors) {
  std::map<std::string, std::map<std::string, std::size_t>> paths;
  for (std::size_t route = 0; route < book.endpoints.size(); ++route) {
    const std::string_view method = book.tree.method(route);
    if (book.endpoints[route].operation.hidden || !is_known(method)) continue;
    paths[path_of(book.tree.pattern(route))].try_emplace(lower(method), route);
  }
  std::set<std::string> ids;
  JsonList list(out, '{', '}');
  for (const auto& [path, methods] : paths) {
    JsonList one(list.key(path), '{', '}');
    for (const auto& [method, route] : methods) {
      append_operation(one.key(method), book, route, unique_id(book, route, ids), errors);
    }
  }
}

void append_document(std::string& out, const ApiTitle& title, const RouteBook& book,
                     const ErrorSchemas& errors) {
  JsonList document(out, '{', '}');
  document.text("openapi", "3.1.0");
  {
    JsonList info(document.key("info"), '{', '}');
    info.text("title", title.title);
    info.text("version", title.version);
    info.text("description", title.description);
  }
  append_paths(document.key("paths"), book, errors);
  JsonList components(document.key("components"), '{', '}');
  JsonList schemas(components.key("schemas"), '{', '}');
  for (const auto& [name, schema] : book.schemas.all()) schemas.json(name, schema);
  for (const auto& [name, schema] : errors.all()) schemas.json(name, schema);
}

}  // namespace

std::string openapi_document(const ApiTitle& title, const RouteBook& book, ErrorDialect dialect) {
  std::string out;
  append_document(out, title, book, ErrorSchemas(dialect));
  return out;
}

std::string_view ApiDescription::document() {
  std::call_once(made_, [this] { text_ = openapi_document(title_, book_, services_.dialect); });
  return text_;
}

void answer_docs_page(Context& context) {
  const DocsPage& page = docs_page();
  context.reply().send(200, "text/html; charset=utf-8", page.html);
  context.reply().set_field("Content-Security-Policy", std::string(page.content_security_policy));
}

}  // namespace assay
