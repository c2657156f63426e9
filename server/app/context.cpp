#include "server/app/context.h"

#include <random>

#include <fmt/format.h>

#include "server/wire/percent_decoding.h"

namespace assay {
namespace {

// Good enough to tell requests apart in a log; no secret is made of it.
std::string random_id() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return fmt::format("{:016x}", random());
}

}  // namespace

const std::string& Context::id() {
  if (id_.empty()) id_ = random_id();
  return id_;
}

std::optional<std::string> Context::path_value(std::string_view name) const {
  for (std::size_t i = 0; i < parameters_.size() && i < values_.size(); ++i) {
    if (parameters_[i].name != name) continue;
    std::string scratch;
    return std::string(wire::percent_decoded(values_[i], scratch));
  }
  return std::nullopt;
}

bool Context::add_cookie(const wire::SetCookie& cookie) {
  std::optional<std::string> value = wire::set_cookie_value(cookie);
  if (value) reply_.add_field("Set-Cookie", std::move(*value));
  return value.has_value();
}

void Context::after_reply(BackgroundTasks::Task task) {
  if (aftermath_.add(std::move(task))) return;
  throw HttpError(503, "too much to do in the background", {{"Retry-After", "1"}});
}

void Context::add_problem(model::Problem problem) {
  constexpr std::size_t most_problems = 100;
  add_fault();
  if (problems_.size() < most_problems) return problems_.push_back(std::move(problem));
  if (problems_.size() == most_problems) problems_.push_back(model::problem_of(model::and_more));
}

std::string Context::told(std::string_view what) {
  return fmt::format("{} {} (id {}): {}", request_.head.method_name, request_.path, id(), what);
}

void Context::report(std::string_view bug) { services_.on_bug(told(bug)); }

void Context::tell_operator(std::string_view error) { services_.tell_operator(told(error)); }

}  // namespace assay
