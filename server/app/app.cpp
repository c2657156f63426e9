#include "server/app/app.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <variant>

#include <fmt/core.h>

#include "server/app/body.h"
#include "server/app/reply_end.h"
#include "server/forms/form_reader.h"
#include "server/wire/percent_decoding.h"

namespace assay {
namespace {

using Outcome = routing::RouteTree::Outcome;

// The writer would answer a bare 500, of which nobody learned.
void check_status(const Reply& reply) {
  if (!reply.answered()) throw std::logic_error("nothing was answered");
  if (reply.status() >= 200 && reply.status() <= 599) return;
  throw std::logic_error(fmt::format("{} is no status of a reply", reply.status()));
}

// RFC 3986, 6.2.2.2: "/%6Ason" is "/json". An escaped slash is part of a name and stays escaped
// until its parameter is taken; so does an escaped percent, which would else look like an escape.
std::string_view normal_path(std::string_view path, std::string& scratch) {
  if (path.find('%') == path.npos) return path;
  scratch.clear();
  std::string decoded;
  while (!path.empty()) {
    const std::size_t plain = std::min(path.find('%'), path.size());
    scratch.append(path.substr(0, plain));
    path.remove_prefix(plain);
    if (path.empty()) break;
    const std::string_view escape = path.substr(0, 3);
    const std::string_view character = wire::percent_decoded(escape, decoded);
    const bool stays = character == "/" || character == "%";
    scratch.append(stays ? escape : character);
    path.remove_prefix(escape.size());
  }
  return scratch;
}

}  // namespace

void App::print_bug(std::string_view bug) { fmt::print(stderr, "bug: {}\n", bug); }

// It is called where nothing may be thrown.
App::OnBug App::unthrowing(OnBug tell) {
  return [tell = std::move(tell)](std::string_view what) noexcept {
    try {
      tell(what);
    } catch (...) {
    }
  };
}

App::App(OnBug on_bug) : Routes(static_cast<RouteBook&>(*this), "", nullptr) {
  services_.on_bug = unthrowing(std::move(on_bug));
  tell_operator_by([](std::string_view error) { fmt::print(stderr, "error: {}\n", error); });
  services_.executor.set_before_wait([this] { before_wait(); });
}

App::~App() { stop(std::chrono::milliseconds(0)); }

void App::start() {
  check_services();
  seal();
  services_.executor.open();
  started_ = true;
  for (const auto& act : on_start_) act();
  before_wait();
}

void App::stop(std::chrono::milliseconds drain_limit) {
  const auto end = std::chrono::steady_clock::now() + drain_limit;
  const auto left = [&end] {
    return std::max(std::chrono::duration_cast<std::chrono::milliseconds>(
                        end - std::chrono::steady_clock::now()),
                    std::chrono::milliseconds(0));
  };
  late_calls_.drain(left());
  services_.background.drain(left());
  services_.executor.stop();
  late_calls_.stop();
  services_.shared.close(services_.on_bug);  // made after the start, and gone before its end
  if (std::exchange(started_, false)) {
    for (const auto& act : on_stop_) guarded("on_stop", act);
  }
  before_wait();
}

void App::before_wait() noexcept {
  for (const auto& act : before_wait_) guarded("before_wait", act);
}

// A dependency that something stands in for needs nothing.
bool App::is_needed(const ServiceNeed& need) const {
  return std::none_of(need.within.begin(), need.within.end(), [this](const void* dependency) {
    return services_.overrides.count(dependency) > 0;
  });
}

bool App::needs_service(const void* key) const {
  const auto takes_it = [&](const ServiceNeed& need) { return need.key == key && is_needed(need); };
  const auto has_one = [&](const Endpoint& endpoint) {
    const auto& needs = endpoint.operation.services;
    return std::any_of(needs.begin(), needs.end(), takes_it);
  };
  return asked_for_.count(key) > 0 || std::any_of(endpoints.begin(), endpoints.end(), has_one);
}

void App::check_services() const {
  for (std::size_t route = 0; route < endpoints.size(); ++route) {
    for (const ServiceNeed& need : endpoints[route].operation.services) {
      if (!is_needed(need) || services_.given.find(need.key) != nullptr) continue;
      const auto takes = need.within.empty() ? "takes" : "has a dependency that takes";
      throw missing_service(fmt::format("{} {} {}", tree.method(route), tree.pattern(route), takes),
                            need.type);
    }
  }
}

// One that throws does not keep the others from it.
void App::guarded(std::string_view where, const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& bug) {
    services_.on_bug(fmt::format("{}: {}", where, bug.what()));
  } catch (...) {
    services_.on_bug(fmt::format("{} threw what is no std::exception", where));
  }
}

void App::describe(ApiTitle title) {
  auto api =
      std::make_shared<ApiDescription>(std::move(title), static_cast<RouteBook&>(*this), services_);
  get("/openapi.json", [api] { return Content{"application/json", api->document()}; }).hidden();
  get("/docs", [](Context& context) { answer_docs_page(context); }).hidden();
}

void App::seal_now() {
  const std::lock_guard lock(seal_mutex_);
  if (is_sealed) return;
  tree.seal();
  is_sealed.store(true, std::memory_order_release);
}

App::Match App::find(const wire::Request& request, std::string& scratch) {
  const std::string_view path =
      request.head.has_plain_target ? request.path : normal_path(request.path, scratch);
  return tree.find(request.head.method_name, path);
}

