#include "server/app/operation.h"

#include <utility>

#include <fmt/format.h>

namespace assay {

std::logic_error missing_service(std::string_view who, std::string_view type) {
  return std::logic_error(
      fmt::format("{0} Service<{1}>, which the application was not given: call "
                  "app.provide(std::make_shared<{1}>(...)) before it starts",
                  who, type));
}

void Operation::add_body(const std::string& type, std::string schema) {
  const auto known = bodies.find(type);
  const bool is_form = type != "application/json";
  const bool has_other_kind = !bodies.empty() && (bodies.count("application/json") == 0) != is_form;
  if (has_other_kind || (known != bodies.end() && known->second != schema)) {
    throw std::logic_error(
        "a handler and its dependencies take two different bodies; a request has one");
  }
  bodies[type] = std::move(schema);
}

}  // namespace assay
