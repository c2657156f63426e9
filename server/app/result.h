// How what a handler returns becomes a reply, and what the API's description says of it.
//
// A model, number, enum, vector, map: JSON. A string: text. `optional`: 404 where it is empty.
// Nothing: 204. The rest is in response.h. With `check_results`, a model that breaks its own rules
// is answered with 500: the handler's fault, not the peer's.
#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "server/app/context.h"
#include "server/app/operation.h"
#include "server/app/response.h"
#include "server/model/check.h"
#include "server/model/json_write.h"
#include "server/model/schema.h"

namespace assay {

// Of values that are written as JSON.
template <class T>
struct Result {
  static void write(Context& context, const T& value, int status) {
    if (context.services().checks_results) refuse_if_wrong(context, value);
    model::append_json(context.reply().start(status, "application/json"), value);
  }
  static void describe(Operation& operation, model::Schemas& schemas, int status) {
    ResponseDescription& response = operation.responses[status];
    response.type = "application/json";
    model::append_schema<T>(response.schema, schemas);
  }
  static void refuse_if_wrong(Context& context, const T& value);
};

// Throws what becomes a 500.
[[noreturn]] void refuse_result(const std::vector<model::Problem>& problems);

template <class T>
void Result<T>::refuse_if_wrong(Context& /*context*/, const T& value) {
  const std::vector<model::Problem> problems = model::problems_of(value);
  if (!problems.empty()) refuse_result(problems);
}

void describe_content(Operation& operation, int status, std::string_view type);

template <>
struct Result<void> {
  static void describe(Operation& operation, model::Schemas& /*schemas*/, int status) {
    describe_content(operation, status == 200 ? 204 : status, {});
  }
};

template <>
struct Result<std::string> {
  static void write(Context& context, std::string_view text, int status) {
    context.reply().send(status, "text/plain; charset=utf-8", text);
  }
  static void describe(Operation& operation, model::Schemas& /*schemas*/, int status) {
    describe_content(operation, status, "text/plain; charset=utf-8");
  }
};
template <>
struct Result<std::string_view> : Result<std::string> {};
template <>
struct Result<const char*> : Result<std::string> {};

template <class T>
struct Result<std::optional<T>> {
  static void write(Context& context, const std::optional<T>& value, int status) {
    if (!value) throw not_found("Not Found");
    Result<T>::write(context, *value, status);
  }
  static void describe(Operation& operation, model::Schemas& schemas, int status) {
    Result<T>::describe(operation, schemas, status);
    operation.responses[404].description = "There is none.";
  }
};

template <class T>
struct Result<Created<T>> {
  static void write(Context& context, const Created<T>& created, int /*status*/) {
    Result<T>::write(context, created.value, 201);
    if (!created.location.empty()) context.reply().set_field("Location", created.location);
  }
  static void describe(Operation& operation, model::Schemas& schemas, int /*status*/) {
    Result<T>::describe(operation, schemas, 201);
    operation.responses[201].fields["Location"] = R"({"type":"string"})";
  }
};

template <class T>
struct Result<Accepted<T>> {
  static void write(Context& context, const Accepted<T>& accepted, int /*status*/) {
    Result<T>::write(context, accepted.value, 202);
  }
  static void describe(Operation& operation, model::Schemas& schemas, int /*status*/) {
    Result<T>::describe(operation, schemas, 202);
  }
};

// Those of response.h that hold no typed value.
void write_plain(Context& context, Response value, int status);
void write_plain(Context& context, NoContent value, int status);
void write_plain(Context& context, const Html& value, int status);
void write_plain(Context& context, Bytes value, int status);
void write_plain(Context& context, Redirect value, int status);
void write_plain(Context& context, const Content& value, int status);
void write_plain(Context& context, File value, int status);
void write_plain(Context& context, Stream value, int status);

// The null pointer stands for the type alone.
void describe_plain(Operation& operation, int status, const Response* type);
void describe_plain(Operation& operation, int status, const NoContent* type);
void describe_plain(Operation& operation, int status, const Html* type);
void describe_plain(Operation& operation, int status, const Bytes* type);
void describe_plain(Operation& operation, int status, const Redirect* type);
void describe_plain(Operation& operation, int status, const Content* type);
void describe_plain(Operation& operation, int status, const File* type);
void describe_plain(Operation& operation, int status, const Stream* type);

template <class T>
  requires requires(Operation& operation) {
    describe_plain(operation, 200, static_cast<const T*>(nullptr));
  }
struct Result<T> {
  static void write(Context& context, T value, int status) {
    write_plain(context, std::move(value), status);
  }
  static void describe(Operation& operation, model::Schemas& /*schemas*/, int status) {
    describe_plain(operation, status, static_cast<const T*>(nullptr));
  }
};

}  // namespace assay
