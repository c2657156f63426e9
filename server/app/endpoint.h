// One route: what answers, what wraps it, and what the API's description says of it.
//
// Filled before serving starts, then only read. `make_endpoint` turns a handler of any signature
// into one; it is the only place that a handler's type passes through.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/app/argument.h"
#include "server/app/async.h"
#include "server/app/error_dialect.h"
#include "server/app/layer.h"
#include "server/app/operation.h"
#include "server/app/result.h"

namespace assay {

struct Endpoint {
  std::function<void(Context&, const Endpoint&)> run;           // one of these
  std::function<Async<void>(Context&, const Endpoint&)> begin;  // for an asynchronous handler
  std::vector<std::shared_ptr<Layer>> layers;                   // outermost first
  Operation operation;
  int status = 0;  // of a value that says none itself; 0: what is usual
  bool takes_form = false;

  bool is_late() const { return begin != nullptr; }
};

// Whether the handler may be called now: nothing was wrong, and no hook has answered.
bool is_ready_for_handler(Context& context);

namespace endpoint {

inline int usual(int status) { return status == 0 ? 200 : status; }

// A handler that returns nothing may have answered through its context.
inline void answer_nothing(Context& context, int status) {
  if (!context.reply().answered()) context.reply().start(status == 0 ? 204 : status, {});
}

template <class Handler, class Arguments>
void call(Handler& handler, Arguments& arguments, Context& context, int status) {
  using R = ResultOf<Handler>;
  if constexpr (std::is_void_v<R>) {
    arguments.give_to(handler);
    answer_nothing(context, status);
  } else {
    Result<std::remove_cvref_t<R>>::write(context, arguments.give_to(handler), usual(status));
  }
}

template <class Handler, class Arguments>
void run(Handler& handler, Context& context, int status) {
  Arguments arguments;
  arguments.take(context);
  if (is_ready_for_handler(context)) call(handler, arguments, context, status);
}

// The handler outlives the coroutine; what it takes by value lies in the coroutine's own frame.
template <class Handler, class Arguments>
Async<void> begin(Handler& handler, Context& context, int status) {
  Arguments arguments;
  co_await arguments.take_late(context);
  if (!is_ready_for_handler(context)) co_return;
  using R = ResultOf<Handler>;
  if constexpr (!is_async<R>) {
    call(handler, arguments, context, status);
  } else if constexpr (std::is_void_v<typename R::Value>) {
    co_await arguments.give_to(handler);
    answer_nothing(context, status);
  } else {
    Result<typename R::Value>::write(context, co_await arguments.give_to(handler), usual(status));
  }
}

template <class R>
struct Plain {
  using Type = R;
};
template <class R>
struct Plain<Async<R>> {
  using Type = R;
};

}  // namespace endpoint

template <class Handler>
Endpoint make_endpoint(Handler handler, model::Schemas& schemas) {
  using Given = ArgumentsOf<Handler>;
  using Arguments = Slots<Given>;
  using R = ResultOf<Handler>;
  Endpoint made;
  made.takes_form = Arguments::takes_form;
  Arguments::describe(made.operation, schemas);
  Result<std::remove_cvref_t<typename endpoint::Plain<R>::Type>>::describe(made.operation, schemas,
                                                                           200);
  if constexpr (is_async<R> || Arguments::is_late) {
    made.begin = [handler = std::move(handler)](Context& context, const Endpoint& self) mutable {
      return endpoint::begin<Handler, Arguments>(handler, context, self.status);
    };
  } else {
    made.run = [handler = std::move(handler)](Context& context, const Endpoint& self) mutable {
      endpoint::run<Handler, Arguments>(handler, context, self.status);
    };
  }
  return made;
}

}  // namespace assay