const Endpoint* App::endpoint_of(const Match& match) const {
  return match.outcome == Outcome::found ? &endpoints[match.route] : nullptr;
}

void App::answer(const wire::Request& request, wire::ReplyWriter& writer) {
  // RFC 9110, 9.3.7: asks whether we are there.
  if (request.path == "*") return writer.send(204, {}, {});
  seal();
  std::string scratch;
  const Match match = find(request, scratch);
  const Endpoint* const endpoint = endpoint_of(match);
  if (endpoint != nullptr && endpoint->is_late()) return late_calls_.answer(request, writer);
  Reply reply(writer.body());
  Context context(request, reply, services_);
  if (request.sink != nullptr) context.set_sink(static_cast<FormSink&>(*request.sink));
  std::size_t entered = 0;
  try {
    if (enter(context, match, entered)) endpoint->run(context, *endpoint);
  } catch (...) {
    fail(context, std::current_exception());
  }
  leave(context, match, entered);
  end_reply(context, writer);
}

bool App::wants_body(const wire::Request& request) {
  seal();
  std::string scratch;
  const Endpoint* const endpoint = endpoint_of(find(request, scratch));
  return endpoint != nullptr &&
         takes_type(endpoint->operation, request.head.find("Content-Type").value_or(""));
}

std::unique_ptr<wire::BodySink> App::sink(const wire::Request& request) {
  seal();
  std::string scratch;
  const Match match = find(request, scratch);
  const Endpoint* const endpoint = endpoint_of(match);
  if (endpoint == nullptr || !endpoint->takes_form) return nullptr;
  auto reader =
      forms::FormReader::of(request.head.find("Content-Type").value_or(""), services_.form_limits);
  if (!std::holds_alternative<forms::FormReader>(reader)) return nullptr;
  return std::make_unique<FormSink>(std::get<forms::FormReader>(std::move(reader)));
}

std::size_t App::layer_count(const Match& match) const {
  const Endpoint* const endpoint = endpoint_of(match);
  return layers_.size() + (endpoint == nullptr ? 0 : endpoint->layers.size());
}

Layer& App::layer(const Match& match, std::size_t index) const {
  if (index < layers_.size()) return *layers_[index];
  return *endpoint_of(match)->layers[index - layers_.size()];
}

// false: it is answered, or there is nothing to call.
bool App::enter(Context& context, const Match& match, std::size_t& entered) {
  if (match.outcome == Outcome::found) {
    context.set_route(tree.pattern(match.route), tree.parameters(match.route), match.values());
  }
  if (!run_hooks(hooks().on_request, context)) return false;
  for (const std::size_t count = layer_count(match); entered < count;) {
    layer(match, entered++).before(context);
    if (context.reply().answered()) return false;
  }
  if (match.outcome != Outcome::found) {
    answer_unrouted(context, tree, match, trailing_slash_);
    return false;
  }
  return run_hooks(hooks().pre_validation, context);
}

void App::leave(Context& context, const Match& match, std::size_t entered) {
  const auto guarded = [&](auto&& act) {
    try {
      act();
    } catch (...) {
      fail(context, std::current_exception());
    }
  };
  guarded([&] { check_status(context.reply()); });
  while (entered > 0) {
    --entered;
    guarded([&] { layer(match, entered).after(context); });
  }
  for (const Hooks::Hook& hook : hooks().on_response) guarded([&] { hook(context); });
}

// Whatever is thrown, the peer learns only what was meant for it.
void App::fail(Context& context, const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const HttpError& error) {
    answer_error(context, error);
  } catch (const std::exception& bug) {
    if (!is_expected(context, failure)) fail_with_bug(context, &bug);
  } catch (...) {
    if (!is_expected(context, failure)) fail_with_bug(context, nullptr);
  }
}

void exceptions::write(Context& context, const HttpError& error) {
  context.reply().clear();
  write_error(context.reply(), context.services().dialect, error.status(), error.detail());
  for (const Field& field : error.fields()) context.reply().set_field(field.name, field.value);
}

// One that cannot be sent as it is was a bug of whoever threw it.
void App::answer_error(Context& context, const HttpError& error) {
  try {
    exceptions::write(context, error);
    check_status(context.reply());
  } catch (const std::exception& bug) {
    fail_with_bug(context, &bug);
  }
}

// Answered by an on_exception. One that throws is a bug itself.
bool App::is_expected(Context& context, const std::exception_ptr& failure) {
  try {
    for (const auto& hook : hooks().on_exception) {
      if (hook(context, failure)) return true;
    }
  } catch (...) {
    context.report("an on_exception threw");
  }
  return false;
}

void App::fail_with_bug(Context& context, const std::exception* bug) {
  context.report(bug == nullptr ? "threw what is no std::exception" : bug->what());
  context.reply().clear();
  try {
    for (const auto& hook : hooks().on_error) hook(context, bug);
  } catch (...) {
    context.report("an on_error threw");
    context.reply().clear();
  }
  if (context.reply().answered()) return;
  write_error(context.reply(), services_.dialect, 500, "Internal Server Error", context.id());
}

bool is_ready_for_handler(Context& context) {
  if (!context.problems().empty()) {
    write_invalid(context.reply(), context.services().dialect, context.problems());
    return false;
  }
  if (context.reply().answered()) return false;  // a dependency has
  return run_hooks(context.services().hooks.pre_handler, context);
}

}  // namespace assay
