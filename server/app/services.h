// What the requests of one application share: its error dialect, what it was given, values made
// once, overrides, and the threads behind asynchronous handlers and background tasks. Belongs to an
// App.
#pragma once
#include <any>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "server/app/background_tasks.h"
#include "server/app/error_dialect.h"
#include "server/app/executor.h"
#include "server/app/given_services.h"
#include "server/app/hooks.h"
#include "server/app/shared_values.h"
#include "server/forms/form_limits.h"

namespace assay {

class Context;

struct Services {
  // Told of what is our own fault, on the thread where it happens.
  std::function<void(std::string_view)> on_bug = [](std::string_view) {};
  // Told of what whoever runs the server has to mend: a disk that is full.
  std::function<void(std::string_view)> tell_operator = [](std::string_view) {};
  ErrorDialect dialect = ErrorDialect::fastapi;
  bool checks_results = false;
  Hooks hooks;
  forms::FormLimits form_limits;

  // Key of a dependency -> what stands in for it: std::function<T(Context&)>.
  std::map<const void*, std::any> overrides;

  GivenServices given;
  SharedValues shared;

  BackgroundTasks background{executor};
  Executor executor;  // goes first: what it still has to do may be a background task
};

}  // namespace assay
