// What a handler needs and does not take from the request itself: `Depends<current_user> user`.
//
// `Make` is a function whose arguments are taken as a handler's are, other dependencies too. In one
// request it is called once, however many ask; what it made is undone after the reply, in reverse
// order, also where something failed. What it throws answers the request.
//
//   User current_user(Header<"authorization", std::string> token);
//   Provided<Transaction> transaction(Shared<database> db) {
//     return {db->begin(), [](Transaction& t) { t.end(); }};    // the request is gone by then
//   }
//   Async<Account> account(Depends<current_user> user);     // then the handler is asynchronous
//   void require_admin(Depends<current_user> user);         // one that only checks, and may throw
//
// `Shared<Make>` is made once in the life of the application, and may need Shared and Service
// alone.
#pragma once
#include <any>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "server/app/argument.h"

namespace assay {

namespace dependency {

template <class T>
struct Made {
  using Value = T;
};
template <>
struct Made<void> {  // one that only checks
  using Value = std::monostate;
};
template <class T>
struct Made<Provided<T>> {
  using Value = T;
};
template <class T>
struct Made<Async<T>> : Made<T> {};

template <auto Make>
struct Key {
  static inline char address = 0;
};

// What is needed for its arguments is not where something stands in for it.
template <class Arguments>
void describe(Operation& operation, model::Schemas& schemas, const void* key) {
  operation.within.push_back(key);
  Arguments::describe(operation, schemas);
  operation.within.pop_back();
}

}  // namespace dependency

template <auto Make>
class Depends {
 public:
  using Function = decltype(Make);
  using Result = ResultOf<Function>;
  using Value = typename dependency::Made<Result>::Value;
  using Arguments = Slots<ArgumentsOf<Function>>;
  static constexpr bool is_dependency = true;
  static constexpr bool is_late = is_async<Result> || Arguments::is_late;
  static constexpr bool takes_form = Arguments::takes_form;
  static_assert(!std::is_reference_v<Result>, "a dependency returns a value, or a pointer");
  // What a test puts in its place.
  using Override = std::function<Value(Context&)>;

  Value& operator*() const { return *value_; }
  Value* operator->() const { return value_; }

  static Depends taken(Context& context) {
    static_assert(!is_late);
    if (Depends known = found(context); known.is_settled(context)) return known;
    Arguments arguments;
    const std::size_t faults = context.faults();
    arguments.take(context);
    if (context.faults() > faults) return failed(context);
    return made_now(context, arguments);
  }

  static Async<Depends> taken_late(Context& context) {
    if (Depends known = found(context); known.is_settled(context)) co_return known;
    Arguments arguments;
    const std::size_t faults = context.faults();
    co_await arguments.take_late(context);
    if (context.faults() > faults) co_return failed(context);
    if constexpr (!is_async<Result>) {
      co_return made_now(context, arguments);
    } else if constexpr (std::is_same_v<Result, Async<void>>) {
      co_await arguments.give_to(Make);
      co_return kept(context, Value());
    } else {
      co_return kept(context, co_await arguments.give_to(Make));
    }
  }

  static void describe(Operation& operation, model::Schemas& schemas) {
    dependency::describe<Arguments>(operation, schemas, key());
  }
  static const void* key() { return &dependency::Key<Make>::address; }

 private:
  static Depends made_now(Context& context, Arguments& arguments) {
    if constexpr (std::is_void_v<Result>) {
      arguments.give_to(Make);
      return kept(context, Value());
    } else {
      return kept(context, arguments.give_to(Make));
    }
  }
  // Made already, or known to be impossible: which is a fault of whoever asks again, too.
  bool is_settled(Context& context) const {
    if (value_ != nullptr) return true;
    const bool has_failed = context.has_failed(key());
    if (has_failed) context.add_fault();
    return has_failed;
  }
  // Its problems are told once, however many ask.
  static Depends failed(Context& context) {
    context.add_failed(key());
    return {};
  }
  // Made already for this request, or stood in for.
  static Depends found(Context& context) {
    Depends known;
    known.value_ = static_cast<Value*>(context.scope().find(key()));
    const auto& overrides = context.services().overrides;
    if (known.value_ != nullptr || overrides.empty()) return known;
    const auto instead = overrides.find(key());
    if (instead == overrides.end()) return known;
    return kept(context, std::any_cast<const Override&>(instead->second)(context));
  }
  template <class T>
  static Depends kept(Context& context, T value) {
    Depends made;
    made.value_ = &keep_in(context.scope(), key(), std::move(value));
    return made;
  }

  Value* value_ = nullptr;
};

// Whether A is the same for every request: Shared and Service.
template <class A>
inline constexpr bool outlives_requests = false;
template <class A>
  requires requires { A::is_service; }
inline constexpr bool outlives_requests<A> = true;

template <auto Make>
class Shared {
 public:
  using Result = ResultOf<decltype(Make)>;
  using Value = typename dependency::Made<Result>::Value;
  using Given = ArgumentsOf<decltype(Make)>;
  static constexpr bool is_dependency = true;

  Value& operator*() const { return *value_; }
  Value* operator->() const { return value_; }

  static Shared taken(Context& context) {
    static_assert(
        takes_no_request(static_cast<const Given*>(nullptr)),
        "what is made once for the application takes Shared<...>, Service<...> and nothing of a "
        "request");
    Shared shared;
    const auto& overrides = context.services().overrides;
    const void* const key = Depends<Make>::key();
    if (const auto instead = overrides.find(key); instead != overrides.end()) {
      using Override = std::function<Value(Context&)>;
      shared.value_ = &context.services().shared.get<Value>(
          key, [&] { return std::any_cast<const Override&>(instead->second)(context); });
    } else {
      shared.value_ = &context.services().shared.get<Value>(key, [&] {
        Slots<Given> arguments;
        arguments.take(context);
        return arguments.give_to(Make);
      });
    }
    return shared;
  }
  static void describe(Operation& operation, model::Schemas& schemas) {
    dependency::describe<Slots<Given>>(operation, schemas, Depends<Make>::key());
  }

 private:
  template <class... As>
  static constexpr bool takes_no_request(const std::tuple<As...>* /*types*/) {
    return (outlives_requests<std::remove_cvref_t<As>> && ...);
  }

  Value* value_ = nullptr;
};

template <auto Make>
inline constexpr bool outlives_requests<Shared<Make>> = true;

}  // namespace assay
