// What a handler, a dependency or a hook may take, and how it is taken from a request.
//
// An argument is a type with
//   static A taken(Context&);                               what is wrong becomes a problem of the
//                                                           context, so that all are told at once
//   static void describe(Operation&, model::Schemas&);      for the API's description
// or `Context&`, or `const Request&`. Dependencies are taken first, then the rest, both from left
// to right: who may not ask at all learns nothing of what else is wrong.
#pragma once
#include <tuple>
#include <type_traits>
#include <utility>

#include "server/app/async.h"
#include "server/app/context.h"
#include "server/app/operation.h"
#include "server/app/signature.h"
#include "server/model/schema.h"

namespace assay {

template <class A>
concept Argument = requires(Context& context, Operation& operation, model::Schemas& schemas) {
  { A::taken(context) } -> std::same_as<A>;
  A::describe(operation, schemas);
};

template <class A>
concept Dependency = Argument<A> && requires { A::is_dependency; };

// One whose value takes time to come: taken with co_await.
template <class A>
concept LateDependency = Dependency<A> && requires { requires A::is_late; };

// One that wants the request's form while it arrives, or has a dependency that does.
template <class A>
concept TakesForm = requires { requires A::takes_form; };

// Where one argument lies between being taken and being given.
template <class Given>
class Slot {
 public:
  using A = std::remove_cvref_t<Given>;
  static_assert(Argument<A>,
                "a handler takes Path, Query, Header, Cookie, Body, Form, Depends, Shared, "
                "Service, `const Request&` or `Context&`, and nothing else");
  static constexpr bool is_dependency = Dependency<A>;
  static constexpr bool is_late = LateDependency<A>;

  void take(Context& context) { value_ = A::taken(context); }
  Async<void> take_late(Context& context) { value_ = co_await A::taken_late(context); }
  A&& give() { return std::move(value_); }
  static void describe(Operation& operation, model::Schemas& schemas) {
    A::describe(operation, schemas);
  }

 private:
  A value_{};
};

template <>
class Slot<Context&> {
 public:
  static constexpr bool is_dependency = false;
  static constexpr bool is_late = false;
  void take(Context& context) { value_ = &context; }
  Context& give() { return *value_; }
  static void describe(Operation& /*operation*/, model::Schemas& /*schemas*/) {}

 private:
  Context* value_ = nullptr;
};

template <>
class Slot<const Request&> {
 public:
  static constexpr bool is_dependency = false;
  static constexpr bool is_late = false;
  void take(Context& context) { value_ = &context.request(); }
  const Request& give() { return *value_; }
  static void describe(Operation& /*operation*/, model::Schemas& /*schemas*/) {}

 private:
  const Request* value_ = nullptr;
};

// All arguments of one call.
template <class Arguments>
class Slots;

template <class... Given>
class Slots<std::tuple<Given...>> {
 public:
  static constexpr bool is_late = (Slot<Given>::is_late || ...);
  static constexpr bool takes_form = (TakesForm<std::remove_cvref_t<Given>> || ...);

  // REQUIRES: !is_late
  void take([[maybe_unused]] Context& context) {
    std::apply([&context](auto&... slots) { (take_if<true>(slots, context), ...); }, slots_);
    std::apply([&context](auto&... slots) { (take_if<false>(slots, context), ...); }, slots_);
  }
  Async<void> take_late(Context& context) {
    co_await take_dependencies(context, std::index_sequence_for<Given...>());
    std::apply([&context](auto&... slots) { (take_if<false>(slots, context), ...); }, slots_);
  }
  template <class Callable>
  decltype(auto) give_to(Callable&& callable) {
    return std::apply(
        [&callable](auto&... slots) -> decltype(auto) { return callable(slots.give()...); },
        slots_);
  }
  static void describe([[maybe_unused]] Operation& operation,
                       [[maybe_unused]] model::Schemas& schemas) {
    (Slot<Given>::describe(operation, schemas), ...);
  }

 private:
  template <bool Dependencies, class Each>
  static void take_if(Each& slot, Context& context) {
    if constexpr (Each::is_dependency == Dependencies) slot.take(context);
  }
  template <std::size_t... Index>
  Async<void> take_dependencies(Context& context, std::index_sequence<Index...> /*all*/) {
    (co_await take_dependency(std::get<Index>(slots_), context), ...);
  }
  template <class Each>
  static Async<void> take_dependency(Each& slot, Context& context) {
    if constexpr (Each::is_late) {
      co_await slot.take_late(context);
    } else {
      take_if<true>(slot, context);
    }
    co_return;
  }

  std::tuple<Slot<Given>...> slots_;
};

}  // namespace assay
