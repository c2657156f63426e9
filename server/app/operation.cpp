#include "server/app/operation.h"

#include <stdexcept>
#include <utility>

namespace assay {

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
