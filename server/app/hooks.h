// Functions that an application runs at fixed points of every request, in the order of adding.
//
//   on_request      first of all                    pre_validation  a route was found
//   pre_handler     all arguments are good          on_response     last, whatever the reply is
//   on_error        something was thrown that is no HttpError and has no on_exception
// Each may answer by `context.reply()`, or throw HttpError; what comes after it then does not run,
// but for `on_response`. Called by many threads at once.
#pragma once
#include <exception>
#include <functional>
#include <vector>

namespace assay {

class Context;

struct Hooks {
  using Hook = std::function<void(Context&)>;
  // The exception, or null for what is no std::exception.
  using ErrorHook = std::function<void(Context&, const std::exception*)>;
  // true: it was of the kind that it is for, and is answered.
  using ExceptionHook = std::function<bool(Context&, const std::exception_ptr&)>;

  std::vector<Hook> on_request;
  std::vector<Hook> pre_validation;
  std::vector<Hook> pre_handler;
  std::vector<Hook> on_response;
  std::vector<ErrorHook> on_error;
  std::vector<ExceptionHook> on_exception;
};

bool run_each_hook(const std::vector<Hooks::Hook>& hooks, Context& context);
// Runs them until one has answered. false: one has.
inline bool run_hooks(const std::vector<Hooks::Hook>& hooks, Context& context) {
  return hooks.empty() || run_each_hook(hooks, context);
}

}  // namespace assay
