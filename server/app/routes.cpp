#include "server/app/routes.h"

#include <algorithm>

#include <fmt/format.h>

namespace assay {
namespace {

// A Path argument of a name that the pattern has not would never find a value.
void check_path_arguments(const Operation& operation, std::string_view pattern,
                          std::span<const routing::Parameter> parameters) {
  for (const ParameterDescription& wanted : operation.parameters) {
    if (wanted.in != "path") continue;
    const auto is_it = [&wanted](const auto& known) { return known.name == wanted.name; };
    if (std::any_of(parameters.begin(), parameters.end(), is_it)) continue;
    throw std::logic_error(fmt::format(
        "the handler of {} takes Path<\"{}\">, which the pattern does not have: write {{{}}} in it",
        pattern, wanted.name, wanted.name));
  }
}

}  // namespace

Route& Route::summary(std::string text) {
  endpoint_.operation.summary = std::move(text);
  return *this;
}

Route& Route::description(std::string text) {
  endpoint_.operation.description = std::move(text);
  return *this;
}

Route& Route::id(std::string text) {
  endpoint_.operation.id = std::move(text);
  return *this;
}

Route& Route::tag(std::string name) {
  endpoint_.operation.tags.push_back(std::move(name));
  return *this;
}

// What is described so far below 400 is what it gives when nothing goes wrong.
ResponseDescription& Route::success() {
  auto& responses = endpoint_.operation.responses;
  const bool is_there = !responses.empty() && responses.begin()->first < 400;
  return is_there ? responses.begin()->second : responses[200];
}

Route& Route::status(int status) {
  if (status < 200 || status > 599) {
    throw std::logic_error(fmt::format("{} is no status of a reply", status));
  }
  ResponseDescription moved = std::move(success());
  auto& responses = endpoint_.operation.responses;
  responses.erase(responses.begin());
  responses[status] = std::move(moved);
  endpoint_.status = status;
  return *this;
}

Route& Route::gives(std::string type) {
  success().type = std::move(type);
  return *this;
}

Route& Route::answers(int status, std::string description, std::string type) {
  ResponseDescription& response = endpoint_.operation.responses[status];
  response.description = std::move(description);
  if (type.empty()) return *this;
  response.type = std::move(type);
  response.schema = "{}";
  return *this;
}

Route& Route::deprecated() {
  endpoint_.operation.deprecated = true;
  return *this;
}

Route& Route::hidden() {
  endpoint_.operation.hidden = true;
  return *this;
}

Routes Routes::group(std::string_view prefix, std::string tag) const {
  if (!prefix.starts_with('/') || prefix.ends_with('/')) {
    throw std::logic_error(fmt::format(
        "a group's prefix begins with a slash and ends without one, unlike \"{}\"", prefix));
  }
  Routes inner(book_, prefix_ + std::string(prefix), layers_);
  inner.tag_ = tag.empty() ? tag_ : std::move(tag);
  return inner;
}

Route Routes::add_endpoint(std::string_view method, std::string_view pattern, Endpoint endpoint) {
  const std::string whole = prefix_ + std::string(pattern);
  if (book_.is_sealed) {
    throw std::logic_error(
        fmt::format("{} {} is added after the start: add it before", method, whole));
  }
  endpoint.layers = layers_->all();
  if (!tag_.empty()) endpoint.operation.tags.push_back(tag_);
  const std::size_t route = book_.tree.add(method, whole);
  check_path_arguments(endpoint.operation, whole, book_.tree.parameters(route));
  book_.endpoints.push_back(std::move(endpoint));
  return Route(book_.endpoints.back());
}

}  // namespace assay
