// The body of a request as one typed value: `Body<NewItem> item`, sent as JSON.
//
// 415 where its Content-Type is not application/json (or application/*+json) in UTF-8; a missing
// body, malformed JSON and wrong members are problems, all told at once.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/app/argument.h"
#include "server/model/json_read.h"
#include "server/model/schema.h"

namespace assay {

// Throws HttpError 415 for a body that is not said to be JSON. false: there is none.
bool has_json_body(const Request& request);
// Whether a body of this Content-Type, if it says one, may be what the operation takes.
bool takes_type(const Operation& operation, std::string_view type);
// Puts "body" before the locations of those from `first` on.
void place_in_body(std::vector<model::Problem>& problems, std::size_t first);
model::Problem missing_body();

template <class T>
class Body {
 public:
  T& operator*() { return value; }
  const T& operator*() const { return value; }
  T* operator->() { return &value; }
  const T* operator->() const { return &value; }

  static Body taken(Context& context) {
    Body body;
    if (!has_json_body(context.request())) {
      if constexpr (!model::is_optional<T>) context.add_problem(missing_body());
      return body;
    }
    const std::size_t before = context.problems().size();
    if (!model::read_json(body.value, context.request().body, context.problems())) {
      context.add_fault();
    }
    if (context.problems().size() > before) place_in_body(context.problems(), before);
    return body;
  }
  static void describe(Operation& operation, model::Schemas& schemas) {
    std::string schema;
    model::append_schema<T>(schema, schemas);
    operation.add_body("application/json", std::move(schema));
    operation.body_required = !model::is_optional<T>;
    operation.can_be_invalid = true;
  }

  T value{};
};

}  // namespace assay
