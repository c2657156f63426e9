// An application: typed handlers behind routes, and what runs before, around and after them.
//
//   App app;
//   app.get("/hello", [] { return std::string("hi"); });
//   app.post("/items/{shop:int}", [](Path<"shop", int> shop, Query<"dry_run", bool> dry_run,
//                                    Body<NewItem> item, Depends<current_user> user)
//                                     -> Created<Item> { ... });
//   app.describe({"Items", "1.0"});          // /openapi.json and /docs
//
// Routes, hooks and layers are added before serving starts, by one thread; after that any thread
// may call `answer`. What a handler throws and nobody expected is a bug: it answers 500 with an id
// and tells the peer nothing of the cause; `on_bug` is told both, on the thread that answers.
#pragma once
#include <any>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/app/body.h"
#include "server/app/depends.h"
#include "server/app/form.h"
#include "server/app/late_calls.h"
#include "server/app/openapi.h"
#include "server/app/parameters.h"
#include "server/app/routes.h"
#include "server/app/service.h"
#include "server/app/unrouted.h"
#include "server/wire/connection.h"

namespace assay {

class App final : private RouteBook, public Routes, public wire::Handler {
 public:
  using OnBug = std::function<void(std::string_view)>;
  static void print_bug(std::string_view bug);
  // Without `on_bug` to standard error, as "bug: ...": else nobody would ever know.
  explicit App(OnBug on_bug = print_bug);
  ~App() override;

  // What whoever runs the server has to mend goes to `tell`; else to standard error, as
  // "error: ...". Before the start.
  void tell_operator_by(OnBug tell) { services_.tell_operator = unthrowing(std::move(tell)); }

  // Adds /openapi.json, made of the routes that there are at the start, and its page at /docs.
  void describe(ApiTitle title);
  void set_errors(ErrorDialect dialect) { services_.dialect = dialect; }
  void set_trailing_slash(TrailingSlash rule) { trailing_slash_ = rule; }
  // Whether what a handler returns is held against its model's rules before it is sent.
  void check_results(bool yes) { services_.checks_results = yes; }
  void set_form_limits(const forms::FormLimits& limits) { services_.form_limits = limits; }
  void set_background_limit(std::size_t tasks) { services_.background.set_limit(tasks); }
  // Of asynchronous handlers at once, and of their requests' bytes; 503 beyond.
  void set_late_limits(std::size_t calls, std::size_t bytes) {
    late_calls_.set_limits(calls, bytes);
  }

  void on_request(Hooks::Hook hook) { hooks().on_request.push_back(std::move(hook)); }
  void pre_validation(Hooks::Hook hook) { hooks().pre_validation.push_back(std::move(hook)); }
  void pre_handler(Hooks::Hook hook) { hooks().pre_handler.push_back(std::move(hook)); }
  void on_response(Hooks::Hook hook) { hooks().on_response.push_back(std::move(hook)); }
  void on_error(Hooks::ErrorHook hook) { hooks().on_error.push_back(std::move(hook)); }
  // `answer` takes a `const E&`, and a `Context&` before it where it wants one. It returns what a
  // handler may return, or an HttpError, or an optional one: nothing where this E is a bug.
  template <class E, class Answer>
  void on_exception(Answer answer);
  // Around every request, also one that no route answers; outside the layers of groups.
  template <class L>
  void use(L layer) {
    layers_.push_back(std::make_shared<L>(std::move(layer)));
  }
  void use(std::shared_ptr<Layer> layer) { layers_.push_back(std::move(layer)); }

  // For every argument Service<T>. Before the start; another in its place may be given, as by a
  // test. It lives as long as the application.
  template <class T>
  void provide(std::shared_ptr<T> service) {
    services_.given.give(Service<T>::key(), std::move(service));
  }
  // The one that was given; for whoever adds routes. Throws std::logic_error where none was.
  template <class T>
  T& service() {
    asked_for_.insert(Service<T>::key());
    void* const given = services_.given.find(Service<T>::key());
    if (given == nullptr) throw missing_service("whoever adds routes asks for", Service<T>::name());
    return *static_cast<T*>(given);
  }
  // Whether a route takes it, or somebody has asked for it.
  template <class T>
  bool needs_service() const {
    return needs_service(Service<T>::key());
  }
  // Throws std::logic_error for the first route that takes what the application was not given.
  // Part of the start; earlier, where that is in several processes.
  void check_services() const;

