// What a callable takes and returns: a function, or an object whose call operator is one function.
// Compile-time only.
#pragma once
#include <tuple>
#include <type_traits>

namespace assay {

template <class Callable>
struct Signature : Signature<decltype(&Callable::operator())> {};

template <class R, class... Args>
struct Signature<R (*)(Args...)> {
  using Result = R;
  using Arguments = std::tuple<Args...>;
};
template <class R, class... Args>
struct Signature<R (*)(Args...) noexcept> : Signature<R (*)(Args...)> {};
template <class R, class Owner, class... Args>
struct Signature<R (Owner::*)(Args...)> : Signature<R (*)(Args...)> {};
template <class R, class Owner, class... Args>
struct Signature<R (Owner::*)(Args...) const> : Signature<R (*)(Args...)> {};
template <class R, class Owner, class... Args>
struct Signature<R (Owner::*)(Args...) noexcept> : Signature<R (*)(Args...)> {};
template <class R, class Owner, class... Args>
struct Signature<R (Owner::*)(Args...) const noexcept> : Signature<R (*)(Args...)> {};

template <class Callable>
using ResultOf = typename Signature<Callable>::Result;
template <class Callable>
using ArgumentsOf = typename Signature<Callable>::Arguments;

}  // namespace assay
