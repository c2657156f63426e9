// One request on its way through the application: what was asked, what is answered, and whatever
// hooks, dependencies and the handler tell each other about it.
//
// Belongs to one request and one thread at a time. Views of the request end with it.
#pragma once
#include <algorithm>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/app/aftermath.h"
#include "server/app/reply.h"
#include "server/app/services.h"
#include "server/forms/form.h"
#include "server/model/problem.h"
#include "server/routing/route_tree.h"
#include "server/wire/request.h"
#include "server/wire/set_cookie.h"

namespace assay {

using Request = wire::Request;

class FormSink;

class Context {
 public:
  Context(const Request& request, Reply& reply, Services& services)
      : request_(request),
        reply_(reply),
        services_(services),
        aftermath_(services.background, services.on_bug) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const Request& request() const { return request_; }
  Reply& reply() { return reply_; }
  Services& services() { return services_; }

  // What the log knows this request by: sixteen hex digits, made when first asked for.
  const std::string& id();
  // The pattern that matched, "/items/{id}", or empty.
  std::string_view route() const { return route_; }
  // A parameter of the path, decoded; nothing where the pattern has none of this name.
  std::optional<std::string> path_value(std::string_view name) const;

  bool add_cookie(const wire::SetCookie& cookie);  // false: no browser would keep it
  // Runs when the reply has been handed over. Throws HttpError 503 where there is no room for it.
  void after_reply(BackgroundTasks::Task task);

  // A value of this request, found again by its type: a user, a start time.
  template <class T>
  T& keep(T value) {
    return scope().keep(&key_of_state<T>, std::move(value));
  }
  template <class T>
  T* kept() const {
    return static_cast<T*>(aftermath_.scope().find(&key_of_state<T>));
  }

  // For arguments (argument.h). Each problem's location begins with where the value stood.
  // As many as `most_problems`, and one that says that there are more.
  void add_problem(model::Problem problem);
  void add_failed(const void* dependency) { failed_.push_back(dependency); }
  bool has_failed(const void* dependency) const {
    return std::find(failed_.begin(), failed_.end(), dependency) != failed_.end();
  }
  std::vector<model::Problem>& problems() { return problems_; }
  // Grows with each argument that could not be taken, also where its problem is not told again.
  std::size_t faults() const { return faults_; }
  void add_fault() { ++faults_; }
  Scope& scope() { return aftermath_.scope(); }
  forms::FormData* form() { return form_.get(); }
  FormSink* sink() { return sink_; }
  // Thrown to whoever asks for the form; whoever is asked before learns nothing of it.
  void set_form_failure(std::exception_ptr failure) { form_failure_ = std::move(failure); }
  const std::exception_ptr& form_failure() const { return form_failure_; }

  // For the application, which makes and ends it.
  void set_route(std::string_view pattern, std::span<const routing::Parameter> parameters,
                 std::span<const std::string_view> values) {
    route_ = pattern;
    parameters_ = parameters;
    values_ = values;
  }
  void set_sink(FormSink& sink) { sink_ = &sink; }
  void set_form(forms::FormData form) {
    form_ = std::make_unique<forms::FormData>(std::move(form));
  }
  void report(std::string_view bug);
  void tell_operator(std::string_view error);  // what they have to mend: no bug of ours
  Aftermath& aftermath() { return aftermath_; }

 private:
  template <class T>
  static inline char key_of_state = 0;

  std::string told(std::string_view what);  // with the request of which it is said

  const Request& request_;
  Reply& reply_;
  Services& services_;
  std::string_view route_;
  std::span<const routing::Parameter> parameters_;
  std::span<const std::string_view> values_;
  std::string id_;
  std::vector<model::Problem> problems_;
  std::size_t faults_ = 0;
  std::vector<const void*> failed_;  // dependencies whose arguments were wrong
  FormSink* sink_ = nullptr;         // took the body; the connection's
  std::unique_ptr<forms::FormData> form_;
  std::exception_ptr form_failure_;
  Aftermath aftermath_;
};

}  // namespace assay