  // For tests: `make(Context&)`, or `make()`, stands in for what Make would give.
  template <auto Make, class Instead>
  void replace(Instead make);

  // What each process does before its first request and after its last. What `on_start` throws ends
  // the start. `stop` lets background tasks end for so long.
  void on_start(std::function<void()> act) { on_start_.push_back(std::move(act)); }
  void on_stop(std::function<void()> act) { on_stop_.push_back(std::move(act)); }
  // What a thread does that answered something and may wait next: lets go of what it holds for
  // several requests. Added before the start; called very often, by many threads, some of which
  // have answered nothing.
  void before_wait(std::function<void()> act) { before_wait_.push_back(std::move(act)); }
  void before_wait() noexcept override;
  void start() override;
  void stop(std::chrono::milliseconds drain_limit = std::chrono::seconds(30)) override;

  void answer(const wire::Request& request, wire::ReplyWriter& reply) override;
  bool wants_body(const wire::Request& request) override;  // where a route can take it
  std::unique_ptr<wire::BodySink> sink(const wire::Request& request) override;

 private:
  friend class LateCalls;
  using Match = routing::RouteTree::Match;

  static OnBug unthrowing(OnBug tell);
  Hooks& hooks() { return services_.hooks; }
  bool needs_service(const void* key) const;
  bool is_needed(const ServiceNeed& need) const;
  void seal() {
    if (!is_sealed.load(std::memory_order_acquire)) seal_now();
  }
  void seal_now();
  Match find(const wire::Request& request, std::string& scratch);
  const Endpoint* endpoint_of(const Match& match) const;

  // The steps of one request. `entered` counts the layers whose `before` was called.
  bool enter(Context& context, const Match& match, std::size_t& entered);
  void leave(Context& context, const Match& match, std::size_t entered);
  void fail(Context& context, const std::exception_ptr& failure);
  void answer_error(Context& context, const HttpError& error);
  void guarded(std::string_view where, const std::function<void()>& act);
  bool is_expected(Context& context, const std::exception_ptr& failure);
  void fail_with_bug(Context& context, const std::exception* bug);
  Layer& layer(const Match& match, std::size_t index) const;
  std::size_t layer_count(const Match& match) const;

  Services services_;
  std::vector<std::shared_ptr<Layer>> layers_;
  std::vector<std::function<void()>> on_start_;
  std::vector<std::function<void()>> on_stop_;
  std::vector<std::function<void()>> before_wait_;
  std::set<const void*> asked_for_;  // services, by whoever adds routes
  TrailingSlash trailing_slash_ = TrailingSlash::strict;
  std::mutex seal_mutex_;
  bool started_ = false;
  LateCalls late_calls_{*this};
};

namespace exceptions {

void write(Context& context, const HttpError& error);

template <class Answer, class E>
decltype(auto) call(Context& context, const Answer& answer, const E& error) {
  if constexpr (std::is_invocable_v<const Answer&, Context&, const E&>) {
    return answer(context, error);
  } else {
    return answer(error);
  }
}

// false: it is a bug after all.
template <class Answer, class E>
bool answer(Context& context, const Answer& given, const E& error) {
  using R = decltype(call(context, given, error));
  context.reply().clear();
  if constexpr (std::is_same_v<R, HttpError>) {
    write(context, call(context, given, error));
  } else if constexpr (std::is_same_v<R, std::optional<HttpError>>) {
    const std::optional<HttpError> meant = call(context, given, error);
    if (!meant) return false;
    write(context, *meant);
  } else {
    Result<R>::write(context, call(context, given, error), 500);
  }
  return true;
}

}  // namespace exceptions

template <class E, class Answer>
void App::on_exception(Answer answer) {
  hooks().on_exception.push_back(
      [answer = std::move(answer)](Context& context, const std::exception_ptr& failure) {
        try {
          std::rethrow_exception(failure);
        } catch (const E& error) {
          return exceptions::answer(context, answer, error);
        } catch (...) {
          return false;
        }
      });
}

template <auto Make, class Instead>
void App::replace(Instead make) {
  using Value = typename Depends<Make>::Value;
  std::function<Value(Context&)> given;
  if constexpr (std::is_invocable_v<Instead&, Context&>) {
    given = std::move(make);
  } else {
    given = [make = std::move(make)](Context&) mutable { return make(); };
  }
  services_.overrides[Depends<Make>::key()] = std::move(given);
}

}  // namespace assay
